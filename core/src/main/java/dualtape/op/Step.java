package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Rule;

/** A pointwise operation of one operand that is constant between its jumps: declared to have no derivative. */
abstract class Step extends Unary {
    Step(String symbol, String summary, double... samples) {
        super(symbol, summary, samples);
    }

    @Override
    public final Rule rule(int operand) {
        return Rule.NONE;
    }

    @Override
    protected final <V> V slope(Algebra<V> a, V x, V y) {
        return a.fill(0, a.shape(x));
    }
}
