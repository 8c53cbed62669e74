package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.List;

/** Operations that move elements and compute nothing. Each is linear, and its transpose is another of them or a sum. */
public final class Structure implements Operations.Table {
    /** The value; a constant to every derivative. */
    public static final Unary DETACH = new Step("detach", "the value, a constant to every derivative", -2, 0, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return x;
        }
    };

    /** Another name of {@link #DETACH}. */
    public static final Operation STOP_GRADIENT = new Entry("stop_gradient",
            "the value, a constant to every derivative, the same as detach", Signature.of("x"), Sample.of(-2),
            Sample.of(Tensor.vector(1, 2))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return DETACH.of(a, operands);
        }
    };

    /** Repeated to a shape; aligned at the last axes, those that are missing or have the extent 1 are repeated. */
    public static final Operation BROADCAST = new Entry("broadcast", "repeated to a shape, aligned at the last axes",
            Signature.of("x").with("shape", null), Sample.of(1.5).with("shape", new int[] {2, 3}),
            Sample.of(Tensor.vector(1, 2)).with("shape", new int[] {3, 2}),
            Sample.of(Sample.random(1, -2, 2, 3, 1)).with("shape", new int[] {2, 3, 4}),
            Sample.of(Sample.random(1, -2, 2, 1, 1)).with("shape", new int[] {2, 3})) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return Broadcasting.to(a, operands.get(0), Shape.of(attributes.integers("shape")));
        }
    };

    /** A new axis along which everything is repeated. */
    public static final Operation SPREAD = new Entry("spread", "repeated along a new axis",
            Signature.of("x").with("axis", "0").with("extent", null), Sample.of(1.5).with("extent", 3),
            Sample.of(Tensor.vector(1, 2)).with("extent", 3),
            Sample.of(Tensor.vector(1, 2)).with("axis", 1).with("extent", 3)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            int axis = Axis.checked(name(), attributes.integer("axis"), shape.with(0, 1));
            return new Spread(axis, attributes.integer("extent")).of(a, operands);
        }
    };

    /** The elements in another shape, row-major. */
    public static final Operation RESHAPE = new Entry("reshape", "the same elements in another shape, row-major",
            Signature.of("x").with("shape", null),
            Sample.of(Sample.random(1, -2, 2, 2, 6)).with("shape", new int[] {3, 2, 2}),
            Sample.of(Tensor.vector(7)).with("shape", new int[] {})) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return reshape(a, operands.get(0), Shape.of(attributes.integers("shape")));
        }
    };

    /** The axes in reverse order: rows become columns. Scalars and vectors are their own transposes. */
    public static final Operation TRANSPOSE = new Entry("transpose", "the axes in reverse order: rows become columns",
            Signature.of("X"), Sample.of(1.5), Sample.of(Tensor.vector(1, 2)), Sample.of(Sample.random(1, -2, 2, 3, 4)),
            Sample.of(Sample.random(2, -2, 2, 2, 3, 4))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return a.shape(operands.get(0)).rank() < 2 ? operands.get(0) : new Transpose().of(a, operands);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Structure() {}

    /** x in another shape of the same size; itself if it has that shape. */
    public static <V> V reshape(Algebra<V> a, V x, Shape shape) {
        return a.shape(x).equals(shape) ? x : new Reshape(shape).of(a, x);
    }

    /** x as a vector. */
    public static <V> V flat(Algebra<V> a, V x) {
        return reshape(a, x, Shape.of(a.shape(x).size()));
    }

    /** A scalar repeated to a shape. Its transpose is the sum over all elements. */
    public record Broadcast(Shape shape) implements Moving {
        @Override
        public String symbol() {
            return "broadcast";
        }

        @Override
        public Shape shape(Shape x) {
            if (!x.isScalar()) {
                throw new ShapeException("broadcast repeats a scalar, got the shape " + x
                        + "; spread(x, axis=..., extent=...) repeats a tensor along a new axis");
            }
            return shape;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            for (int i = 0; i < y.get(0).size(); i++) {
                y.get(0).set(i, x.get(0).get(0));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return Reduction.sum(a, by, Axis.ALL);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "shape=" + shape);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int size = shape.size();
            return (x, xAt, y, yAt) -> java.util.Arrays.fill(y[0], yAt[0], yAt[0] + size, x[0][xAt[0]]);
        }
    }

    /** A new axis along which everything is repeated. Its transpose is {@link Reduction.Sum}. */
    public record Spread(int axis, int extent) implements Moving {
        @Override
        public String symbol() {
            return "spread";
        }

        @Override
        public Shape shape(Shape x) {
            return x.with(axis, extent);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(y.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int k = 0; k < extent; k++) {
                    for (int i = 0; i < lanes.inner(); i++) {
                        y.get(0).set(lanes.at(o, k, i), x.get(0).get(o * lanes.inner() + i));
                    }
                }
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new Reduction.Sum(axis).of(a, by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axis=" + axis + ", extent=" + extent);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.spread(Axis.of(shape(operands.get(0)), axis));
        }
    }

    /** The same elements in another shape. Its transpose is the way back. */
    public record Reshape(Shape shape) implements Moving {
        @Override
        public String symbol() {
            return "reshape";
        }

        @Override
        public Shape shape(Shape x) {
            if (x.size() != shape.size()) {
                throw new ShapeException(
                        "reshape: " + x + " has " + x.size() + " elements, " + shape + " has " + shape.size());
            }
            return shape;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            for (int i = 0; i < y.get(0).size(); i++) {
                y.get(0).set(i, x.get(0).get(i));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return reshape(a, by, x);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "shape=" + shape);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int size = shape.size();
            return (x, xAt, y, yAt) -> System.arraycopy(x[0], xAt[0], y[0], yAt[0], size);
        }

        @Override
        public int view(List<Shape> operands) {
            return 0;
        }

        @Override
        public long work(List<Shape> operands) {
            return 0;
        }
    }

    /** The axes in reverse order. Its own transpose. */
    public record Transpose() implements Moving {
        @Override
        public String symbol() {
            return "transpose";
        }

        @Override
        public Shape shape(Shape x) {
            int[] extents = new int[x.rank()];
            for (int i = 0; i < extents.length; i++) {
                extents[i] = x.extent(extents.length - 1 - i);
            }
            return Shape.of(extents);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Shape shape = x.get(0).shape();
            for (int i = 0; i < shape.size(); i++) {
                y.get(0).set(Moves.reversed(shape, i), x.get(0).get(i));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return of(a, by);
        }

        @Override
        public Notation notation() {
            return new Notation("transpose({0})", "{0}^{T}", Notation.ATOM, List.of(Notation.ATOM));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.transpose(operands.get(0));
        }
    }
}
