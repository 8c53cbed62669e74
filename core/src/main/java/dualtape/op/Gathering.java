package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Numerals;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Elements at indices that are values: gather reads there, scatter_add adds there, and each is the transpose of the
 * other. Indices count from 0, negative ones from the end; they have no derivative. {@link Slicing} and
 * {@link Rearranging} are for indices that are known beforehand.
 */
public final class Gathering implements Operations.Table {
    private static final Tensor INDEX = Tensor.vector(2, 0, 2, -1);

    /**
     * x[index] along an axis: the index's axes take the place of that axis. {@code fill} (NaN) where an index is out of
     * range or no integer.
     */
    public static final Operation GATHER = new Entry("gather", "the elements at the indices, along an axis",
            Signature.of("x", "index").with("axis", "0").with("fill", "nan"),
            Sample.of(Tensor.vector(1, 2, 3, 4), INDEX), Sample.of(Tensor.vector(1, 2, 3, 4), Tensor.scalar(1)),
            Sample.of(Sample.random(1, -2, 2, 4, 3), INDEX),
            Sample.of(Sample.random(2, -2, 2, 3, 4), INDEX).with("axis", 1),
            Sample.of(Sample.random(3, -2, 2, 2, 3, 2), Tensor.scalar(-2)).with("axis", 1),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.matrix(new double[] {0, 2}, new double[] {2, 1})),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(0, 2)).with("fill", -1.5)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            if (shape.isScalar()) {
                throw new ShapeException("gather takes elements of an axis; a scalar has none");
            }
            int axis = Axis.checked(name(), attributes.integer("axis"), shape);
            Shape index = a.shape(operands.get(1));
            V rows = new Gather(axis, attributes.number("fill")).of(a, operands.get(0),
                    Structure.flat(a, operands.get(1)));
            return Structure.reshape(a, rows, replaced(shape, axis, 1, index.extents()));
        }

        @Override
        public List<Edge> edges() {
            return new Gather(0, 0).edges();
        }
    };

    /**
     * Zeros along an axis, with x added at the indices: repeated ones accumulate, those out of range are left out. The
     * index's axes are those of x from {@code axis} on.
     */
    public static final Operation SCATTER_ADD = new Entry("scatter_add",
            "zeros, with x added at the indices along an axis",
            Signature.of("x", "index").with("extent", null).with("axis", "0"),
            Sample.of(Tensor.vector(1, 2, 3, 4), INDEX).with("extent", 4),
            Sample.of(Tensor.scalar(1.5), Tensor.scalar(1)).with("extent", 3),
            Sample.of(Sample.random(1, -2, 2, 4, 3), INDEX).with("extent", 3),
            Sample.of(Sample.random(2, -2, 2, 2, 4), INDEX).with("extent", 3).with("axis", 1),
            Sample.of(Sample.random(3, -2, 2, 2, 2), Tensor.matrix(new double[] {0, 2}, new double[] {2, 1}))
                    .with("extent", 3),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(7, 0.5, 1)).with("extent", 2)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            Shape index = a.shape(operands.get(1));
            int rank = shape.rank() - index.rank() + 1;
            int axis = attributes.integer("axis") + (attributes.integer("axis") < 0 ? rank : 0);
            if (axis < 0 || axis >= rank || !Shape.of(Arrays.copyOfRange(shape.extents(), axis, axis + index.rank()))
                    .equals(index)) {
                throw new ShapeException("scatter_add: x has the shape " + shape + " and the index " + index
                        + "; the axes of x from axis " + attributes.integer("axis")
                        + " on must be those of the index");
            }
            V rows = Structure.reshape(a, operands.get(0), replaced(shape, axis, index.rank(), index.size()));
            return new ScatterAdd(axis, attributes.integer("extent")).of(a, rows, Structure.flat(a, operands.get(1)));
        }

        @Override
        public List<Edge> edges() {
            return new ScatterAdd(0, Integer.MAX_VALUE).edges();
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Gathering() {}

    /** A shape with {@code count} axes from {@code axis} on replaced by others. */
    private static Shape replaced(Shape shape, int axis, int count, int... by) {
        Shape result = shape;
        for (int i = 0; i < count; i++) {
            result = result.without(axis);
        }
        for (int i = 0; i < by.length; i++) {
            result = result.with(axis + i, by[i]);
        }
        return result;
    }

    private static Shape checked(String symbol, List<Shape> operands, int axis) {
        if (operands.size() != 2 || operands.get(1).rank() != 1) {
            throw new ShapeException(symbol + " takes a tensor and a vector of indices, got " + operands);
        }
        Axis.checked(symbol, axis, operands.get(0));
        return operands.get(0);
    }

    /** An index counted from 0. */
    private static <N> N fromStart(Numbers<N> n, N index, int extent) {
        return n.select(n.less(index, n.of(0)), n.add(index, n.of(extent)), index);
    }

    /** Where an index does not fit; {@code extent} of the axis from the operands. */
    private static Edge outside(ToIntFunction<List<Tensor>> extent, String used) {
        return Edge.of(Edge.Kind.DOMAIN, "an index out of range or no integer", x -> {
            Tensor index = x.get(1);
            for (int j = 0; j < index.size(); j++) {
                if (Indexed.fromStart(index.at(j), extent.applyAsInt(x)) < 0) {
                    return j;
                }
            }
            return -1;
        }, used);
    }

    /** What is read along an axis. Its transpose is {@link ScatterAdd}; its tangent has 0 for {@code fill}. */
    public record Gather(int axis, double fill) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "gather";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return List.of(replaced(checked(symbol(), operands, axis), axis, 1, operands.get(1).size()));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis all = Axis.of(x.get(0).shape(), axis);
            Axis part = Axis.of(y.get(0).shape(), axis);
            for (int j = 0; j < part.extent(); j++) {
                N index = fromStart(n, x.get(1).get(j), all.extent());
                for (int o = 0; o < all.outer(); o++) {
                    for (int i = 0; i < all.inner(); i++) {
                        N element = n.of(fill);
                        for (int k = 0; k < all.extent(); k++) {
                            element = n.select(n.equal(index, n.of(k)), x.get(0).get(all.at(o, k, i)), element);
                        }
                        y.get(0).set(part.at(o, j, i), element);
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? this : Rule.NONE;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return new Gather(axis, 0).of(a, dx, x.get(1));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return new ScatterAdd(axis, a.shape(x.get(0)).extent(axis)).of(a, by, x.get(1));
        }

        @Override
        public List<Edge> edges() {
            return List.of(outside(x -> x.get(0).shape().extent(axis), "value fill, slope 0"));
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(),
                    "axis=" + axis + (Double.isNaN(fill) ? "" : ", fill=" + Numerals.literal(fill)));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Indexed.gather(Axis.of(operands.get(0), axis), operands.get(1).size(), fill);
        }
    }

    /** What is added along an axis. Its transpose is {@link Gather}. */
    public record ScatterAdd(int axis, int extent) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "scatter_add";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape x = checked(symbol(), operands, axis);
            if (x.extent(axis) != operands.get(1).size() || extent < 0) {
                throw new ShapeException(
                        "scatter_add: x has the shape " + x + ", axis " + axis + " of it must have one "
                                + "element for each index of " + operands.get(1) + "; extent is " + extent);
            }
            return List.of(replaced(x, axis, 1, extent));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis part = Axis.of(x.get(0).shape(), axis);
            Axis all = Axis.of(y.get(0).shape(), axis);
            for (int o = 0; o < all.outer(); o++) {
                for (int i = 0; i < all.inner(); i++) {
                    for (int k = 0; k < extent; k++) {
                        N sum = n.of(0);
                        for (int j = 0; j < part.extent(); j++) {
                            N here = n.equal(fromStart(n, x.get(1).get(j), extent), n.of(k));
                            sum = n.select(here, n.add(sum, x.get(0).get(part.at(o, j, i))), sum);
                        }
                        y.get(0).set(all.at(o, k, i), sum);
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? this : Rule.NONE;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return of(a, dx, x.get(1));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return new Gather(axis, 0).of(a, by, x.get(1));
        }

        @Override
        public List<Edge> edges() {
            return List.of(outside(x -> extent, "left out, slope 0"));
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "extent=" + extent + ", axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Indexed.scatterAdd(Axis.of(operands.get(0), axis), extent);
        }
    }
}
