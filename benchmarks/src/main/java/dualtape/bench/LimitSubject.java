package dualtape.bench;

import dualtape.engine.Checkpoints;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.program.Program;
import dualtape.program.Workspace;

/** One row, ready to run: the derived gradient, the derived value and the two written by hand, shown to agree. */
public final class LimitSubject {
    private static final double TOLERANCE = 1e-9;

    private final LimitRow row;
    private final double[] x;
    private final Prepared prepared;
    private final Workspace value;
    private final double[] gradient;
    private final double[] byHand;

    /**
     * Prepares the gradient by reverse accumulation and compares it with the one by hand.
     *
     * @throws IllegalStateException if they differ
     */
    public LimitSubject(LimitRow row) {
        this(row, Long.MAX_VALUE);
    }

    /**
     * {@link #LimitSubject(LimitRow)} with loops that each store so many bytes at the most: see {@link Checkpoints}.
     *
     * @throws dualtape.engine.InputException if a loop cannot do with so few
     */
    public LimitSubject(LimitRow row, long memory) {
        this.row = row;
        this.x = row.point();
        Traced traced = Source.of(row.name(), Checkpoints.within(row.graph(), memory)).trace(Point.of());
        this.prepared = Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, row.wrt()));
        this.value = Program.packed(row.graph(), row.graph().inputs().size()).workspace();
        value.bindPacked(x, 0);
        this.gradient = new double[prepared.derivativeSize()];
        this.byHand = new double[gradient.length];
        check("the value", gradient(), gradientByHand());
        check("the value alone", primal(), primalByHand());
        for (int i = 0; i < gradient.length; i++) {
            check("element " + i + " of the gradient", gradient[i], byHand[i]);
        }
    }

    private void check(String what, double derived, double written) {
        if (!(Math.abs(derived - written) <= TOLERANCE * Math.max(1, Math.abs(written)))) {
            throw new IllegalStateException(
                    what + " of " + row.name() + " is " + derived + ", by hand " + written);
        }
    }

    /** The derived gradient. */
    public Prepared prepared() {
        return prepared;
    }

    /** The value and the derived gradient. */
    public double gradient() {
        return prepared.valueAndGradient(x, gradient);
    }

    /** The value and the gradient by hand. */
    public double gradientByHand() {
        return row.gradient(x, byHand);
    }

    /** The value from the graph. */
    public double primal() {
        value.run();
        return value.scalar(0);
    }

    /** The value by hand. */
    public double primalByHand() {
        return row.primal(x);
    }
}
