package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.List;

/** Products of vectors and matrices; {@link VectorProduct} and {@link MatrixProduct} state the operations behind them. */
public final class Contraction implements Operations.Table {
    private static final Tensor X = Sample.random(1, -2, 2, 3, 4);
    private static final Tensor SQUARE = Sample.random(2, -2, 2, 3, 3);

    /** Σ xᵢ yᵢ of two vectors of one length; a scalar counts as a vector of one. */
    public static final Operation DOT = new Entry("dot", "Σ x y of two vectors", Signature.of("x", "y"),
            Sample.of(1.5, -2),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(0.5, 0, -2)),
            Sample.of(Tensor.scalar(3), Tensor.vector(0.5)),
            Sample.of(Sample.random(3, -2, 2, 70), Sample.random(4, -2, 2, 70))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape x = a.shape(operands.get(0));
            Shape y = a.shape(operands.get(1));
            if (x.rank() > 1 || y.rank() > 1 || x.size() != y.size()) {
                throw new ShapeException("dot takes two vectors of one length, got the shapes " + x + " and " + y
                        + (x.equals(y) ? "; sum(x * y) sums all products" : matches(x, y) ? "; x @ y would fit" : ""));
            }
            return new VectorProduct.Dot(false).of(a, Structure.flat(a, operands.get(0)),
                    Structure.flat(a, operands.get(1)));
        }
    };

    /** The product of matrices; of a matrix and a vector on either side; of two vectors, which is dot. */
    public static final Operation MATMUL = new Product("@");

    /** The same as @. */
    public static final Operation MATMUL_BY_NAME = new Product("matmul");

    /** xᵢ yⱼ: a column times a row. */
    public static final Operation OUTER = new Entry("outer", "the matrix of x[i] y[j]", Signature.of("x", "y"),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(0.5, -2)), Sample.of(2, 3)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape x = a.shape(operands.get(0));
            Shape y = a.shape(operands.get(1));
            if (x.rank() > 1 || y.rank() > 1) {
                throw new ShapeException("outer takes two vectors, got the shapes " + x + " and " + y);
            }
            return new VectorProduct.Outer(false).of(a, Structure.flat(a, operands.get(0)),
                    Structure.flat(a, operands.get(1)));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Contraction() {}

    /** Whether x @ y fits: vectors and matrices whose inner extents agree. */
    private static boolean matches(Shape x, Shape y) {
        return x.rank() >= 1 && y.rank() >= 1 && x.rank() <= 2 && y.rank() <= 2 && x.extent(-1) == y.extent(0);
    }

    private static Shape transposed(Shape x) {
        return x.rank() == 2 ? Shape.of(x.extent(1), x.extent(0)) : x;
    }

    /** The product of matrices and vectors. */
    private static final class Product extends Entry {
        Product(String name) {
            super(name, "the product of matrices and vectors" + (name.equals("@") ? "" : ", the same as X @ y"),
                    Signature.of("X", "y"), Sample.of(X, Sample.random(5, -2, 2, 4, 2)), Sample.of(SQUARE, SQUARE),
                    Sample.of(X, Sample.random(6, -2, 2, 4)), Sample.of(Sample.random(7, -2, 2, 3), X),
                    Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(0.5, 0, -2)));
        }

        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            V y = operands.get(1);
            check(a.shape(x), a.shape(y));
            if (a.shape(x).rank() == 2) {
                return a.shape(y).rank() == 2
                        ? new MatrixProduct.MatMul(false, false, false).of(a, x, y)
                        : new MatrixProduct.MatVec(false, false).of(a, x, y);
            }
            return a.shape(y).rank() == 2
                    ? new MatrixProduct.MatVec(false, true).of(a, y, x)
                    : new VectorProduct.Dot(false).of(a, x, y);
        }

        private void check(Shape x, Shape y) {
            if (matches(x, y)) {
                return;
            }
            String given = name() + ": the left operand has shape " + x + " and the right one " + y;
            if (x.isScalar() || y.isScalar()) {
                throw new ShapeException(given + "; for a product with a scalar write *");
            }
            if (x.rank() > 2 || y.rank() > 2) {
                throw new ShapeException(given + "; it takes vectors and matrices");
            }
            throw new ShapeException(given + "; the inner extents " + x.extent(-1) + " and " + y.extent(0) + " differ"
                    + mend(x, y));
        }

        private static String mend(Shape x, Shape y) {
            if (x.rank() == 2 && matches(transposed(x), y)) {
                return "; transpose(X) @ y would fit";
            }
            if (y.rank() == 2 && matches(x, transposed(y))) {
                return "; X @ transpose(y) would fit";
            }
            return matches(y, x) ? "; y @ X would fit" : "";
        }
    }
}
