package dualtape.forward;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The algebra of dual numbers over a base algebra: forward accumulation. Each operation gives its value and, through the
 * rule of each operand that varies, its tangent, at once; nothing is kept for later. Over tensors it differentiates at
 * a point; over nodes it makes the graph of the derivative; over duals, or over a tape, it nests.
 *
 * <p>Each instance is a level of its own. A dual belongs to one level, and an operation refuses duals of another
 * (perturbation confusion: Siskind and Pearlmutter 2005); {@link #lift} takes a value of the base up.
 *
 * @param <V> the values of the base algebra
 */
public final class Duals<V> implements Algebra<Dual<V>> {
    private static final AtomicLong LEVELS = new AtomicLong();

    private final Algebra<V> base;
    private final long level = LEVELS.incrementAndGet();

    /** A new level over a base. */
    public Duals(Algebra<V> base) {
        this.base = base;
    }

    /** A value of the base that does not vary at this level. */
    public Dual<V> lift(V value) {
        return new Dual<>(this, value, null);
    }

    /** A value with this tangent. */
    public Dual<V> seed(V value, V tangent) {
        return new Dual<>(this, value, tangent);
    }

    /** The tangent, a zero of the value's shape where it does not vary. */
    public V tangent(Dual<V> dual) {
        return dual.varies() ? dual.tangent() : base.fill(0, base.shape(dual.primal()));
    }

    @Override
    public Conventions conventions() {
        return base.conventions();
    }

    @Override
    public Shape shape(Dual<V> value) {
        return base.shape(value.primal());
    }

    @Override
    public Dual<V> constant(Tensor tensor) {
        return lift(base.constant(tensor));
    }

    @Override
    public List<Dual<V>> apply(Op op, List<Dual<V>> operands) {
        List<V> x = new ArrayList<>(operands.size());
        boolean varies = false;
        for (Dual<V> operand : operands) {
            if (operand.level() != this) {
                throw new IllegalArgumentException(op.symbol() + ": an operand belongs to " + operand.level()
                        + ", the operation runs in " + this + "; lift it, or differentiate it there");
            }
            x.add(operand.primal());
            varies |= operand.varies();
        }
        if (op.whole() != null && varies) {
            return whole(op, x, operands);
        }
        List<V> y = base.apply(op, x);
        List<Dual<V>> results = new ArrayList<>(y.size());
        for (V value : y) {
            results.add(new Dual<>(this, value, varies ? pushed(op, x, value, operands) : null));
        }
        return results;
    }

    private V pushed(Op op, List<V> x, V y, List<Dual<V>> operands) {
        V sum = null;
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i).varies()) {
                V part = op.rule(i).pushed(base, x, y, operands.get(i).tangent());
                sum = part == null ? sum : sum == null ? part : base.add(sum, part);
            }
        }
        return sum;
    }

    private List<Dual<V>> whole(Op op, List<V> x, List<Dual<V>> operands) {
        List<V> dx = new ArrayList<>(operands.size());
        operands.forEach(operand -> dx.add(operand.tangent()));
        Whole.Forward forward = (body, active) -> ForwardEngine.pushforward(body, active, conventions());
        Whole.Both<V> both = op.whole().pushforward(base, forward, x, dx);
        List<Dual<V>> results = new ArrayList<>(both.values().size());
        for (int i = 0; i < both.values().size(); i++) {
            results.add(new Dual<>(this, both.values().get(i), both.tangents().get(i)));
        }
        return results;
    }

    @Override
    public String toString() {
        return "duals#" + level;
    }
}
