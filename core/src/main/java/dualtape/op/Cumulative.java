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
import java.util.List;

/**
 * Running sums and products along an axis, from its start or from its end; of a flattened tensor where no axis is given.
 * The steps are taken in order, one after the other.
 */
public final class Cumulative implements Operations.Table {
    private static final Sample VECTOR = Sample.of(Tensor.vector(0.5, -2, 3, 0.25));
    private static final Sample MATRIX = Sample.of(Sample.random(1, -2, 2, 3, 4));
    private static final Sample CUBE = Sample.of(Sample.random(2, -2, 2, 2, 3, 2));
    private static final Sample[] SAMPLES = {Sample.of(-1.5), VECTOR, VECTOR.with("reverse", 1),
        Sample.of(Tensor.vector(2, 0, 3, -1, 0, 5)), Sample.of(Tensor.vector(2, 0, 3, -1)).with("reverse", 1), MATRIX,
        MATRIX.with("axis", 0), MATRIX.with("axis", -1).with("reverse", 1), CUBE.with("axis", 1)};

    /** y[k] = x[0] + … + x[k]. */
    public static final Operation CUMSUM = new Running("cumsum", "running sums: y[k] = x[0] + ... + x[k]", SAMPLES) {
        @Override
        <V> V along(Algebra<V> a, List<V> x, int axis, boolean reverse) {
            return new CumSum(axis, reverse).of(a, x);
        }
    };

    /**
     * y[k] = x[0] · … · x[k]: the recurrence y[k] = x[k] y[k − 1]. Nothing is divided out, so derivatives of every order
     * are right with zeros among the factors.
     */
    public static final Operation CUMPROD = new Running("cumprod", "running products: y[k] = x[0] * ... * x[k]",
            SAMPLES) {
        @Override
        <V> V along(Algebra<V> a, List<V> x, int axis, boolean reverse) {
            int last = a.shape(x.get(0)).extent(axis) - 1;
            if (last <= 0) {
                return x.get(0);
            }
            int start = reverse ? last : 0;
            V first = new Slicing.Slice(axis, start, start + 1).of(a, x);
            V padded = new Slicing.Pad(axis, start, last - start).of(a, first);
            return new Recurrence(axis, reverse, false).of(a, x.get(0), padded);
        }
    };

