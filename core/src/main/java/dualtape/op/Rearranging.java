package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;

/** The same elements in another order, or several times. Linear: the transpose is the way back, or a sum. */
public final class Rearranging implements Operations.Table {
    /** The elements of an axis from the last to the first; of all axes where none is given. */
    public static final Operation FLIP = new Entry("flip", "from the last to the first, along an axis or all",
            Signature.of("x").with("axis", "none"), Sample.of(1.5), Sample.of(Tensor.vector(1, 2, 3)),
            Sample.of(Sample.random(1, -2, 2, 3, 4)), Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axis", 0),
            Sample.of(Sample.random(2, -2, 2, 2, 3, 2)).with("axis", 1)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            Shape shape = a.shape(x);
            int axis = Axis.given(name(), attributes, shape);
            // All axes at once: the elements, row by row, from the last to the first.
            return axis == Axis.ALL
                    ? Structure.reshape(a, new Flip(0).of(a, Structure.flat(a, x)), shape)
                    : new Flip(axis).of(a, x);
        }
    };

    /** The axes in another order: axis k of the result is axis axes[k] of x. */
    public static final Operation PERMUTE = new Entry("permute", "the axes in another order",
            Signature.of("x").with("axes", null), Sample.of(1.5).with("axes", new int[0]),
            Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axes", new int[] {1, 0}),
            Sample.of(Sample.random(2, -2, 2, 2, 3, 4)).with("axes", new int[] {1, 2, 0}),
            Sample.of(Sample.random(2, -2, 2, 2, 3, 4)).with("axes", new int[] {0, -1, 1})) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            List<Integer> axes = Arrays.stream(attributes.integers("axes"))
                    .mapToObj(axis -> Axis.checked(name(), axis, shape)).toList();
            return new Permute(axes).of(a, operands);
        }
    };

    /** Each element several times in a row, along an axis; of the flattened tensor where none is given. */
    public static final Operation REPEAT = new Entry("repeat", "each element several times in a row, along an axis",
            Signature.of("x").with("repeats", null).with("axis", "none"), Sample.of(1.5).with("repeats", 3),
            Sample.of(Tensor.vector(1, 2)).with("repeats", 3),
            Sample.of(Sample.random(1, -2, 2, 2, 3)).with("repeats", 2),
            Sample.of(Sample.random(1, -2, 2, 2, 3)).with("repeats", 2).with("axis", 0),
            Sample.of(Sample.random(1, -2, 2, 2, 3)).with("repeats", 2).with("axis", -1)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int given = Axis.given(name(), attributes, a.shape(operands.get(0)));
            int axis = Math.max(given, 0);
            V x = given == Axis.ALL ? Structure.flat(a, operands.get(0)) : operands.get(0);
            int repeats = attributes.integer("repeats");
            if (repeats < 0) {
                throw new IllegalArgumentException("repeat: repeats must be 0 or more, got " + repeats);
            }
            Shape shape = a.shape(x);
            V spread = new Structure.Spread(axis + 1, repeats).of(a, x);
            int extent = Math.multiplyExact(shape.extent(axis), repeats);
            return Structure.reshape(a, spread, shape.without(axis).with(axis, extent));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Rearranging() {}

    /** An axis the other way round. Its own transpose. */
    record Flip(int axis) implements Moving {
        @Override
        public String symbol() {
            return "flip";
        }

        @Override
        public Shape shape(Shape x) {
            Axis.checked(symbol(), axis, x);
            return x;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int k = 0; k < lanes.extent(); k++) {
                    for (int i = 0; i < lanes.inner(); i++) {
                        y.get(0).set(lanes.at(o, k, i), x.get(0).get(lanes.at(o, lanes.extent() - 1 - k, i)));
                    }
                }
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return of(a, by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.flip(Axis.of(operands.get(0), axis));
        }
    }

    /** The axes in another order. Its transpose is the inverse permutation. */
    public record Permute(List<Integer> axes) implements Moving {
        @Override
        public String symbol() {
            return "permute";
        }

        @Override
        public Shape shape(Shape x) {
            int[] extents = new int[x.rank()];
            if (axes.size() != x.rank() || axes.stream().distinct().count() != x.rank()) {
                throw new ShapeException("permute: axes=" + axes + " must name each of the " + x.rank()
                        + " axes of the shape " + x + " once");
            }
            for (int k = 0; k < extents.length; k++) {
                extents[k] = x.extent(axes.get(k));
            }
            return Shape.of(extents);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int[] from = Moves.permuted(x.get(0).shape(), axes);
            for (int i = 0; i < from.length; i++) {
                y.get(0).set(i, x.get(0).get(from[i]));
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            Integer[] inverse = new Integer[axes.size()];
            for (int k = 0; k < inverse.length; k++) {
                inverse[axes.get(k)] = k;
            }
            return new Permute(List.of(inverse)).of(a, by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axes=" + axes);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int[] from = Moves.permuted(operands.get(0), axes);
            return (x, xAt, y, yAt) -> {
                for (int i = 0; i < from.length; i++) {
                    y[0][yAt[0] + i] = x[0][xAt[0] + from[i]];
                }
            };
        }
    }
}
