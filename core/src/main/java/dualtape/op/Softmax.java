package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * log Σ exp(x), the softmax, which is its gradient, and the logarithm of that. The greatest element is subtracted first, so that nothing
 * overflows.
 */
public final class Softmax implements Operations.Table {
    private static final Signature SIGNATURE = Signature.of("x").with("axis", "none");
    private static final Sample VECTOR = Sample.of(Tensor.vector(0.5, -2, 3, 0.25));
    private static final Sample MATRIX = Sample.of(Sample.random(1, -2, 2, 3, 4));
    private static final Sample CUBE = Sample.of(Sample.random(2, -2, 2, 2, 3, 2));
    private static final Sample[] SAMPLES = {Sample.of(-1.5), VECTOR, Sample.of(Tensor.vector(1000, 999, -1000)),
        MATRIX,
        CUBE, VECTOR.with("axis", 0), MATRIX.with("axis", 0), MATRIX.with("axis", -1), CUBE.with("axis", 1)};

    /**
     * log Σ exp(x).
     *
     * <p>Special cases: −∞ of no elements and where all are −∞, ∞ where one is; the slopes are NaN there.
     */
    public static final Operation LOGSUMEXP = new Entry("logsumexp", "log Σ exp(x), of all elements or along an axis",
            SIGNATURE, SAMPLES) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new LogSumExp(Axis.given(name(), attributes, a.shape(operands.get(0)))).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return infinite(Axis.ALL);
        }
    };

    /** exp(x) / Σ exp(x) along an axis, the last by default. */
    public static final Operation SOFTMAX = new AlongLast("softmax",
            "exp(x) / Σ exp(x), along the last axis or another") {
        @Override
        <V> V along(Algebra<V> a, V x, int axis) {
            return new Normalised(axis).of(a, x);
        }
    };

    /** log(exp(x) / Σ exp(x)) along an axis, the last by default: right where the softmax itself has become 0. */
    public static final Operation LOG_SOFTMAX = new AlongLast("log_softmax",
            "log(softmax(x)), right far out too, along the last axis or another") {
        @Override
        <V> V along(Algebra<V> a, V x, int axis) {
            return new LogNormalised(axis).of(a, x);
        }
    };

    private static List<Edge> infinite(int axis) {
        return List.of(Edge.of(Edge.Kind.DOMAIN, "an element +∞, or all −∞",
                x -> Axis.firstLane(x.get(0), axis,
                        lane -> Double.isInfinite(java.util.Arrays.stream(lane).max().orElse(0))),
                "softmax NaN"));
    }

    /** For the {@link java.util.ServiceLoader}. */
    public Softmax() {}

    /** Keeps the shape; the axis is the last by default, and a scalar counts as a vector of one. */
    private abstract static class AlongLast extends Entry {
        AlongLast(String name, String summary) {
            super(name, summary, Signature.of("x").with("axis", "-1"), SAMPLES);
        }

        abstract <V> V along(Algebra<V> a, V x, int axis);

        @Override
        public final <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            Shape shape = a.shape(x);
            if (shape.isScalar() && !attributes.has("axis")) {
                return Structure.reshape(a, along(a, Structure.flat(a, x), 0), shape);
            }
            return along(a, x, Axis.checked(name(), attributes.integer("axis"), shape));
        }

        @Override
        public final List<Edge> edges() {
            return infinite(Axis.ALL);
        }
    }

    /** {@link #LOG_SOFTMAX} along an axis. */
    static <V> V logarithm(Algebra<V> a, V x, int axis) {
        return new LogNormalised(axis).of(a, x);
    }

    /** The softmax over all elements. */
    private static <V> V ofAll(Algebra<V> a, V x) {
        return Structure.reshape(a, new Normalised(0).of(a, Structure.flat(a, x)), a.shape(x));
    }

    /** The greatest of a lane, or 0 where it is infinite or NaN: subtracted from the exponents. */
    private static <N> N shift(Numbers<N> n, Array<N> x, Axis lanes, int o, int i) {
        N greatest = n.of(Double.NEGATIVE_INFINITY);
        for (int k = 0; k < lanes.extent(); k++) {
            greatest = Extremes.greater(n, greatest, x.get(lanes.at(o, k, i)));
        }
        return n.select(n.equal(n.subtract(greatest, greatest), n.of(0)), greatest, n.of(0));
    }

    private static <N> N sum(Numbers<N> n, Array<N> x, Axis lanes, int o, int i, N shift) {
        return Sums.of(n, lanes.extent(),
                (partial, k) -> n.add(partial, n.exp(n.subtract(x.get(lanes.at(o, k, i)), shift))));
    }

    /** No axis: what is not the operation asked for has. */
    static final int OTHER = Integer.MIN_VALUE;

    /** The axis of a logsumexp, or {@link #OTHER}. */
    static int logSumExpAxis(Op op) {
        return op instanceof LogSumExp found ? found.axis() : OTHER;
    }

    /** The axis of a softmax, or {@link #OTHER}. */
    static int softmaxAxis(Op op) {
        return op instanceof Normalised found ? found.axis() : OTHER;
    }

    /** log Σ exp(x). Its weights are the softmax. */
    private record LogSumExp(int axis) implements Reducing {
        @Override
        public String symbol() {
            return "logsumexp";
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N shift = shift(n, x.get(0), lanes, o, i);
                    N sum = sum(n, x.get(0), lanes, o, i, shift);
                    y.get(0).set(o * lanes.inner() + i, n.add(shift, n.log(sum)));
                }
            }
        }

        @Override
        public <V> V weights(Algebra<V> a, V x) {
            return axis == Axis.ALL ? ofAll(a, x) : new Normalised(axis).of(a, x);
        }

        @Override
        public List<Edge> edges() {
            return infinite(axis);
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.logSumExp(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return 4L * operands.get(0).size();
        }
    }

    /** The softmax s of each lane. Its Jacobian is diag(s) − s sᵀ: symmetric, so push and pull are one. */
    private record Normalised(int axis) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "softmax";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Reducing.reduced(symbol(), operands, axis);
            return operands;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N shift = shift(n, x.get(0), lanes, o, i);
                    N sum = sum(n, x.get(0), lanes, o, i, shift);
                    for (int k = 0; k < lanes.extent(); k++) {
                        int at = lanes.at(o, k, i);
                        y.get(0).set(at, n.divide(n.exp(n.subtract(x.get(0).get(at), shift)), sum));
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            V s = of(a, x);
            V weighted = a.scale(s, dx);
            V mean = Reduction.spread(a, Reduction.sum(a, weighted, axis), axis, a.shape(s));
            return Arithmetic.SUBTRACT.of(a, weighted, a.scale(s, mean));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return push(a, x, by);
        }

        @Override
        public List<Edge> edges() {
            return infinite(axis);
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.softmax(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return 5L * operands.get(0).size();
        }
    }

    /** x minus log Σ exp(x) of its lane, computed from x minus the greatest. dy = dx − Σ s dx, s the softmax. */
    private record LogNormalised(int axis) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "log_softmax";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Reducing.reduced(symbol(), operands, axis);
            return operands;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N shift = shift(n, x.get(0), lanes, o, i);
                    N log = n.log(sum(n, x.get(0), lanes, o, i, shift));
                    for (int k = 0; k < lanes.extent(); k++) {
                        int at = lanes.at(o, k, i);
                        y.get(0).set(at, n.subtract(n.subtract(x.get(0).get(at), shift), log));
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            V mean = Reduction.sum(a, a.scale(new Normalised(axis).of(a, x), dx), axis);
            return Arithmetic.SUBTRACT.of(a, dx, Reduction.spread(a, mean, axis, a.shape(dx)));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            V sum = Reduction.spread(a, Reduction.sum(a, by, axis), axis, a.shape(by));
            return Arithmetic.SUBTRACT.of(a, by, a.scale(new Normalised(axis).of(a, x), sum));
        }

        @Override
        public List<Edge> edges() {
            return infinite(axis);
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.logSoftmax(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return 5L * operands.get(0).size();
        }
    }
}
