package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.ChainRule;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import java.util.List;

/** The pointwise operations: one stanza each, value and slope side by side. */
public final class Elementwise {
    /** x · y. */
    public static final Binary MULTIPLY = new Binary("*", "x · y", new double[] {1.5, -2}, new double[] {0, 3}) {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return n.multiply(x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return y;
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return x;
        }
    };

    /** e to the x. The exemplar of a stanza. */
    public static final Unary EXP = new Unary("exp", "e to the x", -2, 0, 0.7, 3) {
        @Override
        protected <N> N at(Numbers<N> n, N x) {
            return n.exp(x);
        }

        @Override
        protected <V> V slope(Algebra<V> a, V x, V y) {
            return y;
        }
    };

    private Elementwise() {}
}
