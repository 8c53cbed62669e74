package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * Operations made of pieces. At a kink the slope is the least of those between the one-sided slopes, at a tie the
 * tied operands share it; an operand that is not selected contributes nothing, even where its own derivative is
 * infinite or NaN, because its slope is an exact zero.
 */
public final class Piecewise implements Operations.Table {
    /** |x|. */
    public static final Unary ABS = new Unary("abs", "|x|", -2, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.abs(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return switch (a.conventions()) {
                case JAX -> Where.OP.of(a, Logic.LESS.of(a, x, a.fill(0, a.shape(x))), a.fill(-1, a.shape(x)),
                        a.fill(1, a.shape(x)));
                case IEEE -> Arithmetic.DIVIDE.of(a, x, y);
                default -> SIGN.of(a, x);
            };
        }

        @Override
        public Notation notation() {
            return new Notation("abs({0})", "\\left|{0}\\right|", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.KINK, "x = 0", x -> x[0] == 0, "slope 0")
                    .in(Conventions.JAX, "slope 1").in(Conventions.IEEE, "slope NaN"));
        }
    };

    /** −1, 0 or 1; no derivative. */
    public static final Unary SIGN = new Step("sign", "-1, 0 or 1 by the sign; no derivative", -2, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.sign(x);
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.JUMP, "x = 0", x -> x[0] == 0, "value 0, no derivative"));
        }
    };

    /**
     * x kept between two bounds: min(max(x, low), high), so high where low &gt; high.
     *
     * <p>Special cases: NaN among the operands gives NaN. At a bound the slope in x is 0 and in the bound 1.
     */
    public static final Operation CLAMP = new Entry("clamp", "min(max(x, low), high), with slope 0 at a bound",
            Signature.of("x", "low", "high"), Sample.of(0.5, -1, 2), Sample.of(-3, -1, 2), Sample.of(5, -1, 2),
            Sample.of(0.5, 2, -1), Sample.of(-3, Double.NEGATIVE_INFINITY, 2),
            Sample.of(Tensor.vector(-3, 0.5, 5), Tensor.scalar(-1), Tensor.vector(2, 3, 4))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return Clamp.OP.of(a, Broadcasting.align(a, name(), operands));
        }

        @Override
        public List<Edge> edges() {
            return Clamp.OP.edges();
        }
    };

    /**
     * x where the condition is not 0 (NaN is not 0), else y. The condition has no derivative, and the operand that is not
     * selected has slope 0; the edge is that of the comparison that makes the condition.
     */
    public static final Operation WHERE = new Entry("where", "x where the condition is not 0, else y",
            Signature.of("condition", "x", "y"), Sample.of(1, 2, 3), Sample.of(0, 2, 3),
            Sample.of(Tensor.vector(1, 0, -2), Tensor.vector(4, 5, 6), Tensor.scalar(7))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return Where.OP.of(a, Broadcasting.align(a, "where", operands));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Piecewise() {}

    /** The operation behind {@link #CLAMP}. */
    private static final class Clamp extends Pointwise {
        static final Clamp OP = new Clamp();

        static final List<Edge> EDGES = List.of(
                Edge.pointwise(Edge.Kind.KINK, "x = low or x = high", x -> x[0] == x[1] || x[0] == x[2],
                        "slope 0 in x, 1 in the bound").in(Conventions.JAX, "slope 1/2 each")
                        .in(Conventions.TENSORFLOW, "slope 1 in x, 0 in the bound"),
                Edge.pointwise(Edge.Kind.TIE, "x < low = high", x -> x[0] < x[1] && x[1] == x[2], "slope 1 in high")
                        .in(Conventions.JAX, "slope 1/2 in each bound").in(Conventions.TENSORFLOW, "slope 1 in low"));

        private final Rule.Slope inside = new Rule.Slope() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                return switch (a.conventions()) {
                    case JAX -> Arithmetic.MULTIPLY.of(a, share(a, x.get(0), x.get(1)), belowHigh(a, x));
                    case TENSORFLOW -> Logic.AND.of(a, Logic.AT_MOST.of(a, x.get(1), x.get(0)),
                            Logic.AT_MOST.of(a, x.get(0), x.get(2)));
                    default -> Logic.AND.of(a, Logic.LESS.of(a, x.get(1), x.get(0)),
                            Logic.LESS.of(a, x.get(0), x.get(2)));
                };
            }
        };
        private final Rule.Slope atLow = new Rule.Slope() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                return switch (a.conventions()) {
                    case JAX -> Arithmetic.MULTIPLY.of(a, share(a, x.get(1), x.get(0)), belowHigh(a, x));
                    case TENSORFLOW -> Logic.AND.of(a, Logic.LESS.of(a, x.get(0), x.get(1)),
                            Logic.AT_MOST.of(a, x.get(1), x.get(2)));
                    default -> Logic.AND.of(a, Logic.AT_MOST.of(a, x.get(0), x.get(1)),
                            Logic.LESS.of(a, x.get(1), x.get(2)));
                };
            }
        };
        private final Rule.Slope atHigh = new Rule.Slope() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                return switch (a.conventions()) {
                    case JAX -> share(a, aboveLow(a, x), x.get(2));
                    case TENSORFLOW -> Logic.OR.of(a, Logic.LESS.of(a, x.get(2), x.get(0)),
                            Logic.LESS.of(a, x.get(2), x.get(1)));
                    default -> Logic.OR.of(a, Logic.AT_MOST.of(a, x.get(2), x.get(0)),
                            Logic.AT_MOST.of(a, x.get(2), x.get(1)));
                };
            }
        };

        private Clamp() {
            super("clamp", 3);
        }

        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return Extremes.lesser(n, Extremes.greater(n, x.get(0), x.get(1)), x.get(2));
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? inside : operand == 1 ? atLow : atHigh;
        }

        @Override
        public List<Edge> edges() {
            return EDGES;
        }

        private static <V> V share(Algebra<V> a, V x, V y) {
            return Extremes.SHARE.call(a, List.of(x, y));
        }

        private static <V> V aboveLow(Algebra<V> a, List<V> x) {
            return Extremes.MAX.call(a, x.subList(0, 2));
        }

        /** The slope of min(max(x, low), high) in its first operand. */
        private static <V> V belowHigh(Algebra<V> a, List<V> x) {
            return share(a, x.get(2), aboveLow(a, x));
        }
    }

    /** The operation behind {@link #WHERE}. */
    private static final class Where extends Pointwise {
        static final Where OP = new Where();

        private final Rule.Slope selected = new Rule.Slope() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                V condition = x.get(0);
                return Logic.DIFFERENT.of(a, condition, a.fill(0, a.shape(condition)));
            }
        };
        private final Rule.Slope otherwise = new Rule.Slope() {
            @Override
            public <V> V slope(Algebra<V> a, List<V> x, V y) {
                return Logic.NOT.of(a, x.get(0));
            }
        };

        private Where() {
            super("where", 3);
        }

        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return n.select(x.get(0), x.get(1), x.get(2));
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? Rule.NONE : operand == 1 ? selected : otherwise;
        }
    }
}
