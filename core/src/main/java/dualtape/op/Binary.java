package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A pointwise operation of two operands. {@link Arithmetic#MULTIPLY} is the exemplar. */
public abstract class Binary extends Pointwise implements Operation {
    private final String summary;
    private final double[][] samples;
    private final Rule first = new Slope0();
    private final Rule second = new Slope1();

    /** With this symbol, this line for the catalogue, and pairs at which it is smooth. */
    protected Binary(String symbol, String summary, double[]... samples) {
        super(symbol, 2);
        this.summary = summary;
        this.samples = samples;
    }

    /** The value z. */
    protected abstract <N> N at(Numbers<N> n, N x, N y);

    /** ∂z/∂x. */
    protected abstract <V> V slope0(Algebra<V> a, V x, V y, V z);

    /** ∂z/∂y. */
    protected abstract <V> V slope1(Algebra<V> a, V x, V y, V z);

    @Override
    public final <N> N at(Numbers<N> n, List<N> x) {
        return at(n, x.get(0), x.get(1));
    }

    @Override
    public Rule rule(int operand) {
        return operand == 0 ? first : second;
    }

    @Override
    public String name() {
        return symbol();
    }

    @Override
    public String summary() {
        return summary;
    }

    @Override
    public Signature signature() {
        return Signature.of("x", "y");
    }

    @Override
    public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
        return of(a, Broadcasting.align(a, symbol(), operands));
    }

    @Override
    public List<Edge> edges() {
        return List.of();
    }

    @Override
    public List<Sample> samples() {
        List<Sample> list = new ArrayList<>();
        for (double[] sample : samples) {
            list.add(Sample.of(sample));
        }
        double[] x = Arrays.stream(samples).mapToDouble(sample -> sample[0]).toArray();
        double[] y = Arrays.stream(samples).mapToDouble(sample -> sample[1]).toArray();
        list.add(Sample.of(Tensor.vector(x), Tensor.vector(y)));
        list.add(Sample.of(Tensor.of(Shape.of(x.length, 1), x), Tensor.of(Shape.of(x.length, 1), y)));
        list.add(Sample.of(Tensor.vector(x[0], x[0]), Tensor.scalar(y[0])));
        list.add(Sample.of(Tensor.scalar(x[0]), Tensor.of(Shape.of(1, 2, 1), y[0], y[0])));
        return list;
    }

    private final class Slope0 implements Rule.Slope {
        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            return slope0(a, x.get(0), x.get(1), y);
        }
    }

    private final class Slope1 implements Rule.Slope {
        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            return slope1(a, x.get(0), x.get(1), y);
        }
    }
}
