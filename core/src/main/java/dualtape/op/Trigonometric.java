package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.kernel.Elementary;
import java.util.List;

/** Circular functions and what the circle measures. */
public final class Trigonometric implements Operations.Table {
    /** The sine, x in radians. */
    public static final Unary SIN = new Unary("sin", "the sine, x in radians", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.sin(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return COS.of(a, x);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.SIN, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("sin({0})", "\\sin\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The cosine, x in radians. */
    public static final Unary COS = new Unary("cos", "the cosine, x in radians", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.cos(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.NEGATE.of(a, SIN.of(a, x));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Elementwise.kernel(Elementary.COS, operands);
        }

        @Override
        public Notation notation() {
            return new Notation("cos({0})", "\\cos\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The tangent, x in radians. */
    public static final Unary TAN = new Unary("tan", "the tangent, x in radians", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.tan(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return a.add(a.fill(1, a.shape(x)), Arithmetic.MULTIPLY.of(a, y, y));
        }

        @Override
        public Notation notation() {
            return new Notation("tan({0})", "\\tan\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The inverse sine, in radians. */
    public static final Unary ASIN = new Unary("asin", "the inverse sine, in radians", -0.9, 0, 0.3, 0.999) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.asin(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V square = Arithmetic.MULTIPLY.of(a, Arithmetic.SUBTRACT.of(a, a.fill(1, a.shape(x)), x),
                    a.add(a.fill(1, a.shape(x)), x));
            return Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(x)), Exponential.SQRT.of(a, square));
        }

        @Override
        public Notation notation() {
            return new Notation("asin({0})", "\\arcsin\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "|x| = 1", x -> Math.abs(x[0]) == 1, "slope ∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "|x| > 1", x -> Math.abs(x[0]) > 1, "NaN"));
        }
    };

    /** The inverse cosine, in radians. */
    public static final Unary ACOS = new Unary("acos", "the inverse cosine, in radians", -0.9, 0, 0.3, 0.999) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.acos(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            V square = Arithmetic.MULTIPLY.of(a, Arithmetic.SUBTRACT.of(a, a.fill(1, a.shape(x)), x),
                    a.add(a.fill(1, a.shape(x)), x));
            return Arithmetic.DIVIDE.of(a, a.fill(-1, a.shape(x)), Exponential.SQRT.of(a, square));
        }

        @Override
        public Notation notation() {
            return new Notation("acos({0})", "\\arccos\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.POLE, "|x| = 1", x -> Math.abs(x[0]) == 1, "slope −∞"),
                    Edge.pointwise(Edge.Kind.DOMAIN, "|x| > 1", x -> Math.abs(x[0]) > 1, "NaN"));
        }
    };

    /** The inverse tangent, in radians. */
    public static final Unary ATAN = new Unary("atan", "the inverse tangent, in radians", -2, 0, 0.7, 300) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.atan(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(x)),
                    a.add(a.fill(1, a.shape(x)), Arithmetic.MULTIPLY.of(a, x, x)));
        }

        @Override
        public Notation notation() {
            return new Notation("atan({0})", "\\arctan\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }
    };

    /** The angle of the point (x, y) in (−π, π]; y comes first. The slopes are x / r² and −y / r², r never squared. */
    public static final Binary ATAN2 = new Binary("atan2", "the angle of the point (x, y), in radians; y comes first",
            new double[] {1, 2}, new double[] {-0.5, -3}, new double[] {2, -1}, new double[] {0, 1}) {
        @Override
        protected <N> N at(Numbers<N> n, N y, N x) {
            return n.atan2(y, x);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V y, V x, V z) {
            return overSquare(a, x, HYPOT.of(a, x, y));
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V y, V x, V z) {
            return Arithmetic.NEGATE.of(a, overSquare(a, y, HYPOT.of(a, x, y)));
        }

        private <V> V overSquare(Algebra<V> a, V x, V radius) {
            Binary quotient = a.conventions() == Conventions.MINNORM ? Arithmetic.RATIO : Arithmetic.DIVIDE;
            return quotient.of(a, quotient.of(a, x, radius), radius);
        }

        @Override
        public Notation notation() {
            return new Notation("atan2({0}, {1})", "\\operatorname{atan2}\\left({0}, {1}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public Signature signature() {
            return Signature.of("y", "x");
        }

        @Override
        public List<Edge> edges() {
            return List.of(
                    Edge.pointwise(Edge.Kind.KINK, "x = 0, y = 0", x -> x[0] == 0 && x[1] == 0,
                            "value as Math.atan2, both slopes 0").in(Conventions.JAX, NOT_DEFINED)
                            .in(Conventions.TENSORFLOW, NOT_DEFINED).in(Conventions.IEEE, NOT_DEFINED),
                    Edge.pointwise(Edge.Kind.JUMP, "x < 0, y = 0", x -> x[0] == 0 && x[1] < 0,
                            "value π (−π for y = −0), slopes of the branch"));
        }
    };

    /** √(x² + y²) without undue overflow or underflow. */
    public static final Binary HYPOT = new Binary("hypot", "√(x² + y²) without undue overflow or underflow",
            new double[] {3, 4}, new double[] {-0.5, 0.1}, new double[] {1e100, -1e100}, new double[] {0, 2}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.hypot(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return Arithmetic.slopeRatio(a).of(a, x, z);
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return Arithmetic.slopeRatio(a).of(a, y, z);
        }

        @Override
        public List<Edge> edges() {
            return List.of(
                    Edge.pointwise(Edge.Kind.KINK, "x = 0, y = 0", x -> x[0] == 0 && x[1] == 0, "both slopes 0")
                            .in(Conventions.IEEE, "both slopes NaN"),
                    Edge.pointwise(Edge.Kind.POLE, "an operand infinite",
                            x -> Double.isInfinite(x[0]) || Double.isInfinite(x[1]), "value ∞, slope NaN in it"));
        }
    };

    private static final String NOT_DEFINED = "value as Math.atan2, both slopes NaN";

    /** For the {@link java.util.ServiceLoader}. */
    public Trigonometric() {}
}
