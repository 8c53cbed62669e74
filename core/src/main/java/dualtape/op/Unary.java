package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A pointwise operation of one operand: its value and its slope, three lines apart. {@link Exponential#EXP} is the exemplar. */
public abstract class Unary extends Pointwise implements Operation, Rule.Slope {
    private final String summary;
    private final double[] samples;

    /** With this symbol, this line for the catalogue, and points at which it is smooth. */
    protected Unary(String symbol, String summary, double... samples) {
        super(symbol, 1);
        this.summary = summary;
        this.samples = samples;
    }

    /** The value. */
    protected abstract <N> N at(Numbers<N> n, N x);

    /** dy/dx. */
    protected abstract <V> V slope(Algebra<V> a, V x, V y);

    @Override
    public final <N> N at(Numbers<N> n, List<N> x) {
        return at(n, x.get(0));
    }

    @Override
    public final <V> V slope(Algebra<V> a, List<V> x, V y) {
        return slope(a, x.get(0), y);
    }

    @Override
    public Rule rule(int operand) {
        return this;
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
        return Signature.of("x");
    }

    @Override
    public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
        return of(a, operands);
    }

    @Override
    public List<Edge> edges() {
        return List.of();
    }

    @Override
    public List<Sample> samples() {
        List<Sample> list = new ArrayList<>();
        for (double sample : samples) {
            list.add(Sample.of(sample));
        }
        list.add(Sample.of(Tensor.vector(samples)));
        list.add(Sample.of(Tensor.of(Shape.of(1, samples.length, 1), samples)));
        return list;
    }
}
