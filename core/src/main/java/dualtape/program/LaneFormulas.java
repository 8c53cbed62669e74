package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Pointwise;
import dualtape.program.ValueCode.Known;
import dualtape.program.ValueCode.Local;
import dualtape.program.ValueCode.Place;
import dualtape.program.ValueCode.Trip;
import dualtape.program.ValueCode.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the formulas of pointwise operations over vectors: step for step what {@link Code#apply} writes over doubles, so that the bits
 * are the same.
 */
final class LaneFormulas {
    private static final String VECTOR = LaneCode.VECTOR;
    private static final String OPERAND = "Ljdk/incubator/vector/Vector;";
    private static final String GIVES = "L" + VECTOR + ";";
    private static final String MASK = "Ljdk/incubator/vector/VectorMask;";
    private static final String OPERATORS = "jdk/incubator/vector/VectorOperators";
    private static final String COMPARISON = "L" + OPERATORS + "$Comparison;";
    private static final Term ZERO = new Term("of", 0, 0, List.of());
    private static final Map<String, String> BINARY = Map.of("add", "add", "subtract", "sub", "multiply", "mul",
            "divide",
            "div");
    private static final Map<String, String> UNARY = Map.of("negate", "neg", "abs", "abs", "sqrt", "sqrt");

    private final LaneCode lanes;
    /** In memory a zero for each lane, NaN once a product must be looked at: see {@link #scale}. */
    private Place doubts;
    /** The same for the products in the body of the loop that is being written; null if there are none. */
    private Local here;

    LaneFormulas(LaneCode lanes) {
        this.lanes = lanes;
    }

    /** Before all else: no doubts yet. */
    void begin() {
        doubts = lanes.take(1);
        lanes.store(new Known(0), doubts, new Trip(-1, 0));
    }

    Place doubts() {
        return doubts;
    }

    void moveTo(Place doubtsThere) {
        doubts = doubtsThere;
    }

    /** Pushes whether there are doubts. */
    void end() {
        lanes.code.address(doubts.array(), doubts.base(), doubts.at(), -1);
        lanes.code.integer(lanes.lanes());
        lanes.code.callStatic(ValueCode.GENERATED, "doubtful", "([DII)Z");
    }

    /** At the end of the body of a loop, and where one begins inside: a vector that lives across trips would be an object. */
    void remember() {
        if (here != null) {
            lanes.addTo(doubts, here);
            here = null;
        }
    }

    /** The value of an operation. */
    Value value(Pointwise op, List<Value> operands) {
        if (op == ChainRule.SCALE) {
            return scale(operands.get(0), operands.get(1));
        }
        return value(Term.of(op).result(), operands, new IdentityHashMap<>());
    }

    /**
     * The product of the chain rule. Fused with zero it is 0 where a factor is, of either sign, unless the other is infinite or NaN. So
     * where it, or what shows it ({@link LaneDoubts}), is infinite or NaN there is doubt, and in the end all is done again by
     * {@link Generated#scale}.
     */
    private Value scale(Value slope, Value tangent) {
        lanes.push(slope);
        lanes.push(tangent);
        lanes.constant(0);
        lanes.code.call(VECTOR, "fma", "(" + OPERAND + OPERAND + ")" + GIVES);
        return lanes.store();
    }

    /** There is doubt if this number is infinite or NaN. */
    void look(Value number) {
        lanes.push(number);
        lanes.push(number);
        binary("sub");
        if (here != null) {
            lanes.push(here);
            binary("add");
        }
        here = lanes.store();
    }

    /** Calls a method of one vector more. */
    void binary(String method) {
        lanes.code.call(VECTOR, method, "(" + OPERAND + ")" + GIVES);
    }

    private Value value(Term term, List<Value> operands, Map<Term, Value> made) {
        Value known = made.get(term);
        if (known == null) {
            known = make(term, operands, made);
            made.put(term, known);
        }
        return known;
    }

    private Value make(Term term, List<Value> operands, Map<Term, Value> made) {
        String name = term.name();
        switch (name) {
            case "operand" -> {
                return operands.get(term.index());
            }
            case "of" -> {
                return new Known(term.constant());
            }
            case "select", "ifZero" -> {
                Term first = term.arguments().get(0);
                boolean select = name.equals("select");
                lanes.push(value(term.arguments().get(2), operands, made));
                lanes.push(value(term.arguments().get(1), operands, made));
                blend(select ? first : new Term("equal", 0, 0, List.of(first, ZERO)), operands, made);
            }
            case "less", "equal", "isNaN" -> {
                lanes.constant(0);
                lanes.constant(1);
                blend(term, operands, made);
            }
            case "pow" -> {
                return power(value(term.arguments().get(0), operands, made),
                        value(term.arguments().get(1), operands, made));
            }
            case "multiplyAdd" -> {
                push(term, operands, made);
                lanes.code.call(VECTOR, "fma", "(" + OPERAND + OPERAND + ")" + GIVES);
            }
            case "exp", "log", "tanh", "sin", "cos" -> {
                return elementary(name, value(term.arguments().get(0), operands, made));
            }
            default -> {
                push(term, operands, made);
                if (BINARY.containsKey(name)) {
                    binary(BINARY.get(name));
                } else if (UNARY.containsKey(name)) {
                    lanes.code.call(VECTOR, UNARY.get(name), "()" + GIVES);
                } else {
                    throw new LaneCode.None(name);
                }
            }
        }
        return lanes.store();
    }

    /** Of two vectors takes the second where a condition holds. */
    private void blend(Term condition, List<Value> operands, Map<Term, Value> made) {
        switch (condition.name()) {
            case "less" -> compare("LT", condition.arguments(), operands, made);
            case "equal" -> compare("EQ", condition.arguments(), operands, made);
            case "isNaN" -> {
                Term x = condition.arguments().get(0);
                compare("NE", List.of(x, x), operands, made);
            }
            default -> compare("NE", List.of(condition, ZERO), operands, made);
        }
        lanes.code.call(VECTOR, "blend", "(" + OPERAND + MASK + ")" + GIVES);
    }

    private void compare(String comparison, List<Term> terms, List<Value> operands, Map<Term, Value> made) {
        lanes.push(value(terms.get(0), operands, made));
        lanes.code.getStatic(OPERATORS, comparison, COMPARISON);
        lanes.push(value(terms.get(1), operands, made));
        lanes.code.call(VECTOR, "compare", "(" + COMPARISON + OPERAND + ")" + MASK);
    }

    private Value power(Value x, Value exponent) {
        double known = exponent instanceof Known number ? number.value() : Double.NaN;
        if (known == 1) {
            return x;
        }
        if (known != 2) {
            throw new LaneCode.None("a power other than the square");
        }
        lanes.push(x);
        lanes.push(x);
        binary("mul");
        return lanes.store();
    }

    /** By the kernel of the function, through memory. */
    private Value elementary(String function, Value x) {
        Place from = lanes.take(1);
        Place to = lanes.take(1);
        lanes.store(x, from, new Trip(-1, 0));
        lanes.code.address(from.array(), from.base(), from.at(), -1);
        lanes.code.address(to.array(), to.base(), to.at(), -1);
        lanes.code.callStatic(LaneCode.KERNELS, function, "([DI[DI)V");
        return lanes.load(to);
    }

    /** Pushes the arguments of a term. All are made before the first is pushed. */
    private void push(Term term, List<Value> operands, Map<Term, Value> made) {
        term.arguments().stream().map(argument -> value(argument, operands, made)).toList().forEach(lanes::push);
    }
}
