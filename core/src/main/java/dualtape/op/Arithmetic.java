package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.ChainRule;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Rule;
import dualtape.ir.Tensor;
import java.util.List;

/** The four rules of arithmetic, and powers. */
public final class Arithmetic implements Operations.Table {
    /** x + y: the sum of the chain rule itself. */
    public static final Operation ADD = new Entry("+", "x + y", Signature.of("x", "y"), Sample.of(1.5, -2),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(4, -5, 6)),
            Sample.of(Tensor.matrix(new double[] {1, 2}, new double[] {3, 4}), Tensor.scalar(0.5)),
            Sample.of(Sample.random(1, -2, 2, 3, 1), Sample.random(2, -2, 2, 4)),
            Sample.of(Sample.random(3, -2, 2, 2, 3), Sample.random(4, -2, 2, 3))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return ChainRule.ADD.of(a, Broadcasting.align(a, "+", operands));
        }
    };

    /** x − y. */
    public static final Binary SUBTRACT = new Binary("-", "x − y", new double[] {1.5, -2}, new double[] {0.25, 3}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.subtract(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return a.fill(1, a.shape(x));
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return a.fill(-1, a.shape(y));
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? Rule.ONE : NEGATION;
        }

        @Override
        public Notation notation() {
            return Notation.infix("-", "-", Notation.SUM);
        }
    };

    /** x · y. The exemplar of a stanza with two operands. */
    public static final Binary MULTIPLY = new Binary("*", "x · y", new double[] {1.5, -2}, new double[] {0, 3}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.multiply(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return y;
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return x;
        }

        @Override
        public Notation notation() {
            return Notation.infix("*", "\\cdot", Notation.PRODUCT);
        }
    };

    /** x / y. */
    public static final Binary DIVIDE = new Binary("/", "x / y", new double[] {1.5, -2}, new double[] {0, 3},
            new double[] {7, 0.3}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.divide(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return DIVIDE.of(a, a.fill(1, a.shape(y)), y);
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return NEGATE.of(a, DIVIDE.of(a, z, y));
        }

        @Override
        public Notation notation() {
            return new Notation("{0} / {1}", "\\frac{{0}}{{1}}", Notation.PRODUCT,
                    List.of(Notation.PRODUCT, Notation.SIGN));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "y = 0", x -> x[1] == 0,
                    "x / 0 is infinite, 0 / 0 is NaN; slopes alike"));
        }
    };

    /** x / y, but 0 where both are 0: the slope of roots and norms, with the convention of the least norm at zero. */
    public static final Binary RATIO = new Binary("ratio", "x / y, but 0 where both are 0", new double[] {1.5, -2},
            new double[] {0, 3}, new double[] {7, 0.3}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            N quotient = n.divide(x, y);
            return n.ifZero(x, n.ifZero(y, n.of(0), quotient), quotient);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return RATIO.of(a, Logic.OR.of(a, x, y), y);
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return NEGATE.of(a, RATIO.of(a, z, y));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0, y = 0", x -> x[0] == 0 && x[1] == 0,
                    "value 0, both slopes 0"));
        }
    };

    /** −x. */
    public static final Unary NEGATE = new Unary("neg", "−x, written -x", -2, 0, 0.7) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.negate(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return a.fill(-1, a.shape(x));
        }

        @Override
        public Rule rule(int operand) {
            return NEGATION;
        }

        @Override
        public Notation notation() {
            return new Notation("-{0}", "-{0}", Notation.SIGN, List.of(Notation.SIGN));
        }
    };

    /** x². */
    public static final Unary SQUARE = new Unary("square", "x times x", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.multiply(x, x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return a.add(x, x);
        }

        @Override
        public Notation notation() {
            return new Notation("square({0})", "\\left({0}\\right)^{2}", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** 1 / x. */
    public static final Unary RECIPROCAL = new Unary("reciprocal", "1 / x", -2, 0.7, 3, 1e6) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.divide(n.of(1), x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return NEGATE.of(a, MULTIPLY.of(a, y, y));
        }

        @Override
        public Notation notation() {
            return new Notation("reciprocal({0})", "\\frac{1}{{0}}", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0,
                    "value ±∞ by the sign of the zero, slope −∞"));
        }
    };

    /**
     * x to the y, as {@link Math#pow}.
     *
     * <p>Special cases: x⁰ is 1 with the slope 0 in x, for every x. ∂/∂y is xʸ · log x: 0 where x = 0 and y ≥ 0 (at (0, 0)
     * by convention), −∞ where x = 0 and y &lt; 0, NaN where x &lt; 0.
     */
    public static final Binary POWER = new Binary("^", "x to the y", new double[] {2, 3}, new double[] {1.5, -2},
            new double[] {0.7, 0.5}, new double[] {-2, 3}, new double[] {-1.5, -2}, new double[] {-3, 0}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.pow(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return a.scale(y, POWER.of(a, x, ChainRule.ADD.of(a, y, a.fill(-1, a.shape(y)))));
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            V log = Exponential.LOG.of(a, x);
            return a.scale(z, a.conventions() == Conventions.IEEE ? log : a.scale(Logic.OR.of(a, x, y), log));
        }

        @Override
        public Notation notation() {
            return new Notation("{0}^{1}", "{0}^{{1}}", Notation.POWER, List.of(Notation.ATOM, Notation.POWER));
        }

        @Override
        public List<Edge> edges() {
            return List.of(
                    Edge.pointwise(Edge.Kind.POLE, "x = 0, y < 0", x -> x[0] == 0 && x[1] < 0,
                            "infinite value and slopes"),
                    Edge.pointwise(Edge.Kind.POLE, "x = 0, 0 < y < 1", x -> x[0] == 0 && x[1] > 0 && x[1] < 1,
                            "slope ∞ in x, 0 in y").in(Conventions.IEEE, "slope ∞ in x, NaN in y"),
                    Edge.pointwise(Edge.Kind.KINK, "x = 0, y = 0", x -> x[0] == 0 && x[1] == 0,
                            "value 1, both slopes 0").in(Conventions.IEEE, "value 1, slope NaN in x, −∞ in y"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0, y no integer", x -> x[0] < 0 && x[1] != Math.rint(x[1]),
                            "NaN"));
        }
    };

    /** The same as ^. */
    public static final Operation POW = new Entry("pow", "x to the y, the same as x^y", Signature.of("x", "y"),
            Sample.of(2, 3), Sample.of(Tensor.vector(1, 2), Tensor.scalar(1.5))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return POWER.call(a, operands, attributes);
        }

        @Override
        public List<Edge> edges() {
            return POWER.edges();
        }
    };

    /** The quotient for slopes that have a convention at 0 / 0: {@link #RATIO}, or the plain one where none is wanted. */
    static Binary slopeRatio(Algebra<?> a) {
        return a.conventions() == Conventions.IEEE ? DIVIDE : RATIO;
    }

    /** For the {@link java.util.ServiceLoader}. */
    public Arithmetic() {}

    /** The linear map −x, its own transpose. */
    private static final Rule NEGATION = new Rule.Linear() {
        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return NEGATE.of(a, dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return NEGATE.of(a, by);
        }
    };
}
