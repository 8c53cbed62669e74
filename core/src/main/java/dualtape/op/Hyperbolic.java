package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.kernel.Elementary;
import java.util.List;

/** Hyperbolic functions and their inverses. */
public final class Hyperbolic implements Operations.Table {
    /** The hyperbolic sine. */
    public static final Unary SINH = new Unary("sinh", "the hyperbolic sine", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.sinh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return COSH.of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("sinh({0})", "\\sinh\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The hyperbolic cosine. */
    public static final Unary COSH = new Unary("cosh", "the hyperbolic cosine", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.cosh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return SINH.of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("cosh({0})", "\\cosh\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The hyperbolic tangent. */
    public static final Unary TANH = new Unary("tanh", "the hyperbolic tangent", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.tanh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V one = a.fill(1, a.shape(y));
            return Arithmetic.MULTIPLY.of(a, Arithmetic.SUBTRACT.of(a, one, y), a.add(one, y));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.TANH, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("tanh({0})", "\\tanh\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The inverse hyperbolic sine. */
    public static final Unary ASINH = new Unary("asinh", "the inverse hyperbolic sine", -2, 0, 0.7, 1e100) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.asinh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(x)), Trigonometric.HYPOT.of(a, a.fill(1, a.shape(x)), x));
        }

        @Override
        public Notation notation() {
            return new Notation("asinh({0})", "\\operatorname{arsinh}\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }
    };

    /** The inverse hyperbolic cosine. */
    public static final Unary ACOSH = new Unary("acosh", "the inverse hyperbolic cosine", 1.001, 1.5, 3, 1e100) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.acosh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V one = a.fill(1, a.shape(x));
            V left = Exponential.SQRT.of(a, Arithmetic.SUBTRACT.of(a, x, one));
            V right = Exponential.SQRT.of(a, a.add(x, one));
            return Arithmetic.DIVIDE.of(a, one, Arithmetic.MULTIPLY.of(a, left, right));
        }

        @Override
        public Notation notation() {
            return new Notation("acosh({0})", "\\operatorname{arcosh}\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "x = 1", x -> x[0] == 1, "slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "x < 1", x -> x[0] < 1, "NaN"));
        }
    };

    /** The inverse hyperbolic tangent. */
    public static final Unary ATANH = new Unary("atanh", "the inverse hyperbolic tangent", -0.9, 0, 0.3, 0.999) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.atanh(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V one = a.fill(1, a.shape(x));
            return Arithmetic.DIVIDE.of(a, one,
                    Arithmetic.MULTIPLY.of(a, Arithmetic.SUBTRACT.of(a, one, x), a.add(one, x)));
        }

        @Override
        public Notation notation() {
            return new Notation("atanh({0})", "\\operatorname{artanh}\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(
                    Edge.pointwise(Edge.Kind.POLE, "|x| = 1", x -> Math.abs(x[0]) == 1, "value and slope infinite"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "|x| > 1", x -> Math.abs(x[0]) > 1,
                            "value NaN; the slope formula goes on"));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Hyperbolic() {}
}
