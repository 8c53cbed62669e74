package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.List;

/** Parts of matrices, and matrices made of parts. */
public final class Matrices implements Operations.Table {
    private static final Tensor SQUARE = Sample.random(41, -2, 2, 3, 3);
    private static final Tensor WIDE = Sample.random(42, -2, 2, 2, 4);
    private static final Tensor TALL = Sample.random(43, -2, 2, 4, 3);

    /**
     * The diagonal of a matrix, or the matrix with a vector on its diagonal, as NumPy's: diagonal k is above the main one
     * where k is positive, below it where k is negative.
     */
    public static final Operation DIAG = new Entry("diag", "the diagonal of a matrix, or the matrix with that diagonal",
            Signature.of("x").with("k", "0"), Sample.of(SQUARE), Sample.of(WIDE), Sample.of(TALL),
            Sample.of(SQUARE).with("k", 1), Sample.of(WIDE).with("k", 2), Sample.of(TALL).with("k", -2),
            Sample.of(TALL).with("k", 5), Sample.of(Tensor.vector(1, 2, 3)),
            Sample.of(Tensor.vector(1, 2)).with("k", 1), Sample.of(Tensor.vector(1, 2)).with("k", -2),
            Sample.of(Tensor.vector())) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            int k = attributes.integer("k");
            return switch (a.shape(x).rank()) {
                case 1 -> matrixOf(a, x, k);
                case 2 -> diagonalOf(a, x, k);
                default -> throw new ShapeException(
                        "diag takes a matrix or a vector, got the shape " + a.shape(x));
            };
        }
    };

    /** The sum of the diagonal. */
    public static final Operation TRACE = new Entry("trace", "the sum of the diagonal of a matrix", Signature.of("A"),
            Sample.of(SQUARE), Sample.of(WIDE), Sample.of(TALL), Sample.of(Tensor.of(Shape.of(0, 0)))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            if (a.shape(operands.get(0)).rank() != 2) {
                throw new ShapeException("trace takes a matrix, got the shape " + a.shape(operands.get(0))
                        + (a.shape(operands.get(0)).rank() == 1 ? "; sum(x) adds up a vector" : ""));
            }
            return Reduction.sum(a, diagonalOf(a, operands.get(0), 0), Axis.ALL);
        }
    };

    /** The elements on and below diagonal k, zeros above it. */
    public static final Operation TRIL = new Part("tril", true);

    /** The elements on and above diagonal k, zeros below it. */
    public static final Operation TRIU = new Part("triu", false);

    /** xᵀ A x. */
    public static final Operation QUAD_FORM = new Entry("quad_form", "the quadratic form dot(x, A @ x)",
            Signature.of("x", "A"), Sample.of(Tensor.vector(1, -2, 0.5), SQUARE),
            Sample.of(Tensor.vector(3), Tensor.of(Shape.of(1, 1), -0.5))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape x = a.shape(operands.get(0));
            Shape matrix = a.shape(operands.get(1));
            if (x.rank() != 1 || !matrix.equals(Shape.of(x.size(), x.size()))) {
                throw new ShapeException(
                        "quad_form takes a vector of n and an n×n matrix, got the shapes " + x + " and "
                                + matrix + (matrix.rank() == 1 && x.equals(Shape.of(matrix.size(), matrix.size()))
                                        ? "; the vector comes first"
                                        : ""));
            }
            V product = new MatrixProduct.MatVec(false, false).of(a, operands.get(1), operands.get(0));
            return new VectorProduct.Dot(false).of(a, operands.get(0), product);
        }
    };

    /**
     * The Kronecker product: every element of A times B, in blocks. As NumPy's of tensors of any rank; the one of lower rank
     * gets axes of extent 1 in front.
     */
    public static final Operation KRON = new Entry("kron",
            "the Kronecker product: every element of A times B, in blocks",
            Signature.of("A", "B"), Sample.of(Sample.random(44, -2, 2, 2, 3), Sample.random(45, -2, 2, 2, 2)),
            Sample.of(Tensor.vector(1, 2), Tensor.vector(3, -1, 0.5)), Sample.of(2, 3),
            Sample.of(Tensor.vector(1, 2), Sample.random(46, -2, 2, 2, 2)),
            Sample.of(Tensor.scalar(-1.5), Sample.random(46, -2, 2, 2, 2))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape left = a.shape(operands.get(0));
            Shape right = a.shape(operands.get(1));
            int rank = Math.max(left.rank(), right.rank());
            left = raised(left, rank);
            right = raised(right, rank);
            V x = Structure.reshape(a, operands.get(0), left);
            V y = Structure.reshape(a, operands.get(1), right);
            int[] extents = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                x = new Structure.Spread(2 * axis + 1, right.extent(axis)).of(a, x);
                y = new Structure.Spread(2 * axis, left.extent(axis)).of(a, y);
                extents[axis] = Math.multiplyExact(left.extent(axis), right.extent(axis));
            }
            return Structure.reshape(a, Arithmetic.MULTIPLY.of(a, x, y), Shape.of(extents));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Matrices() {}

    /** The shape with axes of extent 1 in front. */
    private static Shape raised(Shape shape, int rank) {
        Shape raised = shape;
        while (raised.rank() < rank) {
            raised = raised.with(0, 1);
        }
        return raised;
    }

    /** Diagonal k of a matrix of any shape: that of the largest square that begins with it. */
    private static <V> V diagonalOf(Algebra<V> a, V x, int k) {
        int rows = Math.min(Math.max(0, -k), a.shape(x).extent(0));
        int columns = Math.min(Math.max(0, k), a.shape(x).extent(1));
        int n = Math.min(a.shape(x).extent(0) - rows, a.shape(x).extent(1) - columns);
        V square = Indexing.slice(a, Indexing.slice(a, x, 0, rows, rows + n), 1, columns, columns + n);
        return new Triangles.Diagonal().of(a, square);
    }

    private static <V> V matrixOf(Algebra<V> a, V x, int k) {
        V square = new Triangles.DiagonalMatrix().of(a, x);
        if (k == 0) {
            return square;
        }
        int below = Math.max(0, -k);
        int right = Math.max(0, k);
        return new Slicing.Pad(1, right, below).of(a, new Slicing.Pad(0, below, right).of(a, square));
    }

    /** A triangle. */
    private static final class Part extends Entry {
        private final boolean lower;

        Part(String name, boolean lower) {
            super(name, "the elements on and " + (lower ? "below" : "above") + " diagonal k, else 0",
                    Signature.of("X").with("k", "0"), Sample.of(SQUARE), Sample.of(WIDE), Sample.of(TALL),
                    Sample.of(WIDE).with("k", 1), Sample.of(TALL).with("k", -1));
            this.lower = lower;
        }

        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Triangles.Triangle(lower, attributes.integer("k")).of(a, operands);
        }
    }
}
