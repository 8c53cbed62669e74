package dualtape.program;

import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A number that is yet to be computed: terms are one more kind of number, and the definition of a pointwise operation
 * run over them is the formula that is written as bytecode. Identity {@code equals}: a term that is used twice is
 * computed once.
 *
 * @param name the method of {@link Numbers} that gives it, "operand" or "of"
 * @param index of an operand, or the order n of a polygamma
 */
record Term(String name, int index, double constant, List<Term> arguments) {
    private static final Map<Pointwise, Formula> FORMULAS = new ConcurrentHashMap<>();

    /** The definition of an operation over terms, with how often each of its terms is used. */
    record Formula(int arity, Term result, Map<Term, Integer> uses) {}

    /** The formula of an operation, made once. */
    static Formula of(Pointwise op) {
        return FORMULAS.computeIfAbsent(op, Term::make);
    }

    private static Formula make(Pointwise op) {
        List<Term> operands = new ArrayList<>();
        for (int i = 0; i < op.arity(); i++) {
            operands.add(new Term("operand", i, 0, List.of()));
        }
        Term result = op.at(numbers(), operands);
        Map<Term, Integer> uses = new java.util.IdentityHashMap<>();
        count(result, uses);
        return new Formula(op.arity(), result, uses);
    }

    /** A definition is a formula a few levels deep, written by hand: recursion is bounded by it. */
    private static void count(Term term, Map<Term, Integer> uses) {
        if (uses.merge(term, 1, Integer::sum) == 1) {
            term.arguments().forEach(argument -> count(argument, uses));
        }
    }

    /** Terms as a kind of number. Every method of {@link Numbers} makes the term of its name. */
    @SuppressWarnings("unchecked")
    private static Numbers<Term> numbers() {
        return (Numbers<Term>) Proxy.newProxyInstance(
                Numbers.class.getClassLoader(), new Class<?>[] {Numbers.class}, (self, method, arguments) -> {
                    if (method.getName().equals("of")) {
                        return new Term("of", 0, (Double) arguments[0], List.of());
                    }
                    List<Term> terms = new ArrayList<>();
                    int index = 0;
                    for (Object argument : arguments) {
                        if (argument instanceof Integer number) {
                            index = number;
                        } else {
                            terms.add((Term) argument);
                        }
                    }
                    return new Term(method.getName(), index, 0, terms);
                });
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
