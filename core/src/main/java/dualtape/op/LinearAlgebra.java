package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Square matrices: their determinants and inverses, systems of equations with them, and their parts. All that reads one
 * matrix shares its factors, see {@link Factored}.
 */
public final class LinearAlgebra implements Operations.Table {
    private static final Tensor ONE = matrix(1, -2.5);
    private static final Tensor TWO = matrix(2, 3, 1, -2, 0.5);
    private static final Tensor THREE = matrix(3, 0.5, 2, -1, 0.25, -1.5, 3, 4, 1, 0.75);
    private static final Tensor FOUR = Sample.random(31, -2, 2, 4, 4);
    /** Of positive determinant. */
    private static final Tensor FIVE = matrix(5, 4, 1, -1, 0, 0.5, 1, 3, 0.5, -1, 0, 0.25, -1, 5, 1, 2, 0, 0.5, -2, 3,
            1, 1, -1, 0.75, 0, 2);
    private static final Tensor EMPTY = Tensor.of(Shape.of(0, 0));
    /** Of rank 2: its determinant is 0, the slope of that is not. */
    private static final Tensor RANK_TWO = matrix(3, 4, 2, 8, 2, 1, 4, 1, 3, 2);
    /** Of rank 1: the slope of the determinant is 0, its second derivative is not. */
    private static final Tensor RANK_ONE = matrix(3, 1, 2, 4, 2, 4, 8, 0.5, 1, 2);
    /** What stands above the diagonal is not read. */
    private static final Tensor POSITIVE = matrix(3, 4, 9, -7, 1, 3, 0.5, -1, 0.5, 2);

