package dualtape.autograd;

import dualtape.ir.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** One recorded operation: what its pullback reads, and where the adjoints of its operands go. */
final class Step {
    private static final AtomicLong NUMBERS = new AtomicLong();

    final long number = NUMBERS.incrementAndGet();
    final Op op;
    final Slot[] from;
    final Slot[] results;
    final StackTraceElement where;
    private Variable[] x;
    private int[] versions;
    private Variable[] y;

    /**
     * An operation that ran.
     *
     * @param active which results vary; the others have no slot
     */
    Step(Op op, List<Variable> operands, boolean[] active, StackTraceElement where) {
        this.op = op;
        this.where = where;
        this.x = operands.toArray(Variable[]::new);
        this.versions = new int[x.length];
        this.from = new Slot[x.length];
        for (int i = 0; i < x.length; i++) {
            versions[i] = x[i].version();
            from[i] = x[i].slot();
        }
        this.results = new Slot[active.length];
        for (int j = 0; j < active.length; j++) {
            results[j] = active[j] ? new Slot(this, j) : null;
        }
    }

    /** The results, and what the pullback reads besides. */
    void keep(List<Variable> values) {
        y = values.toArray(Variable[]::new);
    }

    boolean isReleased() {
        return y == null;
    }

    /** Lets the kept values go. */
    void release() {
        x = null;
        y = null;
        versions = null;
    }

    /** The operands as they were: reading one that was changed since is refused. */
    List<Variable> operands() {
        List<Variable> operands = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            operands.add(x[i].kept(from[i], versions[i], this));
        }
        return operands;
    }

    /** The results as they were. */
    List<Variable> values() {
        List<Variable> values = new ArrayList<>(y.length);
        for (int j = 0; j < y.length; j++) {
            values.add(y[j].kept(j < results.length ? results[j] : null, 0, this));
        }
        return values;
    }

    /** As in {@code "exp", made at Model.java:12}. */
    @Override
    public String toString() {
        return "\"" + op.symbol() + "\"" + (where == null ? "" : ", made at " + where.getFileName() + ":"
                + where.getLineNumber());
    }
}
