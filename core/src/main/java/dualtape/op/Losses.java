package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.ChainRule;
import dualtape.ir.Edge;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;

/** What training makes small: means over the rows of a batch, composed of other operations. */
public final class Losses implements Operations.Table {
    /** The mean of (x − y)². */
    public static final Operation MSE = new Entry("mse", "the mean of (x - y)^2", Signature.of("x", "y"),
            Sample.of(1.5, -2), Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(0.5, 0, -2)),
            Sample.of(Sample.random(1, -2, 2, 3, 4), Sample.random(2, -2, 2, 3, 4)),
            Sample.of(Tensor.vector(1, 2, 3), Tensor.scalar(0.5))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V difference = Arithmetic.SUBTRACT.call(a, operands);
            return Reduction.mean(a, Arithmetic.SQUARE.of(a, difference), Axis.ALL);
        }
    };

    /**
     * −Σ t log softmax(x) along the last axis, averaged over all rows. The target t is a probability for each class, in
     * the shape of x, or the index of a class for each row, in the shape of x without its last axis; an index has no
     * derivative, and one that is no class gives NaN. A probability 0 contributes 0, also where its logarithm is −∞.
     */
    public static final Operation CROSS_ENTROPY = new Entry("cross_entropy",
            "-log softmax(x) of the target class or of probabilities, mean over rows",
            Signature.of("x", "target"), Sample.of(Tensor.vector(0.5, -2, 3), Tensor.scalar(1)),
            Sample.of(Tensor.vector(0.5, -2, 3), Tensor.vector(0.25, 0.25, 0.5)),
            Sample.of(Sample.random(1, -2, 2, 3, 4), Tensor.vector(2, 0, 3)),
            Sample.of(Sample.random(1, -2, 2, 3, 4), Sample.random(2, 0, 1, 3, 4)),
            Sample.of(Tensor.matrix(new double[] {1000, 0}, new double[] {-1000, 900}), Tensor.vector(0, 0))) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            V x = operands.get(0);
            Shape shape = a.shape(x);
            int last = shape.rank() - 1;
            V target = operands.get(1);
            if (last >= 0 && a.shape(target).equals(shape.without(last))) {
                target = Indices.oneHot(a, target, shape.extent(last));
            }
            if (last < 0 || !a.shape(target).equals(shape)) {
                throw new ShapeException(
                        "cross_entropy: x has the shape " + shape + " and the target " + a.shape(target)
                                + (last < 0
                                        ? "; x needs an axis of classes"
                                        : "; the target has the shape of x, with probabilities, or "
                                                + Arrays.toString(shape.without(last).extents())
                                                + ", with indices of classes"));
            }
            V terms = ChainRule.SCALE.of(a, target, Softmax.logarithm(a, x, last)); // 0 · −∞ is 0
            V sum = Reduction.sum(a, terms, Axis.ALL);
            return Arithmetic.DIVIDE.of(a, sum, a.scalar(-shape.without(last).size()));
        }

        @Override
        public List<Edge> edges() {
            return Softmax.LOG_SOFTMAX.edges();
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Losses() {}
}
