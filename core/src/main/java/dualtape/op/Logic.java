package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Rule;
import java.util.List;

/**
 * Comparisons and connectives: 1 for true, 0 for false, no derivative. What is not zero counts as true, NaN too; a
 * comparison with NaN is false, except that NaN differs from everything ({@code !=}).
 */
public final class Logic implements Operations.Table {
    /** x &lt; y. */
    public static final Binary LESS = new Predicate("<", "1 where x < y, else 0", "<", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.less(x, y);
        }
    };

    /** x ≤ y. */
    public static final Binary AT_MOST = new Predicate("<=", "1 where x ≤ y, else 0", "\\le", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.select(n.less(x, y), n.of(1), n.equal(x, y));
        }
    };

    /** x &gt; y. */
    public static final Binary GREATER = new Predicate(">", "1 where x > y, else 0", ">", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.less(y, x);
        }
    };

    /** x ≥ y. */
    public static final Binary AT_LEAST = new Predicate(">=", "1 where x ≥ y, else 0", "\\ge", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.select(n.less(y, x), n.of(1), n.equal(x, y));
        }
    };

    /** x = y. */
    public static final Binary EQUAL = new Predicate("==", "1 where x = y, else 0", "=", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.equal(x, y);
        }
    };

    /** x ≠ y. */
    public static final Binary DIFFERENT = new Predicate("!=", "1 where x ≠ y, else 0", "\\ne", Notation.COMPARISON) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.subtract(n.of(1), n.equal(x, y));
        }
    };

    /** 1 where both operands are not 0, else 0. */
    public static final Binary AND = new Predicate("and", "1 where both operands are not 0, else 0", "\\land",
            Notation.AND) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.select(x, n.select(y, n.of(1), n.of(0)), n.of(0));
        }
    };

    /** 1 where an operand is not 0, else 0. */
    public static final Binary OR = new Predicate("or", "1 where an operand is not 0, else 0", "\\lor", Notation.OR) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.select(x, n.of(1), n.select(y, n.of(1), n.of(0)));
        }
    };

    /** 1 where x is 0, else 0. */
    public static final Unary NOT = new Step("not", "1 where the operand is 0, else 0", -2, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.equal(x, n.of(0));
        }

        @Override
        public Notation notation() {
            return new Notation("not {0}", "\\lnot {0}", Notation.NOT, List.of(Notation.NOT));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Logic() {}

    /** A pointwise operation of two operands that is declared to have no derivative. */
    abstract static class Flat extends Binary {
        Flat(String symbol, String summary, double[]... samples) {
            super(symbol, summary, samples);
        }

        @Override
        public final Rule rule(int operand) {
            return Rule.NONE;
        }

        @Override
        protected final <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return a.fill(0, a.shape(x));
        }

        @Override
        protected final <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return a.fill(0, a.shape(y));
        }
    }

    /** Two operands to 0 or 1. */
    private abstract static class Predicate extends Flat {
        private final Notation notation;
        private final boolean compares;

        Predicate(String symbol, String summary, String latex, int level) {
            super(symbol, summary, new double[] {1.5, -2}, new double[] {-2, 3}, new double[] {0.5, 0.25});
            // A comparison does not chain: in (a < b) < c the parentheses stay, on both sides.
            this.compares = level == Notation.COMPARISON;
            this.notation = compares
                    ? new Notation("{0} " + symbol + " {1}", "{0} " + latex + " {1}", level, List.of(level + 1))
                    : Notation.infix(symbol, latex, level);
        }

        @Override
        public Notation notation() {
            return notation;
        }

        @Override
        public List<Edge> edges() {
            return compares
                    ? List.of(Edge.pointwise(Edge.Kind.JUMP, "x = y", x -> x[0] == x[1], "no derivative"))
                    : List.of();
        }
    }
}