    /**
     * The determinant: 1 of an empty matrix. Derivatives of every order hold at every matrix, singular or not, see
     * {@link Cofactor}.
     */
    public static final Operation DET = new Entry("det", "the determinant of a square matrix", Signature.of("A"),
            Sample.of(ONE), Sample.of(TWO), Sample.of(THREE), Sample.of(FOUR), Sample.of(EMPTY), Sample.of(RANK_TWO),
            Sample.of(Tensor.uniform(0, Shape.of(2, 2)))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Determinants.Determinant().of(a, factored(a, name(), operands));
        }
    };

    /** Cᵢⱼ = ∂det/∂Aᵢⱼ; along further matrices the derivative of that: see {@link Cofactor}. */
    public static final Operation COFACTOR = new Entry("cofactor",
            "the matrix of cofactors, the slope of det; its derivative along further matrices",
            new Signature(List.of("A", "H"), 1, Integer.MAX_VALUE, List.of()), Sample.of(TWO), Sample.of(FOUR),
            Sample.of(ONE), Sample.of(THREE, Sample.random(32, -2, 2, 3, 3)),
            Sample.of(RANK_ONE, Sample.random(33, -2, 2, 3, 3)),
            Sample.of(THREE, Sample.random(34, -2, 2, 3, 3), Sample.random(35, -2, 2, 3, 3))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Cofactor(operands.size() - 1, false).of(a, factored(a, name(), operands));
        }
    };

    /**
     * log det A: 0 of an empty matrix.
     *
     * <p>Special cases: NaN where the determinant is negative, as PyTorch's logdet; −∞ where it is 0.
     */
    public static final Operation LOGDET = new Entry("logdet", "log(det(A)), also where det(A) overflows",
            Signature.of("A"), Sample.of(matrix(1, 2.5)), Sample.of(TWO), Sample.of(FIVE), Sample.of(EMPTY)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Determinants.LogDeterminant().of(a, factored(a, name(), operands));
        }

        @Override
        public List<Edge> edges() {
            return Determinants.EDGES;
        }
    };

    /** The inverse; infinite or NaN where there is none. */
    public static final Operation INV = new Entry("inv", "the inverse of a square matrix", Signature.of("A"),
            Sample.of(ONE), Sample.of(TWO), Sample.of(THREE), Sample.of(FIVE), Sample.of(EMPTY)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Solving.Inverse().of(a, factored(a, name(), operands));
        }

        @Override
        public List<Edge> edges() {
            return new Solving.Inverse().edges();
        }
    };

    /** The x with A x = b, of a vector or of the columns of a matrix; infinite or NaN where A is singular. */
    public static final Operation SOLVE = new Entry("solve", "the x with A x = b, for a vector or a matrix b",
            Signature.of("A", "b").with("transposed", "0"), Sample.of(ONE, Tensor.vector(3)),
            Sample.of(TWO, Tensor.vector(3, -1)), Sample.of(FIVE, Sample.random(36, -2, 2, 5)),
            Sample.of(THREE, Sample.random(37, -2, 2, 3, 2)), Sample.of(THREE, Tensor.vector(1, 0, -2))
                    .with("transposed", 1),
            Sample.of(TWO, Sample.random(38, -2, 2, 2, 3)).with("transposed", 1), Sample.of(EMPTY, Tensor.vector())) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape matrix = a.shape(operands.get(0));
            if (matrix.rank() == 2 && matrix.extent(0) > matrix.extent(1)) {
                throw new ShapeException("solve takes a square matrix, got the shape " + matrix
                        + "; solve(transpose(A) @ A, transpose(A) @ b) is the least squares solution");
            }
            return new Solving.Solve(false, flag(name(), attributes, "transposed")).of(a,
                    factored(a, name(), operands));
        }

        @Override
        public List<Edge> edges() {
            return new Solving.Solve(false, false).edges();
        }
    };

    /** As {@link #SOLVE} with the lower or the upper triangle of a matrix; the other triangle is not read. */
    public static final Operation TRIANGULAR_SOLVE = new Entry("triangular_solve",
            "the x with T x = b, T the lower (or upper) triangle of a matrix",
            Signature.of("T", "b").with("lower", "1").with("transposed", "0"), Sample.of(ONE, Tensor.vector(3)),
            Sample.of(THREE, Tensor.vector(1, 0, -2)), Sample.of(FIVE, Sample.random(36, -2, 2, 5, 2)),
            Sample.of(THREE, Tensor.vector(1, 0.5, -2)).with("lower", 0),
            Sample.of(THREE, Tensor.vector(1, 0.5, -2)).with("transposed", 1),
            Sample.of(THREE, Sample.random(37, -2, 2, 3, 2)).with("lower", 0).with("transposed", 1),
            Sample.of(EMPTY, Tensor.vector())) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new TriangularSolve(false, flag(name(), attributes, "lower"), flag(name(), attributes, "transposed"))
                    .of(a,
                            operands);
        }

        @Override
        public List<Edge> edges() {
            return new TriangularSolve(false, true, false).edges();
        }
    };

    /** The lower triangular L with L Lᵀ = A, see {@link Cholesky}; reads the lower triangle of A. */
    public static final Operation CHOLESKY = new Entry("cholesky",
            "the lower triangular L with L @ transpose(L) = A, whose lower triangle is read", Signature.of("A"),
            Sample.of(matrix(1, 2.25)), Sample.of(matrix(2, 4, 1, 1, 3)), Sample.of(POSITIVE),
            Sample.of(matrix(4, 5, 0, 0, 0, 1, 4, 0, 0, -1, 0.5, 3, 0, 2, 1, 0.25, 6)), Sample.of(EMPTY)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Cholesky().of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return new Cholesky().edges();
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public LinearAlgebra() {}

    /** A matrix, its factors, and the other operands. */
    private static <V> List<V> factored(Algebra<V> a, String name, List<V> operands) {
        Factored.square(name, a.shape(operands.get(0)));
        List<V> more = new ArrayList<>(operands);
        more.add(1, new Lu().of(a, operands.get(0)));
        return more;
    }

    private static boolean flag(String operation, Attributes attributes, String name) {
        int value = attributes.integer(name);
        if (value != 0 && value != 1) {
            throw new IllegalArgumentException(operation + ": " + name + " is 0 or 1, got " + value);
        }
        return value == 1;
    }

    /** A square matrix of n rows. */
    private static Tensor matrix(int n, double... elements) {
        return Tensor.of(Shape.of(n, n), elements);
    }
}
