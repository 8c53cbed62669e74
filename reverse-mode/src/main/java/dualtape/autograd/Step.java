package dualtape.autograd;

import dualtape.ir.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One recorded operation: what its pullback reads, and where the adjoints of its operands go. It is itself the slot of its first
 * result. Most have one result and one or two operands, so those are fields; only others need arrays.
 */
final class Step extends Slot {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Slot[] NONE = {};

    final long number = NUMBERS.incrementAndGet();
    final Op op;
    final StackTraceElement where;
    private final int count;
    private final Slot from0;
    private final Slot from1;
    private final Slot[] from;
    private final boolean active;
    private final Slot[] more;
    private Variable x0;
    private Variable x1;
    private Variable[] x;
    private int[] versions;
    private Variable y0;
    private Variable[] y;

    /** An operation on one or two operands that gave one result, which varies. */
    Step(Op op, Variable x0, Variable x1, Variable y0, StackTraceElement where) {
        super((Step) null);
        this.op = op;
        this.where = where;
        this.count = x1 == null ? 1 : 2;
        this.x0 = x0;
        this.x1 = x1;
        this.from0 = x0.slot();
        this.from1 = x1 == null ? null : x1.slot();
        this.from = null;
        this.active = true;
        this.more = NONE;
        this.y0 = y0;
        if (x0.version() != 0 || x1 != null && x1.version() != 0) {
            versions = new int[] {x0.version(), x1 == null ? 0 : x1.version()};
        }
    }

    /**
     * Any operation.
     *
     * @param active which results vary; the others have no slot
     * @param results the results, and what the pullback reads besides
     */
    Step(Op op, List<Variable> operands, boolean[] active, List<Variable> results, StackTraceElement where) {
        super((Step) null);
        this.op = op;
        this.where = where;
        this.count = operands.size();
        this.from0 = null;
        this.from1 = null;
        this.x = operands.toArray(Variable[]::new);
        this.versions = new int[x.length];
        this.from = new Slot[x.length];
        for (int i = 0; i < x.length; i++) {
            versions[i] = x[i].version();
            from[i] = x[i].slot();
        }
        this.active = active[0];
        this.more = active.length == 1 ? NONE : new Slot[active.length - 1];
        for (int j = 1; j < active.length; j++) {
            more[j - 1] = active[j] ? new Slot(this) : null;
        }
        this.y = results.toArray(Variable[]::new);
    }

    @Override
    Step step() {
        return this;
    }

    /** The number of results. */
    int results() {
        return 1 + more.length;
    }

    /** The slot of a result; null where it does not vary. */
    Slot result(int j) {
        return j > 0 ? more[j - 1] : active ? this : null;
    }

    /** The number of operands. */
    int operandCount() {
        return count;
    }

    /** Where the adjoint of an operand goes; null where it has none. */
    Slot from(int i) {
        return from != null ? from[i] : i == 0 ? from0 : from1;
    }

    boolean isReleased() {
        return y0 == null && y == null;
    }

    /** Lets the kept values go. */
    void release() {
        x0 = null;
        x1 = null;
        x = null;
        versions = null;
        y0 = null;
        y = null;
    }

    /** The operands as they were: reading one that was changed since is refused. */
    List<Variable> operands() {
        if (x == null) {
            return count == 1 ? List.of(operand(0, x0)) : List.of(operand(0, x0), operand(1, x1));
        }
        List<Variable> operands = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            operands.add(operand(i, x[i]));
        }
        return operands;
    }

    private Variable operand(int i, Variable operand) {
        return operand.kept(from(i), versions == null ? 0 : versions[i], this);
    }

    /** The first result as it was. */
    Variable value() {
        return (y == null ? y0 : y[0]).kept(result(0), 0, this);
    }

    /** The results as they were. */
    List<Variable> values() {
        List<Variable> values = new ArrayList<>();
        values.add(value());
        for (int j = 1; y != null && j < y.length; j++) {
            values.add(y[j].kept(j < results() ? result(j) : null, 0, this));
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
