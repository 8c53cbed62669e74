package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Tensor;
import java.util.List;

/** Integers next to a number, declared to have no derivative, and the remainder that they leave. */
public final class Rounding implements Operations.Table {
    /** The largest integer that is not above x; no derivative. */
    public static final Unary FLOOR = new Step("floor", "the largest integer not above x; no derivative", -2.5, 0.7,
            3.1) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.floor(x);
        }

        @Override
        public Notation notation() {
            return new Notation("floor({0})", "\\left\\lfloor{0}\\right\\rfloor", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.JUMP, "x an integer", x -> x[0] == Math.rint(x[0]),
                    "value x, no derivative"));
        }
    };

    /** The least integer that is not below x; no derivative. */
    public static final Unary CEIL = new Step("ceil", "the least integer not below x; no derivative", -2.5, 0.7, 3.1) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.negate(n.floor(n.negate(x)));
        }

        @Override
        public Notation notation() {
            return new Notation("ceil({0})", "\\left\\lceil{0}\\right\\rceil", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return FLOOR.edges();
        }
    };

    /** The integer next to x, halves to the even one; no derivative. */
    public static final Unary ROUND = new Step("round", "the integer next to x, halves to the even one; no derivative",
            -2.7, 0.7, 3.1) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.rint(x);
        }

        @Override
        public Notation notation() {
            return new Notation("round({0})", "\\left\\lfloor{0}\\right\\rceil", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.pointwise(Edge.Kind.JUMP, "x half an odd number",
                    x -> x[0] != Math.rint(x[0]) && 2 * x[0] == Math.rint(2 * x[0]),
                    "value the even neighbour, no derivative"));
        }
    };

    /** x − y · floor(x / y): of the sign of y. */
    public static final Operation MOD = new Entry("mod", "x - y * floor(x / y), of the sign of y",
            Signature.of("x", "y"),
            Sample.of(7.5, 2), Sample.of(-7.5, 2), Sample.of(Tensor.vector(1.5, -3.25), Tensor.scalar(-0.7))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            List<V> aligned = Broadcasting.align(a, "mod", operands);
            V x = aligned.get(0);
            V y = aligned.get(1);
            V whole = FLOOR.of(a, Arithmetic.DIVIDE.of(a, x, y));
            return Arithmetic.SUBTRACT.of(a, x, Arithmetic.MULTIPLY.of(a, y, whole));
        }

        @Override
        public List<Edge> edges() {
            return List.of(
                    Edge.pointwise(Edge.Kind.JUMP, "x / y an integer", x -> x[0] / x[1] == Math.rint(x[0] / x[1]),
                            "value 0, slopes of the branch above: 1 and -x / y"),
                    Edge.pointwise(Edge.Kind.POLE, "y = 0", x -> x[1] == 0, "value NaN"));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Rounding() {}
}
