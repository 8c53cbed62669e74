package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Tensor;
import java.util.List;

/** Functions defined by an integral: the error function, the gamma function and its logarithmic derivatives. */
public final class Special implements Operations.Table {
    /** The error function 2/√π ∫₀ˣ exp(−t²) dt. */
    public static final Unary ERF = new Unary("erf", "the error function", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.erf(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return bell(a, x);
        }
    };

    /** 1 − erf(x), to full relative accuracy for large x. */
    public static final Unary ERFC = new Unary("erfc", "1 - erf(x) without cancellation for large x", -2, 0, 0.7, 3,
            5.5) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.erfc(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.NEGATE.of(a, bell(a, x));
        }
    };

    /** log |Γ(x)|. */
    public static final Unary LGAMMA = new Unary("lgamma", "log |Γ(x)|", -1.5, 0.3, 2, 7.5) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.lgamma(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return DIGAMMA.of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("lgamma({0})", "\\log\\Gamma\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0, -1, -2, ...", Special::pole, "value ∞, slope NaN"));
        }
    };

    /** ψ(x) = Γ′(x) / Γ(x). */
    public static final Unary DIGAMMA = new Unary("digamma", "ψ(x), the slope of log Γ", -1.5, 0.3, 2, 7.5) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.polygamma(0, x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return new Polygamma(1).of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("digamma({0})", "\\psi\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0, -1, -2, ...", Special::pole, "value NaN, slope ∞"));
        }
    };

    /** The n-th derivative of ψ; n a constant. */
    public static final Operation POLYGAMMA = new Entry("polygamma", "the n-th derivative of ψ; n an integer constant",
            Signature.of("x").leading("n"), Sample.of(0.3).with("n", 1), Sample.of(2.5).with("n", 0),
            Sample.of(Tensor.vector(0.7, 7.5)).with("n", 3)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int n = attributes.integer("n");
            if (n < 0) {
                throw new IllegalArgumentException("polygamma: n must be 0 or more, got " + n);
            }
            return n == 0 ? DIGAMMA.of(a, operands) : new Polygamma(n).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return Polygamma.EDGES;
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Special() {}

    private static boolean pole(double[] x) {
        return x[0] <= 0 && x[0] == Math.rint(x[0]);
    }

    /** 2/√π exp(−x²): the slope of the error function. */
    private static <V> V bell(Algebra<V> a, V x) {
        V bell = Exponential.EXP.of(a, Arithmetic.NEGATE.of(a, Arithmetic.MULTIPLY.of(a, x, x)));
        return Arithmetic.MULTIPLY.of(a, a.fill(2 / Math.sqrt(Math.PI), a.shape(x)), bell);
    }

    /** The n-th derivative of ψ, n ≥ 1. Its slope is the next one. */
    static final class Polygamma extends Pointwise implements Rule.Slope {
        static final List<Edge> EDGES = List
                .of(Edge.pointwise(Edge.Kind.POLE, "x = 0, -1, -2, ...", Special::pole, "infinite or NaN"));

        private final int n;

        Polygamma(int n) {
            super("polygamma", 1);
            this.n = n;
        }

        @Override
        public <N> N at(Numbers<N> numbers, List<N> x) {
            return numbers.polygamma(n, x.get(0));
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            return new Polygamma(n + 1).of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("polygamma(" + n + ", {0})", "\\psi^{(" + n + ")}\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return EDGES;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Polygamma that && n == that.n;
        }

        @Override
        public int hashCode() {
            return 31 + n;
        }
    }
}
