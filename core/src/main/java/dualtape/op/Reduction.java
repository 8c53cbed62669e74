package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/** Operations that reduce a tensor, whole or along an axis. A scalar counts as a tensor of one element. */
public final class Reduction implements Operations.Table {
    private static final Signature SIGNATURE = Signature.of("x").with("axis", "none");
    private static final Sample SCALAR = Sample.of(-1.5);
    private static final Sample VECTOR = Sample.of(Tensor.vector(0.5, -2, 3, 0.25));
    private static final Sample MATRIX = Sample.of(Sample.random(1, -2, 2, 3, 4));
    private static final Sample CUBE = Sample.of(Sample.random(2, -2, 2, 2, 3, 2));
    private static final Sample[] SAMPLES = {SCALAR, VECTOR, Sample.of(Sample.random(3, -2, 2, 70)), MATRIX, CUBE,
        VECTOR.with("axis", 0), MATRIX.with("axis", 0), MATRIX.with("axis", -1), CUBE.with("axis", 0),
        CUBE.with("axis", 1), CUBE.with("axis", 2)};

    /** The sum. */
    public static final Operation SUM = new Entry("sum", "the sum of all elements, or along an axis", SIGNATURE,
            SAMPLES) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            return sum(a, x, Axis.given(name(), attributes, a.shape(x)));
        }
    };

    /** The sum divided by the number of elements: NaN of none. */
    public static final Operation MEAN = new Entry("mean", "the mean of all elements, or along an axis", SIGNATURE,
            SAMPLES) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return mean(a, operands.get(0), Axis.given(name(), attributes, a.shape(operands.get(0))));
        }
    };

    /**
     * The product: 1 of no factors. A tree of products of halves, so that no factor is ever divided out: the derivatives of
     * every order are right with zeros among the factors. O(n) multiplications in O(log n) operations.
     */
    public static final Operation PROD = new Entry("prod", "the product of all elements, or along an axis", SIGNATURE,
            SAMPLES) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int given = Axis.given(name(), attributes, a.shape(operands.get(0)));
            int axis = Math.max(given, 0);
            V x = given == Axis.ALL ? Structure.flat(a, operands.get(0)) : operands.get(0);
            Shape result = a.shape(x).without(axis);
            int n = a.shape(x).extent(axis);
            while (n > 1) {
                int half = n / 2;
                V low = new Slicing.Slice(axis, 0, half).of(a, x);
                V high = new Slicing.Slice(axis, half, 2 * half).of(a, x);
                V product = Arithmetic.MULTIPLY.of(a, low, high);
                x = n % 2 == 0
                        ? product
                        : new Joining.Concat(axis).of(a, product, new Slicing.Slice(axis, n - 1, n).of(a, x));
                n -= half;
            }
            return n == 0 ? a.fill(1, result) : Structure.reshape(a, x, result);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Reduction() {}

    /** The sum along an axis, or over all elements. */
    static <V> V sum(Algebra<V> a, V x, int axis) {
        if (a.shape(x).isScalar()) {
            return x;
        }
        return axis == Axis.ALL ? new SumAll().of(a, x) : new Sum(axis).of(a, x);
    }

    /** The sum over all elements of the products of two values of one shape. */
    public static <V> V inner(Algebra<V> a, V x, V y) {
        return sum(a, a.scale(x, y), Axis.ALL);
    }

    /** The sum divided by the number of elements. */
    static <V> V mean(Algebra<V> a, V x, int axis) {
        V sum = sum(a, x, axis);
        return Arithmetic.DIVIDE.of(a, sum, a.fill(Axis.of(a.shape(x), axis).extent(), a.shape(sum)));
    }

    /** The transpose of {@link #sum}: a reduced tensor repeated to {@code shape}. */
    static <V> V spread(Algebra<V> a, V y, int axis, Shape shape) {
        return axis == Axis.ALL ? Broadcasting.to(a, y, shape)
                : new Structure.Spread(axis, shape.extent(axis)).of(a, y);
    }

    /** The sum over all elements. Its transpose is the broadcast of a scalar. */
    public record SumAll() implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "sum";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return List.of(Reducing.reduced(symbol(), operands, Axis.ALL));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            add(n, x.get(0), Axis.of(x.get(0).shape(), Axis.ALL), y.get(0));
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return of(a, dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return Broadcasting.to(a, by, a.shape(x.get(0)));
        }

        @Override
        public Notation notation() {
            return new Notation("sum({0})", "\\sum\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.sum(Axis.of(operands.get(0), Axis.ALL));
        }

        @Override
        public long work(List<Shape> operands) {
            return operands.get(0).size();
        }
    }

    /** The sum along an axis, which is removed. Its transpose is {@link Structure.Spread}. */
    public record Sum(int axis) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "sum";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return List.of(Reducing.reduced(symbol(), operands, axis));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            add(n, x.get(0), Axis.of(x.get(0).shape(), axis), y.get(0));
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return of(a, dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return spread(a, by, axis, a.shape(x.get(0)));
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.sum(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return operands.get(0).size();
        }
    }

    private static <N> void add(Numbers<N> n, Array<N> x, Axis lanes, Array<N> y) {
        for (int o = 0; o < lanes.outer(); o++) {
            for (int i = 0; i < lanes.inner(); i++) {
                int first = lanes.at(o, 0, i);
                N sum = Sums.of(n, lanes.extent(), (partial, k) -> n.add(partial, x.get(first + k * lanes.inner())));
                y.set(o * lanes.inner() + i, sum);
            }
        }
    }
}
