package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.ChainRule;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.List;

/**
 * A sum of products of two operands, linear in each, so that its differential is the same operation once more; only its
 * products are then products of the chain rule ({@link ChainRule#SCALE}), in which an exact zero wins against infinity and
 * NaN. That is the attribute {@code chain}.
 */
public interface Bilinear extends Op {
    /** Whether its products are products of the chain rule. */
    boolean chain();

    /** The same operation with products of the chain rule. */
    Op chained();

    /** The adjoint of operand 0 from that of the result. */
    <V> V pull0(Algebra<V> a, List<V> x, V by);

    /** The adjoint of operand 1 from that of the result. */
    <V> V pull1(Algebra<V> a, List<V> x, V by);

    @Override
    default Rule rule(int operand) {
        return operand == 0 ? new First(this) : new Second(this);
    }

    /** Linear in operand 0. */
    record First(Bilinear op) implements Rule.Linear {
        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return op.chained().of(a, dx, x.get(1));
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return op.pull0(a, x, by);
        }
    }

    /** Linear in operand 1. */
    record Second(Bilinear op) implements Rule.Linear {
        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return op.chained().of(a, x.get(0), dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return op.pull1(a, x, by);
        }
    }

    /** sum + x · y, by the product that is asked for. */
    private static <N> N add(Numbers<N> n, boolean chain, N x, N y, N sum) {
        N term = n.multiplyAdd(x, y, sum);
        return chain ? n.ifZero(x, sum, n.ifZero(y, sum, term)) : term;
    }

    private static Shape[] two(String symbol, List<Shape> operands, int rank0, int rank1) {
        if (operands.size() != 2 || operands.get(0).rank() != rank0 || operands.get(1).rank() != rank1) {
            throw new ShapeException(
                    symbol + " takes operands of ranks " + rank0 + " and " + rank1 + ", got " + operands);
        }
        return operands.toArray(Shape[]::new);
    }

    private static ShapeException inner(String symbol, List<Shape> operands, int first, int second) {
        return new ShapeException(
                symbol + " of " + operands.get(0) + " and " + operands.get(1) + ": the inner extents " + first
                        + " and " + second + " differ");
    }

    /** Σ xᵢ yᵢ of two vectors. */
    record Dot(boolean chain) implements Bilinear {
        @Override
        public String symbol() {
            return "dot";
        }

        @Override
        public Op chained() {
            return new Dot(true);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = two(symbol(), operands, 1, 1);
            if (!x[0].equals(x[1])) {
                throw inner(symbol(), operands, x[0].size(), x[1].size());
            }
            return List.of(Shape.SCALAR);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            y.get(0).set(0, Sums.of(n, x.get(0).size(),
                    (partial, k) -> add(n, chain, x.get(0).get(k), x.get(1).get(k), partial)));
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            return a.scale(x.get(1), Broadcasting.to(a, by, a.shape(x.get(1))));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return a.scale(x.get(0), Broadcasting.to(a, by, a.shape(x.get(0))));
        }

        @Override
        public Notation notation() {
            return new Notation("dot({0}, {1})", "\\left\\langle{0}, {1}\\right\\rangle", Notation.ATOM,
                    List.of(Notation.LOOSE));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Products.dot(operands.get(0).size(), chain);
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(0).size();
        }
    }

    /** xᵢ yⱼ of two vectors. */
    record Outer(boolean chain) implements Bilinear {
        @Override
        public String symbol() {
            return "outer";
        }

        @Override
        public Op chained() {
            return new Outer(true);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = two(symbol(), operands, 1, 1);
            return List.of(Shape.of(x[0].size(), x[1].size()));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int columns = x.get(1).size();
            for (int i = 0; i < y.get(0).size(); i++) {
                N left = x.get(0).get(i / columns);
                N right = x.get(1).get(i % columns);
                y.get(0).set(i, chain ? ChainRule.SCALE.at(n, List.of(left, right)) : n.multiply(left, right));
            }
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            return new MatVec(true, false).of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return new MatVec(true, true).of(a, by, x.get(0));
        }

        @Override
        public Notation notation() {
            return new Notation("outer({0}, {1})", "{0} {1}^{T}", Notation.PRODUCT, List.of(Notation.ATOM));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Products.outer(operands.get(0).size(), operands.get(1).size(), chain);
        }
    }

    /** A x, or Aᵀ x: a matrix, transposed or not, times a vector. */
    record MatVec(boolean chain, boolean transposed) implements Bilinear {
        @Override
        public String symbol() {
            return "@";
        }

        @Override
        public Op chained() {
            return new MatVec(true, transposed);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = two(symbol(), operands, 2, 1);
            int inner = x[0].extent(transposed ? 0 : 1);
            if (inner != x[1].size()) {
                throw inner(symbol(), operands, inner, x[1].size());
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
                                (partial, k) -> add(n, chain, x.get(0).get(first + k), x.get(1).get(k), partial)));
            }
        }

        /** Whole rows are added at once, so the terms of one sum are added in order. */
        private <N> N column(Numbers<N> n, List<Array<N>> x, int columns, int i) {
            N sum = n.of(0);
            for (int k = 0; k < x.get(1).size(); k++) {
                sum = add(n, chain, x.get(1).get(k), x.get(0).get(k * columns + i), sum);
            }
            return sum;
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            Outer outer = new Outer(true);
            return transposed ? outer.of(a, x.get(1), by) : outer.of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return new MatVec(true, !transposed).of(a, x.get(0), by);
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
    record MatMul(boolean chain, boolean left, boolean right) implements Bilinear {
        @Override
        public String symbol() {
            return "@";
        }

        @Override
        public Op chained() {
            return new MatMul(true, left, right);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape[] x = two(symbol(), operands, 2, 2);
            int first = x[0].extent(left ? 0 : 1);
            int second = x[1].extent(right ? 1 : 0);
            if (first != second) {
                throw inner(symbol(), operands, first, second);
            }
            return List.of(Shape.of(x[0].extent(left ? 1 : 0), x[1].extent(right ? 0 : 1)));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Products.Strides s = strides(x.get(0).shape(), x.get(1).shape());
            for (int i = 0; i < s.m(); i++) {
                for (int j = 0; j < s.n(); j++) {
                    N sum = n.of(0);
                    for (int k = 0; k < s.k(); k++) {
                        sum = add(n, chain, x.get(0).get(i * s.aRow() + k * s.aInner()),
                                x.get(1).get(k * s.bInner() + j * s.bColumn()), sum);
                    }
                    y.get(0).set(i * s.n() + j, sum);
                }
            }
        }

        private Products.Strides strides(Shape a, Shape b) {
            return new Products.Strides(a.extent(left ? 1 : 0), a.extent(left ? 0 : 1), b.extent(right ? 0 : 1),
                    left ? 1 : a.extent(1), left ? a.extent(1) : 1, right ? 1 : b.extent(1), right ? b.extent(1) : 1);
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            return left
                    ? new MatMul(true, right, true).of(a, x.get(1), by)
                    : new MatMul(true, false, !right).of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return right
                    ? new MatMul(true, true, left).of(a, by, x.get(0))
                    : new MatMul(true, !left, false).of(a, x.get(0), by);
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
            Products.Strides s = strides(operands.get(0), operands.get(1));
            return 2L * s.m() * s.n() * s.k();
        }
    }
}