    /** z[0] = b[0], z[k] = a[k] z[k − 1] + b[k]: a linear recurrence of order one. a[0] is not read. */
    public static final Operation RECURRENCE = new Running("recurrence", "z[0] = b[0], z[k] = a[k] * z[k-1] + b[k]",
            Sample.of(2, 3), Sample.of(Tensor.vector(0.5, -2, 0, 0.25), Tensor.vector(1, 2, 3, 4)),
            Sample.of(Tensor.vector(0.5, -2, 0, 0.25), Tensor.vector(1, 2, 3, 4)).with("reverse", 1),
            Sample.of(Tensor.scalar(0.5), Tensor.vector(1, 2, 3)),
            Sample.of(Sample.random(3, -2, 2, 2, 3, 2), Sample.random(4, -2, 2, 2, 3, 2)).with("axis", 1),
            Sample.of(Sample.random(3, -2, 2, 3, 4), Sample.random(4, -2, 2, 3, 4)).with("axis", 0)
                    .with("reverse", 1)) {
        @Override
        <V> V along(Algebra<V> a, List<V> x, int axis, boolean reverse) {
            return new Recurrence(axis, reverse, false).of(a, x);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Cumulative() {}

    /** One step at a time along an axis. */
    private abstract static class Running extends Entry {
        Running(String name, String summary, Sample... samples) {
            super(name, summary,
                    (samples[0].operands().size() == 1 ? Signature.of("x") : Signature.of("a", "b"))
                            .with("axis", "none").with("reverse", "0"),
                    samples);
        }

        abstract <V> V along(Algebra<V> a, List<V> x, int axis, boolean reverse);

        @Override
        public final <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            List<V> x = Broadcasting.align(a, name(), operands);
            boolean reverse = attributes.integer("reverse") != 0;
            int axis = Axis.given(name(), attributes, a.shape(x.get(0)));
            return axis == Axis.ALL
                    ? along(a, x.stream().map(operand -> Structure.flat(a, operand)).toList(), 0, reverse)
                    : along(a, x, axis, reverse);
        }
    }

    /** One step of a kernel: the next element from the one before it. */
    private interface Step {
        double next(double[][] x, int[] xAt, int at, double before);
    }

    /** The first elements are those of operand {@code terms}; memory is walked row by row. */
    private static Kernel running(Axis lanes, boolean reverse, int terms, Step step) {
        int inner = lanes.inner();
        int back = reverse ? inner : -inner;
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < lanes.outer(); o++) {
                for (int k = 0; k < lanes.extent(); k++) {
                    int row = lanes.at(o, reverse ? lanes.extent() - 1 - k : k, 0);
                    for (int at = row; at < row + inner; at++) {
                        y[0][yAt[0] + at] = k == 0
                                ? x[terms][xAt[terms] + at]
                                : step.next(x, xAt, at, y[0][yAt[0] + at + back]);
                    }
                }
            }
        };
    }

    private static String attributes(int axis, boolean reverse) {
        return "axis=" + axis + (reverse ? ", reverse=1" : "");
    }

    /** Running sums. The transpose runs the other way. */
    private record CumSum(int axis, boolean reverse) implements Moving {
        @Override
        public String symbol() {
            return "cumsum";
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
                for (int i = 0; i < lanes.inner(); i++) {
                    N sum = null;
                    for (int step = 0; step < lanes.extent(); step++) {
                        int at = lanes.at(o, reverse ? lanes.extent() - 1 - step : step, i);
                        N term = x.get(0).get(at);
                        sum = step == 0 ? term : n.add(sum, term);
                        y.get(0).set(at, sum);
                    }
                }
            }
        }

        @Override
        public <V> V transposed(Algebra<V> a, Shape x, V by) {
            return new CumSum(axis, !reverse).of(a, by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), attributes(axis, reverse));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return running(Axis.of(operands.get(0), axis), reverse, 0,
                    (x, xAt, at, before) -> before + x[0][xAt[0] + at]);
        }
    }

    /**
     * The linear recurrence. Linear in b; in a, the tangent is the same recurrence of z[k − 1] da[k]. Both transposes run
     * the other way, with the coefficients moved by one.
     */
    private record Recurrence(int axis, boolean reverse, boolean chain) implements Op {
        @Override
        public String symbol() {
            return "recurrence";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            if (operands.size() != 2 || !operands.get(0).equals(operands.get(1))) {
                throw new ShapeException("recurrence takes two operands of one shape, got " + operands);
            }
            Axis.checked(symbol(), axis, operands.get(0));
            return operands.subList(0, 1);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N z = null;
                    for (int step = 0; step < lanes.extent(); step++) {
                        int at = lanes.at(o, reverse ? lanes.extent() - 1 - step : step, i);
                        N b = x.get(1).get(at);
                        z = step == 0 ? b : VectorProduct.add(n, chain, x.get(0).get(at), z, b);
                        y.get(0).set(at, z);
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? new InCoefficients(this) : new InTerms(this);
        }

        /** v moved by one step along the axis, the other way if asked; 0 comes in. */
        <V> V moved(Algebra<V> a, V v, boolean back) {
            int last = a.shape(v).extent(axis) - 1;
            if (last < 0) {
                return v;
            }
            int from = reverse != back ? 1 : 0;
            V part = new Slicing.Slice(axis, from, from + last).of(a, v);
            return new Slicing.Pad(axis, 1 - from, from).of(a, part);
        }

        /** The same with products of the chain rule. */
        Recurrence chained(Algebra<?> a) {
            return new Recurrence(axis, reverse, a.conventions().structuralZeros());
        }

        /** The adjoints of all z: those of the results, accumulated the other way. */
        <V> V adjoint(Algebra<V> a, V coefficients, V by) {
            return new Recurrence(axis, !reverse, a.conventions().structuralZeros()).of(a, moved(a, coefficients, true),
                    by);
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), attributes(axis, reverse));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return running(Axis.of(operands.get(0), axis), reverse, 1, chain
                    ? (x, xAt, at, before) -> Sums.chainFma(x[0][xAt[0] + at], before, x[1][xAt[1] + at])
                    : (x, xAt, at, before) -> Math.fma(x[0][xAt[0] + at], before, x[1][xAt[1] + at]));
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(0).size();
        }
    }

    /** {@link Recurrence} in a. */
    private record InCoefficients(Recurrence op) implements Rule.Linear {
        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            V before = op.moved(a, op.of(a, x), false);
            return op.chained(a).of(a, x.get(0), a.scale(before, dx));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            V before = op.moved(a, op.of(a, x), false);
            return a.scale(before, op.adjoint(a, x.get(0), by));
        }
    }

    /** {@link Recurrence} in b. */
    private record InTerms(Recurrence op) implements Rule.Linear {
        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return op.chained(a).of(a, x.get(0), dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return op.adjoint(a, x.get(0), by);
        }
    }
}
