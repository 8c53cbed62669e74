package dualtape.reverse;

import dualtape.ir.Algebra;
import dualtape.ir.Conventions;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The algebra of taped values over a base algebra: reverse accumulation. While a function runs, each operation that
 * depends on an input of interest is recorded with what its pullback reads; {@link #pullback} goes through the record
 * in the opposite order. What does not depend on the inputs of interest is never recorded, and what the seeded results
 * do not need is skipped on the way back. Over tensors it differentiates at a point; over nodes it makes the graph of
 * the derivative; over duals it is forward over reverse, a Hessian-vector product.
 *
 * <p>Each instance is a level of its own and refuses values of another tape. Not thread-safe.
 *
 * @param <V> the values of the base algebra
 */
public final class Tape<V> implements Algebra<Taped<V>> {
    private static final AtomicLong LEVELS = new AtomicLong();

    private final Algebra<V> base;
    private final long level = LEVELS.incrementAndGet();
    private final List<Entry<V>> entries = new ArrayList<>();
    private int slots;

    /** A new, empty tape over a base. */
    public Tape(Algebra<V> base) {
        this.base = base;
    }

    /**
     * One recorded operation.
     *
     * @param op the operation
     * @param x the operands' values
     * @param slots the operands' slots, −1 where one does not vary
     * @param y the results' values (of the recording form of a whole operation)
     * @param first the slot of the first result; the others follow
     * @param results the number of results that have a slot
     */
    public record Entry<V>(Op op, List<V> x, int[] slots, List<V> y, int first, int results) {}

    /** What a sweep shows as it goes back. */
    public interface Observer<V> {
        /** The operation's adjoint gave this contribution to the adjoint of operand {@code operand}. */
        void contributed(Entry<V> entry, int operand, V contribution);
    }

    /** A value of the base that is an input of interest. */
    public Taped<V> input(V value) {
        return new Taped<>(this, value, slots++);
    }

    /** A value of the base that is not differentiated by. */
    public Taped<V> lift(V value) {
        return new Taped<>(this, value, -1);
    }

    /** The record, in the order in which it ran. */
    public List<Entry<V>> entries() {
        return java.util.Collections.unmodifiableList(entries);
    }

    @Override
    public Conventions conventions() {
        return base.conventions();
    }

    @Override
    public Shape shape(Taped<V> value) {
        return base.shape(value.value());
    }

    @Override
    public Taped<V> constant(Tensor tensor) {
        return lift(base.constant(tensor));
    }

    @Override
    public List<Taped<V>> apply(Op op, List<Taped<V>> operands) {
        List<V> x = new ArrayList<>(operands.size());
        int[] from = new int[operands.size()];
        boolean[] varying = new boolean[operands.size()];
        boolean any = false;
        for (int i = 0; i < from.length; i++) {
            Taped<V> operand = operands.get(i);
            if (operand.tape() != this) {
                throw new IllegalArgumentException(op.symbol() + ": an operand belongs to " + operand.tape()
                        + ", the operation is recorded on " + this + "; lift it, or record it there");
            }
            x.add(operand.value());
            from[i] = operand.slot();
            varying[i] = operand.varies();
            any |= varying[i];
        }
        boolean[] active = any ? op.active(varying) : null;
        boolean record = false;
        for (int j = 0; any && j < active.length; j++) {
            record |= active[j];
        }
        List<V> y = base.apply(record && op.whole() != null ? op.whole().recording() : op, x);
        int results = op.results();
        List<Taped<V>> taped = new ArrayList<>(results);
        for (int j = 0; j < results; j++) {
            taped.add(new Taped<>(this, y.get(j), record && active[j] ? slots + j : -1));
        }
        if (record) {
            entries.add(new Entry<>(op, x, from, y, slots, results));
            slots += results;
        }
        return taped;
    }

    /**
     * The adjoints of inputs of interest for a seed: one sweep back.
     *
     * @param result where the sweep starts
     * @param seed the adjoint of the result, of its shape
     * @param inputs whose adjoints are wanted
     * @return one an input, of its shape; a zero where there is no path
     */
    public List<V> pullback(Taped<V> result, V seed, List<Taped<V>> inputs) {
        return pullback(List.of(result), List.of(seed), inputs, (entry, operand, contribution) -> {});
    }

    /** {@link #pullback(Taped, Object, List)} from several results, showing every contribution to an observer. */
    public List<V> pullback(List<Taped<V>> results, List<V> seeds, List<Taped<V>> inputs, Observer<V> observer) {
        boolean[] wanted = wanted(inputs);
        Object[] adjoints = new Object[slots];
        for (int i = 0; i < results.size(); i++) {
            accumulate(adjoints, results.get(i).slot(), seeds.get(i));
        }
        for (int e = entries.size() - 1; e >= 0; e--) {
            back(entries.get(e), adjoints, wanted, observer);
        }
        List<V> derivatives = new ArrayList<>(inputs.size());
        for (Taped<V> input : inputs) {
            V adjoint = adjoint(adjoints, input.slot());
            derivatives.add(adjoint != null ? adjoint : base.fill(0, base.shape(input.value())));
        }
        return derivatives;
    }

    /** Which slots depend on the inputs whose adjoints are wanted: the others' branches are dropped. */
    private boolean[] wanted(List<Taped<V>> inputs) {
        boolean[] wanted = new boolean[slots];
        for (Taped<V> input : inputs) {
            if (input.tape() != this || input.slot() < 0) {
                throw new IllegalArgumentException(
                        "an adjoint is wanted of " + input + ", which is no input of " + this);
            }
            wanted[input.slot()] = true;
        }
        for (Entry<V> entry : entries) {
            boolean any = false;
            for (int slot : entry.slots()) {
                any |= slot >= 0 && wanted[slot];
            }
            Arrays.fill(wanted, entry.first(), entry.first() + entry.results(), any);
        }
        return wanted;
    }

    private void back(Entry<V> entry, Object[] adjoints, boolean[] wanted, Observer<V> observer) {
        boolean seeded = false;
        for (int j = 0; j < entry.results(); j++) {
            seeded |= adjoints[entry.first() + j] != null && wanted[entry.first() + j];
        }
        if (!seeded) {
            return;
        }
        if (entry.op().whole() != null) {
            whole(entry, adjoints, wanted, observer);
        } else {
            V by = adjoint(adjoints, entry.first());
            for (int i = 0; i < entry.slots().length; i++) {
                int slot = entry.slots()[i];
                if (slot >= 0 && wanted[slot]) {
                    V part = pull(entry.op().rule(i), entry.x(), entry.y().get(0), by);
                    if (part != null) {
                        observer.contributed(entry, i, part);
                        accumulate(adjoints, slot, part);
                    }
                }
            }
        }
        for (int j = 0; j < entry.results(); j++) {
            adjoints[entry.first() + j] = null; // every use has been before: its memory may go
        }
    }

    private V pull(Rule rule, List<V> x, V y, V by) {
        if (rule instanceof Rule.Slope slope) {
            return base.scale(slope.slope(base, x, y), by);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.pull(base, x, by);
        }
        return rule == Rule.ONE ? by : null;
    }

    private void whole(Entry<V> entry, Object[] adjoints, boolean[] wanted, Observer<V> observer) {
        List<V> by = new ArrayList<>();
        for (int j = 0; j < entry.results(); j++) {
            by.add(adjoint(adjoints, entry.first() + j));
        }
        boolean[] need = new boolean[entry.slots().length];
        for (int i = 0; i < need.length; i++) {
            need[i] = entry.slots()[i] >= 0 && wanted[entry.slots()[i]];
        }
        Whole.Reverse reverse = (body, seeded, needed) -> ReverseEngine.pullback(body, seeded, needed, conventions());
        List<V> bx = entry.op().whole().pullback(base, reverse, entry.x(), entry.y(), by, need);
        for (int i = 0; i < need.length; i++) {
            if (need[i] && bx.get(i) != null) {
                observer.contributed(entry, i, bx.get(i));
                accumulate(adjoints, entry.slots()[i], bx.get(i));
            }
        }
    }

    private void accumulate(Object[] adjoints, int slot, V part) {
        if (slot >= 0) {
            V sum = adjoint(adjoints, slot);
            adjoints[slot] = sum == null ? part : base.add(sum, part);
        }
    }

    @SuppressWarnings("unchecked")
    private V adjoint(Object[] adjoints, int slot) {
        return slot < 0 ? null : (V) adjoints[slot];
    }

    @Override
    public String toString() {
        return "tape#" + level;
    }
}
