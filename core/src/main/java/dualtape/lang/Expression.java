package dualtape.lang;

import dualtape.op.Operation;
import dualtape.op.Signature;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression as it was written. Chains of operators of one side are flat lists, so that the depth of a tree is
 * bounded by the nesting of brackets.
 */
public sealed interface Expression {
    /** Where it begins (an operator's own place for an operation): an index into the source text. */
    int at();

    /** A literal. */
    record Number(int at, double value) implements Expression {}

    /** A name that is read. */
    record Name(int at, String name) implements Expression {}

    /** {@code f(x, y, axis=0)}. */
    record Call(int at, String function, List<Expression> arguments, List<Named> named) implements Expression {
        /** The attributes whose values come before the operands, in position: those that are not given by name. */
        List<Signature.Attribute> leading(Operation operation) {
            List<Signature.Attribute> leading = operation.signature().leading();
            if (leading.isEmpty() || named.isEmpty()) {
                return leading;
            }
            return leading.stream()
                    .filter(attribute -> named.stream().noneMatch(given -> given.name().equals(attribute.name())))
                    .toList();
        }
    }

    /** A keyword argument. */
    record Named(int at, String name, Expression value) {}

    /** {@code [a, b]}. */
    record Bracket(int at, List<Expression> items) implements Expression {}

    /** A prefix sign, repeated: {@code --x}. */
    record Prefix(int at, String sign, int count, Expression operand) implements Expression {}

    /** {@code first op second op third …}, from left to right. */
    record Chain(Expression first, List<Step> steps) implements Expression {
        @Override
        public int at() {
            return steps.get(steps.size() - 1).at();
        }
    }

    /** One operator of a chain and what stands to its right. */
    record Step(int at, String sign, Expression operand) {}

    /** {@code a ^ b ^ c}, folded from the right; a base may carry minus signs that apply to all to its right. */
    record Power(int at, List<Expression> bases, List<Integer> signs) implements Expression {}

    /** {@code x[i][j, k]}. */
    record Indexed(int at, Expression base, List<List<Index>> indices) implements Expression {}

    /** An index, or a range of them; open ends are null. */
    record Index(Expression from, Expression to, boolean range) {}

    /** A comparison in parentheses, which may be compared again. */
    record Group(int at, Expression inner) implements Expression {}

    /** {@code left sign right}, where a chain on the left grows instead of nesting. */
    static Expression chain(Expression left, int at, String sign, Expression right) {
        Step step = new Step(at, sign, right);
        if (left instanceof Chain chain) {
            chain.steps().add(step);
            return chain;
        }
        return new Chain(left, new ArrayList<>(List.of(step)));
    }

    /** {@link #chain} of a comparison, refusing a second one in a row. */
    static Expression compare(Expression left, int at, String sign, Expression right) {
        if (compares(left)) {
            throw new SyntaxException(at, "comparisons cannot be chained; write a < b and b < c, or use parentheses");
        }
        return chain(left, at, sign, right);
    }

    /** An expression in parentheses. */
    static Expression closed(Expression inner) {
        return compares(inner) ? new Group(inner.at(), inner) : inner;
    }

    /** {@code base[indices]}, where indices on the left grow instead of nesting. */
    static Expression indexed(Expression base, int at, List<Index> indices) {
        if (base instanceof Indexed indexed) {
            indexed.indices().add(indices);
            return indexed;
        }
        return new Indexed(at, base, new ArrayList<>(List.of(indices)));
    }

    private static boolean compares(Expression expression) {
        return expression instanceof Chain chain
                && List.of("<", "<=", ">", ">=", "==", "!=")
                        .contains(chain.steps().get(chain.steps().size() - 1).sign());
    }
}
