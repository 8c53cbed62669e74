package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Operations that join tensors into one. Linear; stated as a whole rather than operand by operand, so that the
 * derivatives of n operands together take O(n), not O(n) for each.
 */
public final class Joining implements Operations.Table {
    private static final Signature ANY = new Signature(List.of("x"), 1, Integer.MAX_VALUE, List.of());

    /** Tensors of one shape along a new first axis: scalars to a vector, rows to a matrix. Written [x, y, ...]. */
    public static final Operation STACK = new Entry("stack", "along a new first axis, written [x, y, ...]", ANY,
            Sample.of(1.5), Sample.of(1, 2, 3),
            Sample.of(Tensor.vector(1, 2), Tensor.vector(3, 4), Tensor.vector(5, 6)),
            Sample.of(Sample.random(1, -2, 2, 2, 3), Sample.random(2, -2, 2, 2, 3))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Stack().of(a, operands);
        }
    };

    /** Tensors end to end along an axis. */
    public static final Operation CONCAT = new Entry("concat", "end to end along an axis", ANY.with("axis", "0"),
            Sample.of(Tensor.vector(1, 2)), Sample.of(Tensor.vector(1, 2), Tensor.vector(3), Tensor.vector(5, 6, 7)),
            Sample.of(Sample.random(1, -2, 2, 2, 3), Sample.random(2, -2, 2, 1, 3)),
            Sample.of(Sample.random(1, -2, 2, 2, 3), Sample.random(2, -2, 2, 2, 1)).with("axis", 1)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Concat(Axis.checked(name(), attributes.integer("axis"), a.shape(operands.get(0)))).of(a,
                    operands);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Joining() {}

    /** Vectors end to end; at least one. */
    public static <V> V concat(Algebra<V> a, List<V> vectors) {
        return vectors.size() == 1 ? vectors.get(0) : new Concat(0).of(a, vectors);
    }

    /** A linear operation of any number of operands. */
    private interface Joins extends Op, Whole {
        /** Operand i's part of an adjoint. */
        <V> V part(Algebra<V> a, List<V> x, int i, V by);

        @Override
        default Rule rule(int operand) {
            throw new IllegalStateException(symbol() + " is differentiated as a whole");
        }

        @Override
        default Whole whole() {
            return this;
        }

        @Override
        default Op recording() {
            return this;
        }

        @Override
        default <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
            List<V> tangents = new ArrayList<>(x.size());
            boolean any = false;
            for (int i = 0; i < x.size(); i++) {
                any |= dx.get(i) != null;
                tangents.add(dx.get(i) != null ? dx.get(i) : a.fill(0, a.shape(x.get(i))));
            }
            return new Both<>(List.of(of(a, x)), Collections.singletonList(any ? of(a, tangents) : null));
        }

        @Override
        default <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
            List<V> adjoints = new ArrayList<>(x.size());
            for (int i = 0; i < x.size(); i++) {
                adjoints.add(wanted[i] && by.get(0) != null ? part(a, x, i, by.get(0)) : null);
            }
            return adjoints;
        }
    }

    /** Tensors of one shape along a new first axis. */
    public record Stack() implements Joins {
        @Override
        public String symbol() {
            return "stack";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            for (int i = 0; i < operands.size(); i++) {
                if (!operands.get(i).equals(operands.get(0))) {
                    throw new ShapeException("stack needs operands of one shape, got " + operands.get(0) + " first and "
                            + operands.get(i) + " at position " + i);
                }
            }
            if (operands.isEmpty()) {
                throw new ShapeException("stack needs at least one operand");
            }
            return List.of(operands.get(0).with(0, operands.size()));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int at = 0;
            for (Array<N> operand : x) {
                for (int i = 0; i < operand.size(); i++) {
                    y.get(0).set(at++, operand.get(i));
                }
            }
        }

        @Override
        public <V> V part(Algebra<V> a, List<V> x, int i, V by) {
            return Indexing.index(a, by, 0, i);
        }

        @Override
        public Notation notation() {
            return new Notation("[{*}]", "\\left[{*}\\right]", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.concat(operands.stream().map(shape -> Axis.of(shape, Axis.ALL)).toList());
        }
    }

    /** Tensors end to end along an axis; they agree in all other extents. */
    public record Concat(int axis) implements Joins {
        @Override
        public String symbol() {
            return "concat";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            if (operands.isEmpty()) {
                throw new ShapeException("concat needs at least one operand");
            }
            Shape first = operands.get(0);
            Axis.checked(symbol(), axis, first);
            int extent = 0;
            for (int i = 0; i < operands.size(); i++) {
                Shape shape = operands.get(i);
                if (shape.rank() != first.rank() || !shape.without(axis).equals(first.without(axis))) {
                    throw new ShapeException(
                            "concat along axis " + axis + " needs equal extents on all other axes, got " + first
                                    + " first and " + shape + " at position " + i);
                }
                extent += shape.extent(axis);
            }
            return List.of(first.without(axis).with(axis, extent));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis all = Axis.of(y.get(0).shape(), axis);
            int from = 0;
            for (Array<N> operand : x) {
                Axis part = Axis.of(operand.shape(), axis);
                for (int o = 0; o < part.outer(); o++) {
                    for (int k = 0; k < part.extent(); k++) {
                        for (int i = 0; i < part.inner(); i++) {
                            y.get(0).set(all.at(o, from + k, i), operand.get(part.at(o, k, i)));
                        }
                    }
                }
                from += part.extent();
            }
        }

        @Override
        public <V> V part(Algebra<V> a, List<V> x, int i, V by) {
            int from = 0;
            for (int j = 0; j < i; j++) {
                from += a.shape(x.get(j)).extent(axis);
            }
            return Indexing.slice(a, by, axis, from, from + a.shape(x.get(i)).extent(axis));
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Moves.concat(operands.stream().map(shape -> Axis.of(shape, axis)).toList());
        }
    }
}
