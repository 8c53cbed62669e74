package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.kernel.Elementary;
import java.util.List;

/** Exponentials, logarithms and roots. */
public final class Exponential implements Operations.Table {
    /** e to the x. The exemplar of a stanza with one operand. */
    public static final Unary EXP = new Unary("exp", "e to the x", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.exp(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return y;
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.EXP, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("exp({0})", "\\exp\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** e to the x, minus 1, without cancellation near 0. */
    public static final Unary EXPM1 = new Unary("expm1", "e to the x, minus 1, without cancellation near 0", -2, 0,
            1e-8, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.expm1(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return EXP.of(a, x);
        }
    };

    /** 2 to the x. */
    public static final Unary EXP2 = new Unary("exp2", "2 to the x", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.pow(n.of(2), x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.MULTIPLY.of(a, a.fill(Math.log(2), a.shape(y)), y);
        }

        @Override
        public Notation notation() {
            return new Notation("exp2({0})", "2^{{0}}", Notation.POWER, List.of(Notation.LOOSE));
        }
    };

    /** The natural logarithm. */
    public static final Unary LOG = new Unary("log", "the natural logarithm", 0.2, 1, 2.5, 1e6) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.log(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(x)), x);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.LOG, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("log({0})", "\\log\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "value −∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0", x -> x[0] < 0, "value NaN; the slope formula goes on"));
        }
    };

    /** log(1 + x) without cancellation near 0. */
    public static final Unary LOG1P = new Unary("log1p", "log(1 + x) without cancellation near 0", -0.5, 0, 1e-8, 2.5) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.log1p(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(x)), a.add(a.fill(1, a.shape(x)), x));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = -1", x -> x[0] == -1, "value −∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < -1", x -> x[0] < -1, "value NaN; the slope formula goes on"));
        }
    };

    /** The logarithm to base 2. */
    public static final Unary LOG2 = new Unary("log2", "the logarithm to base 2", 0.2, 1, 2.5, 1e6) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.log2(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1 / Math.log(2), a.shape(x)), x);
        }

        @Override
        public Notation notation() {
            return new Notation("log2({0})", "\\log_{2}\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "value −∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0", x -> x[0] < 0, "value NaN; the slope formula goes on"));
        }
    };

    /** The logarithm to base 10. */
    public static final Unary LOG10 = new Unary("log10", "the logarithm to base 10", 0.2, 1, 2.5, 1e6) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.log10(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1 / Math.log(10), a.shape(x)), x);
        }

        @Override
        public Notation notation() {
            return new Notation("log10({0})", "\\log_{10}\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "value −∞, slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0", x -> x[0] < 0, "value NaN; the slope formula goes on"));
        }
    };

    /** The square root. */
    public static final Unary SQRT = new Unary("sqrt", "the square root", 0.2, 1, 2.5, 1e6) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.sqrt(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(0.5, a.shape(x)), y);
        }

        @Override
        public Notation notation() {
            return new Notation("sqrt({0})", "\\sqrt{{0}}", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 0", x -> x[0] < 0, "NaN"));
        }
    };

    /** The real cube root. */
    public static final Unary CBRT = new Unary("cbrt", "the real cube root", -8, -0.3, 0.2, 2.5) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.cbrt(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1.0 / 3, a.shape(x)), Arithmetic.MULTIPLY.of(a, y, y));
        }

        @Override
        public Notation notation() {
            return new Notation("cbrt({0})", "\\sqrt[3]{{0}}", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 0", x -> x[0] == 0, "slope ∞"));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Exponential() {}
}
