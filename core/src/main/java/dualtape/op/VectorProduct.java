package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.ChainRule;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.List;

/** Products of two vectors. */
public final class VectorProduct {
    private VectorProduct() {}

    /** sum + x · y, by the product that is asked for. */
    static <N> N add(Numbers<N> n, boolean chain, N x, N y, N sum) {
        N term = n.multiplyAdd(x, y, sum);
        return chain ? n.ifZero(x, sum, n.ifZero(y, sum, term)) : term;
    }

    /** The shapes of two operands of these ranks. */
    static Shape[] two(String symbol, List<Shape> operands, int rank0, int rank1) {
        if (operands.size() != 2 || operands.get(0).rank() != rank0 || operands.get(1).rank() != rank1) {
            throw new ShapeException(
                    symbol + " takes operands of ranks " + rank0 + " and " + rank1 + ", got " + operands);
        }
        return operands.toArray(Shape[]::new);
    }

    /** Inner extents that differ. */
    static ShapeException inner(String symbol, List<Shape> operands, int first, int second) {
        return new ShapeException(
                symbol + " of " + operands.get(0) + " and " + operands.get(1) + ": the inner extents " + first
                        + " and " + second + " differ");
    }

    /** Σ xᵢ yᵢ of two vectors. */
    public record Dot(boolean chain) implements Bilinear {
        @Override
        public String symbol() {
            return "dot";
        }

        @Override
        public Op chained(boolean structural) {
            return new Dot(structural);
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
    public record Outer(boolean chain) implements Bilinear {
        @Override
        public String symbol() {
            return "outer";
        }

        @Override
        public Op chained(boolean structural) {
            return new Outer(structural);
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
            return new MatrixProduct.MatVec(a.conventions().structuralZeros(), false).of(a, by, x.get(1));
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return new MatrixProduct.MatVec(a.conventions().structuralZeros(), true).of(a, by, x.get(0));
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
}
