package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.ChainRule;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import java.util.List;

/**
 * A sum of products of two operands, linear in each, so that its differential is the same operation once more; only its
 * products are then products of the chain rule ({@link ChainRule#SCALE}), in which an exact zero wins against infinity and
 * NaN. That is the attribute {@code chain}.
 */
public interface Bilinear extends Op {
    /** Whether its products are products of the chain rule. */
    boolean chain();

    /** The same operation with products of the chain rule in an algebra. */
    default Op chained(Algebra<?> a) {
        return chained(a.conventions().structuralZeros());
    }

    /** The same operation with this {@link #chain}. */
    Op chained(boolean chain);

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
            return op.chained(a).of(a, dx, x.get(1));
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
            return op.chained(a).of(a, x.get(0), dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return op.pull1(a, x, by);
        }
    }
}
