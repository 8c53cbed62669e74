package dualtape.engine;

import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import java.util.List;

/** An index in a slice of an axis, from that in the axis. */
final class Shifting {
    /** index − from, or the nearest that the slice has: of the index, from, and the slice's last index. */
    static final Pointwise INDEX = new Step("shifted", 3) {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            N shifted = n.subtract(x.get(0), x.get(1));
            N low = n.select(n.less(shifted, n.of(0)), n.of(0), shifted);
            return n.select(n.less(x.get(2), low), x.get(2), low);
        }
    };

    /** A value if the index is in the slice, else 0: of the index, from, the slice's last index and the value. */
    static final Pointwise VALUE = new Step("within", 4) {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            N shifted = n.subtract(x.get(0), x.get(1));
            N below = n.select(n.less(x.get(2), shifted), n.of(0), x.get(3));
            return n.select(n.less(shifted, n.of(0)), n.of(0), below);
        }
    };

    /** One of two indices: of the index in a whole axis, where the second's part of it begins, and the two. */
    static final Pointwise EITHER = new Step("either", 4) {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return n.select(n.less(x.get(0), x.get(1)), x.get(2), x.get(3));
        }
    };

    private Shifting() {}

    /** They are made after all derivatives. */
    private abstract static class Step extends Pointwise {
        Step(String symbol, int arity) {
            super(symbol, arity);
        }

        @Override
        public Rule rule(int operand) {
            return Rule.NONE;
        }
    }
}
