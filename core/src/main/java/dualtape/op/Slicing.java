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

/** Parts of an axis, and their way back: zeros around a part. */
public final class Slicing implements Operations.Table {
    /** Part of an axis: from {@code from} up to, not including, {@code to}. Written x[from:to]. */
    public static final Operation SLICE = new Entry("slice", "part of an axis, written x[from:to]",
            Signature.of("x").with("axis", "0").with("from", "0").with("to", "none"),
            Sample.of(Tensor.vector(1, 2, 3)).with("from", 1), Sample.of(Tensor.vector(1, 2, 3)).with("to", -1),
            Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axis", 1).with("from", 1).with("to", 3),
            Sample.of(Sample.random(2, -2, 2, 2, 3, 2)).with("axis", 1).with("from", 2)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            int axis = Axis.checked(name(), attributes.integer("axis"), shape);
            int to = attributes.has("to") ? attributes.integer("to") : shape.extent(axis);
            return Indexing.slice(a, operands.get(0), axis, attributes.integer("from"), to);
        }
    };

    /** Zeros before and after, along one axis. */
    public static final Operation PAD = new Entry("pad", "zeros before and after, along an axis",
            Signature.of("x").with("axis", "0").with("before", "0").with("after", "0"),
            Sample.of(Tensor.vector(1, 2, 3)).with("before", 1),
            Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axis", 1).with("before", 1).with("after", 2)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int axis = Axis.checked(name(), attributes.integer("axis"), a.shape(operands.get(0)));
            return new Pad(axis, attributes.integer("before"), attributes.integer("after")).of(a, operands);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Slicing() {}

    /** Part of an axis: from {@code from} up to, not including, {@code to}. Its transpose is {@link Pad}. */
    public record Slice(int axis, int from, int to) implements Moving {
        @Override
        public String symbol() {
            return "slice";
        }

        @Override
        public Shape shape(Shape x) {
            int extent = x.extent(Axis.checked(symbol(), axis, x));
            if (from < 0 || from > to || to > extent) {
                throw new ShapeException(
                        "slice " + from + ":" + to + " does not fit axis " + axis + " of the shape " + x
                                + "; 0 <= from <= to <= " + extent);
            }
            return x.without(axis).with(axis, to - from);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis part = Axis.of(y.get(0).shape(), axis);
            Axis all = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < part.outer(); o++) {
                for (int k = 0; k < part.extent(); k++) {
                    for (int i = 0; i < part.inner(); i++) {
                        y.get(0).set(part.at(o, k, i), x.get(0).get(all.at(o, from + k, i)));
                    }
                }
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new Pad(axis, from, x.extent(axis) - to).of(a, by);
        }

        @Override
        public Notation notation() {
            String index = ":, ".repeat(axis) + from + ":" + to;
            return new Notation("{0}[" + index + "]", "{0}_{" + index + "}", Notation.ATOM, List.of(Notation.ATOM));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.slice(Axis.of(operands.get(0), axis), from, to);
        }

        @Override
        public int view(List<Shape> operands) {
            Axis lanes = Axis.of(operands.get(0), axis);
            return lanes.outer() == 1 ? from * lanes.inner() : -1;
        }
    }

    /** Zeros before and after, along one axis. Its transpose is {@link Slice}. */
    public record Pad(int axis, int before, int after) implements Moving {
        @Override
        public String symbol() {
            return "pad";
        }

        @Override
        public Shape shape(Shape x) {
            Axis.checked(symbol(), axis, x);
            if (before < 0 || after < 0) {
                throw new ShapeException("pad adds 0 zeros or more, got before=" + before + " and after=" + after);
            }
            return x.without(axis).with(axis, before + x.extent(axis) + after);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis part = Axis.of(x.get(0).shape(), axis);
            Axis all = Axis.of(y.get(0).shape(), axis);
            for (int i = 0; i < y.get(0).size(); i++) {
                y.get(0).set(i, n.of(0));
            }
            for (int o = 0; o < part.outer(); o++) {
                for (int k = 0; k < part.extent(); k++) {
                    for (int i = 0; i < part.inner(); i++) {
                        y.get(0).set(all.at(o, before + k, i), x.get(0).get(part.at(o, k, i)));
                    }
                }
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new Slice(axis, before, before + x.extent(axis)).of(a, by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axis=" + axis + ", before=" + before + ", after=" + after);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.pad(Axis.of(operands.get(0), axis), before, after);
        }
    }
}
