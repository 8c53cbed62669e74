package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.numbers.Doubles;
import java.util.Arrays;
import java.util.List;

/** The determinant and its logarithm, by the factors of the matrix. {@link Cofactor} is the determinant's derivative. */
final class Determinants {
    private Determinants() {}

    /** What a function of a matrix alone has in common: one number, whose slope is a matrix. */
    private interface OfMatrix extends Factored {
        /** ∂y/∂A. */
        <V> V slope(Algebra<V> a, List<V> x);

        @Override
        default List<Shape> shapes(List<Shape> operands) {
            Factored.size(this, operands, 2);
            return List.of(Shape.SCALAR);
        }

        @Override
        default <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
            return new VectorProduct.Dot(a.conventions().structuralZeros()).of(a, Structure.flat(a, slope(a, x)),
                    Structure.flat(a, dx.get(0)));
        }

        @Override
        default <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
            V slope = slope(a, x);
            return Arrays.asList(a.scale(slope, Broadcasting.to(a, by, a.shape(slope))), null);
        }

        @Override
        default long work(List<Shape> operands) {
            return operands.get(0).extent(0);
        }
    }

    /** The determinant: operands A and its factors. 1 of an empty matrix. Its slope is the matrix of cofactors. */
    record Determinant() implements OfMatrix {
        @Override
        public String symbol() {
            return "det";
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            y.get(0).set(0, n.multiply(Lu.sign(n, x.get(1)), middle(n, x.get(1))));
        }

        @Override
        public <V> V slope(Algebra<V> a, List<V> x) {
            return new Cofactor(0, a.conventions().structuralZeros()).of(a, x);
        }

        @Override
        public Notation notation() {
            return new Notation("det({0})", "\\det\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int n = operands.get(0).extent(0);
            return (x, xAt, y, yAt) -> {
                double product = n == 0 ? 1 : x[1][xAt[1] + n * n - 1];
                for (int i = n - 2; i >= 0; i--) {
                    product *= x[1][xAt[1] + i * n + i];
                }
                y[0][yAt[0]] = Lu.sign(x[1], xAt[1], n) * product;
            };
        }
    }

    /**
     * The determinant of what stands between L and R. That is the product of the pivots, from the last to the first; but
     * beside pivots that are 0 there may be a block that moves, and nothing may be divided there, so it is taken without
     * divisions, by powers of the matrix (Bird 2011, A simple division-free algorithm for computing determinants): from X, the
     * matrix itself at first, to μ(X) B, where μ keeps what is above the diagonal and puts on it the sums of what was below.
     */
    private static <N> N middle(Numbers<N> n, Array<N> f) {
        int size = f.shape().extent(1);
        Array<N> b = new Array<>(Shape.of(size, size));
        for (int i = 0; i < b.size(); i++) {
            b.set(i, Lu.middle(n, f, i / size, i % size));
        }
        Array<N> x = b;
        for (int step = 1; step < size; step++) {
            Array<N> next = new Array<>(b.shape());
            N sum = n.of(0);
            for (int i = size - 1 - step; i >= 0; i--) {
                sum = n.add(sum, x.get((i + 1) * (size + 1)));
                for (int j = 0; j < size; j++) {
                    N element = i == j ? n.multiply(sum, b.get(i * size + j))
                            : VectorProduct.add(n, true, sum, b.get(i * size + j), n.of(0));
                    for (int k = i + 1; k < size; k++) {
                        element = VectorProduct.add(n, true, n.negate(x.get(i * size + k)), b.get(k * size + j),
                                element);
                    }
                    next.set(i * size + j, element);
                }
            }
            x = next;
        }
        return size == 0 ? n.of(1) : x.get(0);
    }

    /**
     * log det A: operands A and its factors. The logarithm of the sign is added to the sum of those of the pivots'
     * moduli, so that the determinant itself may overflow. Its slope is A⁻ᵀ (Giles 2008).
     */
    record LogDeterminant() implements OfMatrix {
        @Override
        public String symbol() {
            return "logdet";
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Array<N> f = x.get(1);
            int size = f.shape().extent(1);
            N sign = Lu.sign(n, f);
            for (int i = 0; i < size; i++) {
                sign = n.multiply(sign, n.sign(f.get(i * size + i)));
            }
            N sum = n.log(sign);
            for (int i = 0; i < size; i++) {
                sum = n.add(sum, n.log(n.abs(f.get(i * size + i))));
            }
            y.get(0).set(0, sum);
        }

        @Override
        public <V> V slope(Algebra<V> a, List<V> x) {
            return new Structure.Transpose().of(a, new Solving.Inverse().of(a, x));
        }

        @Override
        public Notation notation() {
            return new Notation("logdet({0})", "\\log\\det\\left({0}\\right)", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public List<Edge> edges() {
            return EDGES;
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int n = operands.get(0).extent(0);
            return (x, xAt, y, yAt) -> {
                double sign = Lu.sign(x[1], xAt[1], n);
                for (int i = 0; i < n; i++) {
                    sign *= Doubles.sign(x[1][xAt[1] + i * n + i]);
                }
                double sum = Doubles.log(sign);
                for (int i = 0; i < n; i++) {
                    sum += Doubles.log(Math.abs(x[1][xAt[1] + i * n + i]));
                }
                y[0][yAt[0]] = sum;
            };
        }
    }

    /** Of log det, whether A comes with its factors or alone. */
    static final List<Edge> EDGES = List.of(Solving.singular("value −∞, slopes infinite or NaN"),
            Edge.of(Edge.Kind.DOMAIN, "det A < 0", Determinants::negative, "value NaN; the slope A⁻ᵀ goes on"));

    private static int negative(List<dualtape.ir.Tensor> operands) {
        int n = operands.get(0).shape().extent(0);
        double[] f = Factored.factors(operands.get(0)).toArray();
        double sign = Lu.sign(f, 0, n);
        for (int i = 0; i < n; i++) {
            sign *= Math.signum(f[i * n + i]);
        }
        return sign < 0 ? 0 : -1;
    }
}
