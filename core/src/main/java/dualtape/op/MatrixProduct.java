package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.kernel.Strides;
import java.util.List;

/** Products of matrices with vectors and with matrices. */
public final class MatrixProduct {
    private MatrixProduct() {}

    /** A y or Aᵀ y, of a vector or a matrix y, by products of the chain rule. */
    static <V> V times(Algebra<V> a, V matrix, boolean transposed, V y) {
        boolean chain = a.conventions().structuralZeros();
        return a.shape(y).rank() == 1
                ? new MatVec(chain, transposed).of(a, matrix, y)
                : new MatMul(chain, transposed, false).of(a, matrix, y);
    }

    /** x yᵀ, of two vectors or two matrices of as many columns, by products of the chain rule. */
    static <V> V outer(Algebra<V> a, V x, V y) {
        boolean chain = a.conventions().structuralZeros();
        return a.shape(y).rank() == 1
                ? new VectorProduct.Outer(chain).of(a, x, y)
                : new MatMul(chain, false, true).of(a, x, y);
    }

    /** A x, or Aᵀ x: a matrix, transposed or not, times a vector. */
    public record MatVec(boolean chain, boolean transposed) implements Bilinear {
        @Override
        public String symbol() {
            return "@";
        }

        @Override
        public Op chained(boolean structural) {
            return new MatVec(structural, transposed);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = VectorProduct.two(symbol(), operands, 2, 1);
            int inner = x[0].extent(transposed ? 0 : 1);
            if (inner != x[1].size()) {
                throw VectorProduct.inner(symbol(), operands, inner, x[1].size());
            }
            return List.of(Shape.of(x[0].extent(transposed ? 1 : 0)));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int columns = x.get(0).shape().extent(1);
            for (int i = 0; i < y.get(0).size(); i++) {
                int first = i * columns;
                y.get(0).set(i, transposed
                        ? column(n, x, columns, i)
                        : Sums.of(n, columns,
                                (partial, k) -> VectorProduct.add(n, chain, x.get(0).get(first + k), x.get(1).get(k),
                                        partial)));
            }
        }

        /** Whole rows are added at once, so the terms of one sum are added in order. */
        private <N> N column(Numbers<N> n, List<Array<N>> x, int columns, int i) {
            N sum = n.of(0);
            for (int k = 0; k < x.get(1).size(); k++) {
                sum = VectorProduct.add(n, chain, x.get(1).get(k), x.get(0).get(k * columns + i), sum);
            }
            return sum;
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            VectorProduct.Outer outer = new VectorProduct.Outer(a.conventions().structuralZeros());
            return transposed ? outer.of(a, x.get(1), by) : outer.of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return new MatVec(a.conventions().structuralZeros(), !transposed).of(a, x.get(0), by);
        }

        @Override
        public Notation notation() {
            return transposed
                    ? new Notation("{1} @ {0}", "{0}^{T} {1}", Notation.PRODUCT,
                            List.of(Notation.ATOM, Notation.PRODUCT))
                    : new Notation("{0} @ {1}", "{0} {1}", Notation.PRODUCT, List.of(Notation.PRODUCT, Notation.SIGN));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int rows = operands.get(0).extent(0);
            int columns = operands.get(0).extent(1);
            return transposed ? Products.vecMat(rows, columns, chain) : Products.matVec(rows, columns, chain);
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(0).size();
        }
    }

    /** A B, each transposed or not. */
    public record MatMul(boolean chain, boolean left, boolean right) implements Bilinear {
        @Override
        public String symbol() {
            return "@";
        }

        @Override
        public Op chained(boolean structural) {
            return new MatMul(structural, left, right);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = VectorProduct.two(symbol(), operands, 2, 2);
            int first = x[0].extent(left ? 0 : 1);
            int second = x[1].extent(right ? 1 : 0);
            if (first != second) {
                throw VectorProduct.inner(symbol(), operands, first, second);
            }
            return List.of(Shape.of(x[0].extent(left ? 1 : 0), x[1].extent(right ? 0 : 1)));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Strides s = strides(x.get(0).shape(), x.get(1).shape());
            for (int i = 0; i < s.m(); i++) {
                for (int j = 0; j < s.n(); j++) {
                    N sum = n.of(0);
                    for (int k = 0; k < s.k(); k++) {
                        sum = VectorProduct.add(n, chain, x.get(0).get(i * s.aRow() + k * s.aInner()),
                                x.get(1).get(k * s.bInner() + j * s.bColumn()), sum);
                    }
                    y.get(0).set(i * s.n() + j, sum);
                }
            }
        }

        private Strides strides(Shape a, Shape b) {
            return new Strides(a.extent(left ? 1 : 0), a.extent(left ? 0 : 1), b.extent(right ? 0 : 1),
                    left ? 1 : a.extent(1), left ? a.extent(1) : 1, right ? 1 : b.extent(1), right ? b.extent(1) : 1);
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            return left
                    ? new MatMul(a.conventions().structuralZeros(), right, true).of(a, x.get(1), by)
                    : new MatMul(a.conventions().structuralZeros(), false, !right).of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return right
                    ? new MatMul(a.conventions().structuralZeros(), true, left).of(a, by, x.get(0))
                    : new MatMul(a.conventions().structuralZeros(), !left, false).of(a, x.get(0), by);
        }

        @Override
        public Notation notation() {
            return new Notation((left ? "transpose({0})" : "{0}") + " @ " + (right ? "transpose({1})" : "{1}"),
                    (left ? "{0}^{T}" : "{0}") + " " + (right ? "{1}^{T}" : "{1}"), Notation.PRODUCT,
                    List.of(left ? Notation.ATOM : Notation.PRODUCT, right ? Notation.ATOM : Notation.SIGN));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Products.matMul(strides(operands.get(0), operands.get(1)), chain);
        }

        @Override
        public long work(List<Shape> operands) {
            Strides s = strides(operands.get(0), operands.get(1));
            return 2L * s.m() * s.n() * s.k();
        }
    }
}
