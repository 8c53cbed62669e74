package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.List;

/** A small tensor laid over a larger one at every place where it fits: convolution as networks mean it, not flipped. */
public final class Convolution implements Operations.Table {
    /** y[i] = Σ x[i + k] w[k] of two vectors. */
    public static final Operation CONV1D = new Entry("conv1d", "y[i] = Σ x[i+k] w[k], where w fits",
            Signature.of("x", "w"), Sample.of(Tensor.vector(1, 2, -3, 4, 0.5), Tensor.vector(0.5, 0, -2)),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(2)), Sample.of(Tensor.vector(1, 2), Tensor.vector(3, 4)),
            Sample.of(Sample.random(1, -2, 2, 40), Sample.random(2, -2, 2, 7))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Correlate(1, false).of(a, operands);
        }
    };

    /** y[i, j] = Σ x[i + k, j + l] w[k, l] of two matrices. */
    public static final Operation CONV2D = new Entry("conv2d", "y[i, j] = Σ x[i+k, j+l] w[k, l], where w fits",
            Signature.of("X", "W"), Sample.of(Sample.random(1, -2, 2, 4, 5), Sample.random(2, -2, 2, 2, 3)),
            Sample.of(Sample.random(1, -2, 2, 4, 5), Sample.random(2, -2, 2, 4, 1)),
            Sample.of(Sample.random(1, -2, 2, 2, 3), Sample.random(2, -2, 2, 2, 3))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new Correlate(2, false).of(a, operands);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Convolution() {}

    /** Cross-correlation where the kernel fits, of vectors or matrices; a vector counts as a matrix of one row. */
    private record Correlate(int rank, boolean chain) implements Bilinear {
        @Override
        public String symbol() {
            return "conv" + rank + "d";
        }

        @Override
        public Op chained(boolean structural) {
            return new Correlate(rank, structural);
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            if (operands.size() != 2 || operands.get(0).rank() != rank || operands.get(1).rank() != rank) {
                throw new ShapeException(symbol() + " takes two " + (rank == 1 ? "vectors" : "matrices")
                        + ", got the shapes " + operands.get(0) + " and " + operands.get(1));
            }
            int[] extents = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                int window = operands.get(1).extent(axis);
                extents[axis] = operands.get(0).extent(axis) - window + 1;
                if (window == 0 || extents[axis] < 1) {
                    throw new ShapeException(symbol() + ": a window of shape " + operands.get(1)
                            + " does not fit into the shape " + operands.get(0));
                }
            }
            return List.of(Shape.of(extents));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            int width = x.get(0).shape().extent(-1);
            int columns = y.get(0).shape().extent(-1);
            int window = x.get(1).shape().extent(-1);
            for (int at = 0; at < y.get(0).size(); at++) {
                int corner = at / columns * width + at % columns;
                N sum = n.of(0);
                for (int k = 0; k < x.get(1).size(); k++) {
                    N under = x.get(0).get(corner + k / window * width + k % window);
                    sum = VectorProduct.add(n, chain, x.get(1).get(k), under, sum);
                }
                y.get(0).set(at, sum);
            }
        }

        @Override
        public <V> V pull0(Algebra<V> a, List<V> x, V by) {
            V padded = by;
            V flipped = x.get(1);
            for (int axis = 0; axis < rank; axis++) {
                int around = a.shape(flipped).extent(axis) - 1;
                padded = new Slicing.Pad(axis, around, around).of(a, padded);
                flipped = new Rearranging.Flip(axis).of(a, flipped);
            }
            return chained(a).of(a, padded, flipped);
        }

        @Override
        public <V> V pull1(Algebra<V> a, List<V> x, V by) {
            return chained(a).of(a, x.get(0), by);
        }

        @Override
        public Notation notation() {
            return new Notation(symbol() + "({0}, {1})", "{0} \\star {1}", Notation.PRODUCT, List.of(Notation.LOOSE));
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Products.correlate(operands.get(0), operands.get(1), chain);
        }

        @Override
        public long work(List<Shape> operands) {
            return 2L * operands.get(1).size() * shapes(operands).get(0).size();
        }
    }
}
