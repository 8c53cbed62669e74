package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Numerals;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.kernel.Elementary;
import java.util.List;

/** What the neurons of a network apply. All are right far out on both sides: nothing overflows, no ∞ · 0. */
public final class Activations implements Operations.Table {
    /** 1 / (1 + exp(−x)); nothing overflows. The slope is sigmoid(x) · sigmoid(−x), accurate in both tails. */
    public static final Unary SIGMOID = new Unary("sigmoid", "1 / (1 + exp(−x))", -30, -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            N small = n.exp(away(n, x));
            return n.divide(n.select(n.less(x, n.of(0)), small, n.of(1)), n.add(n.of(1), small));
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.MULTIPLY.of(a, y, SIGMOID.of(a, Arithmetic.NEGATE.of(a, x)));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.SIGMOID, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("sigmoid({0})", "\\sigma\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** log(1 + exp(x)) as max(x, 0) + log1p(exp(−|x|)): right far out on both sides. */
    public static final Unary SOFTPLUS = new Unary("softplus", "log(1 + exp(x)), right far out on both sides", -30, -2,
            0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            N linear = n.select(n.less(x, n.of(0)), n.of(0), x);
            return n.add(linear, n.log1p(n.exp(away(n, x))));
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return SIGMOID.of(a, x);
        }
    };

    /**
     * log(x / (1 − x)), the inverse of sigmoid: 2 artanh(2x − 1) between ¼ and ¾, where that cancels nothing, and
     * log(x) − log1p(−x) outside, so that it is accurate next to 0, ½ and 1.
     */
    public static final Unary LOGIT = new Unary("logit", "log(x / (1 - x)), the inverse of sigmoid", 1e-9, 0.1, 0.45,
            0.7, 0.999) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            N centred = n.subtract(n.multiply(n.of(2), x), n.of(1));
            N inside = n.multiply(n.of(2), n.atanh(centred));
            N outside = n.subtract(n.log(x), n.log1p(n.negate(x)));
            return n.select(n.less(n.abs(centred), n.of(0.5)), inside, outside);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V one = a.fill(1, a.shape(x));
            return Arithmetic.DIVIDE.of(a, one, Arithmetic.MULTIPLY.of(a, x, Arithmetic.SUBTRACT.of(a, one, x)));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "value −∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.POLE, "x = 1", x -> x[0] == 1, "value ∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0 or x > 1", x -> x[0] < 0 || x[0] > 1,
                            "value NaN; the slope formula goes on"));
        }
    };

    /** max(x, 0). */
    public static final Unary RELU = new Unary("relu", "max(x, 0), with slope 0 at 0", -2, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.select(n.less(x, n.of(0)), n.of(0), x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Logic.LESS.of(a, a.fill(0, a.shape(x)), x);
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.KINK, "x = 0", x -> x[0] == 0, "slope 0 (max(x, 0) has 1/2)"));
        }
    };

    /** x where x &gt; 0, else alpha · x. */
    public static final Operation LEAKY_RELU = new Entry("leaky_relu", "x where x > 0, else alpha * x",
            Signature.of("x").with("alpha", "0.01"), Sample.of(-2), Sample.of(0.7), Sample.of(-2).with("alpha", 0.25),
            Sample.of(Tensor.vector(-2, 0.7, 3)).with("alpha", -0.5)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new LeakyRelu(attributes.number("alpha")).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return LeakyRelu.EDGES;
        }
    };

    /** x where x &gt; 0, else alpha · (exp(x) − 1). */
    public static final Operation ELU = new Entry("elu", "x where x > 0, else alpha * expm1(x)",
            Signature.of("x").with("alpha", "1"), Sample.of(-2), Sample.of(0.7), Sample.of(-1e-9),
            Sample.of(-2).with("alpha", 0.5), Sample.of(Tensor.vector(-40, -2, 0.7, 800))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Elu(attributes.number("alpha")).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return Elu.EDGES;
        }
    };

    /**
     * x Φ(x), Φ the normal distribution function ½ erfc(−x/√2) (D. Hendrycks, K. Gimpel, 2016, arXiv:1606.08415). The
     * relative error grows like x² ulp to the left; −∞ gives 0.
     */
    public static final Unary GELU = new Unary("gelu", "x * erfc(-x / sqrt(2)) / 2", -8, -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            N below = n.multiply(n.of(0.5), n.erfc(n.divide(n.negate(x), n.sqrt(n.of(2)))));
            return n.ifZero(below, n.of(0), n.multiply(x, below));
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V scaled = Arithmetic.MULTIPLY.of(a, x, a.fill(-Math.sqrt(0.5), a.shape(x)));
            V below = Arithmetic.MULTIPLY.of(a, a.fill(0.5, a.shape(x)), Special.ERFC.of(a, scaled));
            V exponent = Arithmetic.MULTIPLY.of(a, a.fill(-0.5, a.shape(x)), Arithmetic.SQUARE.of(a, x));
            V density = Arithmetic.MULTIPLY.of(a, a.fill(1 / Math.sqrt(2 * Math.PI), a.shape(x)),
                    Exponential.EXP.of(a, exponent));
            return a.add(below, a.scale(x, density));
        }
    };

    /** x · sigmoid(x), also called swish; −∞ gives 0. */
    public static final Unary SILU = new Unary("silu", "x * sigmoid(x)", -30, -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            N gate = SIGMOID.at(n, x);
            return n.ifZero(gate, n.of(0), n.multiply(x, gate));
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V gate = SIGMOID.of(a, x);
            V bend = Arithmetic.MULTIPLY.of(a, gate, SIGMOID.of(a, Arithmetic.NEGATE.of(a, x)));
            return a.add(gate, a.scale(x, bend));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Activations() {}

    /** −|x|, by branches: smooth functions are made of it, and |x| has no slope at 0 in kinds of number with derivatives. */
    private static <N> N away(Numbers<N> n, N x) {
        return n.select(n.less(x, n.of(0)), x, n.negate(x));
    }

    /** A pointwise operation with one number, alpha. */
    private abstract static class WithAlpha extends Pointwise implements Rule.Slope {
        protected final double alpha;

        WithAlpha(String symbol, double alpha) {
            super(symbol, 1);
            this.alpha = alpha;
        }

        @Override
        public final Rule rule(int operand) {
            return this;
        }

        @Override
        public final Notation notation() {
            return Notation.call(symbol(), "alpha=" + Numerals.literal(alpha));
        }

        @Override
        public final boolean equals(Object other) {
            return other instanceof WithAlpha that && symbol().equals(that.symbol())
                    && Double.compare(alpha, that.alpha) == 0;
        }

        @Override
        public final int hashCode() {
            return 31 * symbol().hashCode() + Double.hashCode(alpha);
        }
    }

    /** The operation behind {@link #LEAKY_RELU}. */
    private static final class LeakyRelu extends WithAlpha {
        static final List<Edge> EDGES = List.of(Edge.pointwise(Edge.Kind.KINK, "x = 0", x -> x[0] == 0, "slope alpha")
                .in(Conventions.JAX, "slope 1"));

        LeakyRelu(double alpha) {
            super("leaky_relu", alpha);
        }

        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return n.select(n.less(n.of(0), x.get(0)), x.get(0), n.multiply(n.of(alpha), x.get(0)));
        }

        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            V zero = a.fill(0, a.shape(y));
            V upper = a.conventions() == Conventions.JAX
                    ? Logic.AT_MOST.of(a, zero, x.get(0))
                    : Logic.LESS.of(a, zero, x.get(0));
            return Piecewise.WHERE.call(a, List.of(upper, a.fill(1, a.shape(y)), a.fill(alpha, a.shape(y))));
        }

        @Override
        public List<Edge> edges() {
            return EDGES;
        }
    }

    /** The operation behind {@link #ELU}. */
    private static final class Elu extends WithAlpha {
        static final List<Edge> EDGES = List.of(Edge.pointwise(Edge.Kind.KINK, "x = 0", x -> x[0] == 0,
                "slope alpha; where alpha is 1 only the second derivative jumps, and is 1"));

        Elu(double alpha) {
            super("elu", alpha);
        }

        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            N bent = n.multiply(n.of(alpha), n.expm1(x.get(0)));
            return n.select(n.less(n.of(0), x.get(0)), x.get(0), bent);
        }

        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            V zero = a.fill(0, a.shape(y));
            V upper = Logic.LESS.of(a, zero, x.get(0));
            V below = Piecewise.WHERE.call(a, List.of(upper, zero, x.get(0))); // so that nothing overflows above
            V bent = Arithmetic.MULTIPLY.of(a, a.fill(alpha, a.shape(y)), Exponential.EXP.of(a, below));
            return Piecewise.WHERE.call(a, List.of(upper, a.fill(1, a.shape(y)), bent));
        }

        @Override
        public List<Edge> edges() {
            return EDGES;
        }
    }
}
