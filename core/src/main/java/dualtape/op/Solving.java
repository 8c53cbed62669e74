package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Systems of linear equations by the factors of their matrix, and the inverse. */
final class Solving {
    private Solving() {}

    /**
     * The x with A x = b, or Aᵀ x = b: operands A, its factors, and b, a vector or a matrix of several right sides.
     *
     * <p>Rules (Giles 2008, Collected matrix derivative results for forward and reverse mode algorithmic differentiation):
     * dx = A⁻¹ (db − dA x); b̄ = A⁻ᵀ x̄ and Ā = −b̄ xᵀ.
     *
     * @param chain whether its products are products of the chain rule, as in {@link Bilinear}
     */
    record Solve(boolean chain, boolean transposed) implements Factored {
        @Override
        public String symbol() {
            return "solve";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            int n = Factored.size(this, operands, 3);
            return List.of(rightSide(symbol(), n, operands.get(0), operands.get(2)));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int columns = columns(x.get(2).shape());
            for (int c = 0; c < columns; c++) {
                int column = c;
                substitute(n, x.get(1), chain, transposed, j -> x.get(2).get(j * columns + column), y.get(0), columns,
                        c);
            }
        }

        @Override
        public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
            V right = dx.get(2);
            if (dx.get(0) != null) {
                V moved = Arithmetic.NEGATE.of(a, MatrixProduct.times(a, dx.get(0), transposed, y));
                right = right == null ? moved : a.add(right, moved);
            }
            return new Solve(a.conventions().structuralZeros(), transposed).of(a, x.get(0), x.get(1), right);
        }

        @Override
        public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
            V right = new Solve(a.conventions().structuralZeros(), !transposed).of(a, x.get(0), x.get(1), by);
            V left = !wanted[0]
                    ? null
                    : Arithmetic.NEGATE.of(a,
                            transposed ? MatrixProduct.outer(a, y, right) : MatrixProduct.outer(a, right, y));
            return Arrays.asList(left, null, wanted[2] ? right : null);
        }

        @Override
        public Notation notation() {
            return transposed
                    ? new Notation("solve({0}, {2}, transposed=1)", "{0}^{-T} {2}", Notation.PRODUCT,
                            List.of(Notation.ATOM, Notation.ATOM, Notation.SIGN))
                    : new Notation("solve({0}, {2})", "{0}^{-1} {2}", Notation.PRODUCT,
                            List.of(Notation.ATOM, Notation.ATOM, Notation.SIGN));
        }

        @Override
        public List<Edge> edges() {
            return List.of(singular("value and slopes infinite or NaN"));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Substitution.kernel(operands.get(0).extent(0), columns(operands.get(2)), chain, transposed, false);
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(0).extent(0) * operands.get(2).size();
        }
    }

    /**
     * The inverse: operands A and its factors.
     *
     * <p>Rules (Giles 2008): dX = −X dA X; Ā = −Xᵀ X̄ Xᵀ.
     */
    record Inverse() implements Factored {
        @Override
        public String symbol() {
            return "inv";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            int n = Factored.size(this, operands, 2);
            return List.of(Shape.of(n, n));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int size = x.get(0).shape().extent(0);
            for (int c = 0; c < size; c++) {
                int column = c;
                substitute(n, x.get(1), false, false, j -> n.of(j == column ? 1 : 0), y.get(0), size, c);
            }
        }

        @Override
        public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
            boolean chain = a.conventions().structuralZeros();
            V left = new MatrixProduct.MatMul(chain, false, false).of(a, y, dx.get(0));
            return Arithmetic.NEGATE.of(a, new MatrixProduct.MatMul(chain, false, false).of(a, left, y));
        }

        @Override
        public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
            boolean chain = a.conventions().structuralZeros();
            V left = new MatrixProduct.MatMul(chain, true, false).of(a, y, by);
            V both = new MatrixProduct.MatMul(chain, false, true).of(a, left, y);
            return Arrays.asList(Arithmetic.NEGATE.of(a, both), null);
        }

        @Override
        public Notation notation() {
            return new Notation("inv({0})", "{0}^{-1}", Notation.ATOM, List.of(Notation.ATOM));
        }

        @Override
        public List<Edge> edges() {
            return List.of(singular("value and slopes infinite or NaN"));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int n = operands.get(0).extent(0);
            return Substitution.kernel(n, n, false, false, true);
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(0).size() * operands.get(0).extent(0);
        }
    }

    /** Where a matrix is singular: its last pivot is 0. Finds it among a matrix alone, or a matrix and its factors. */
    static Edge singular(String used) {
        return Edge.of(Edge.Kind.POLE, "A singular", operands -> {
            int n = operands.get(0).shape().rank() == 2 ? operands.get(0).shape().extent(0) : 0;
            Tensor factors = operands.size() > 1 && operands.get(1).shape().equals(Shape.of(n + 2, n))
                    ? operands.get(1)
                    : Factored.factors(operands.get(0));
            return n > 0 && factors.at(n * n - 1) == 0 ? n * n - 1 : -1;
        }, used);
    }

    /** The shape of a right side for a matrix of n rows. */
    static Shape rightSide(String symbol, int n, Shape matrix, Shape right) {
        if (right.rank() < 1 || right.rank() > 2 || right.extent(0) != n) {
            throw new ShapeException(symbol + ": the matrix has shape " + matrix + " and the right side " + right
                    + "; the right side is a vector of " + n + " or a matrix of " + n + " rows"
                    + (right.rank() == 2 && right.extent(1) == n ? "; transpose(b) would fit" : ""));
        }
        return right;
    }

    /** The number of right sides. */
    static int columns(Shape right) {
        return right.rank() == 1 ? 1 : right.extent(1);
    }

    /** One column of unknowns, by L D R and the two orders; the transpose exchanges L with R and rows with columns. */
    private static <N> void substitute(Numbers<N> n, Array<N> f, boolean chain, boolean transposed,
            IntFunction<N> right,
            Array<N> y, int columns, int column) {
        int size = f.shape().extent(1);
        int rows = size * size;
        Array<N> z = new Array<>(Shape.of(size));
        for (int i = 0; i < size; i++) {
            N sum = Lu.gathered(n, f, transposed ? rows + size : rows, i, right);
            for (int j = 0; j < i; j++) {
                sum = VectorProduct.add(n, chain, n.negate(f.get(transposed ? j * size + i : i * size + j)), z.get(j),
                        sum);
            }
            z.set(i, sum);
        }
        for (int i = size - 1; i >= 0; i--) {
            N sum = quotient(n, chain, z.get(i), f.get(i * size + i));
            for (int j = i + 1; j < size; j++) {
                sum = VectorProduct.add(n, chain, n.negate(f.get(transposed ? j * size + i : i * size + j)), z.get(j),
                        sum);
            }
            z.set(i, sum);
        }
        for (int i = 0; i < size; i++) {
            y.set(i * columns + column, Lu.scattered(n, f, transposed ? rows : rows + size, i, z::get));
        }
    }

    /** x / y; of the chain rule: 0 where x is an exact zero. */
    static <N> N quotient(Numbers<N> n, boolean chain, N x, N y) {
        N quotient = n.divide(x, y);
        return chain ? n.ifZero(x, n.of(0), quotient) : quotient;
    }
}
