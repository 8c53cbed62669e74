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
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One row, ready to run: the derived gradient, derivatives along one direction and several, the derived value, and value and
 * gradient written by hand, shown to agree.
 */
public final class LimitSubject {
    private static final double TOLERANCE = 1e-9;
    private static final int DIRECTIONS = 8;

    private final LimitRow row;
    private final double[] x;
    private final Prepared prepared;
    private final Prepared jvp;
    private final Prepared jacobian;
    private final double firstSeconds;
    private final int[] columns;
    private final double[] tangent = new double[1];
    private final double[] result = new double[1];
    private final double[] tangents;
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
        long start = System.nanoTime();
        Traced traced = Source.of(row.name(), Checkpoints.within(row.graph(), memory)).trace(Point.of());
        this.prepared = Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, row.wrt()));
        this.gradient = new double[prepared.derivativeSize()];
        gradient();
        this.firstSeconds = (System.nanoTime() - start) / 1e9;
        this.value = Program.packed(row.graph(), row.graph().inputs().size()).workspace();
        value.bindPacked(x, 0);
        Traced plain = Source.of(row.name(), row.graph()).trace(Point.of());
        this.jvp = Engines.forward().prepare(plain, Request.of(Operator.JVP, row.wrt()));
        this.jacobian = Engines.forward().prepare(plain, Request.of(Operator.GRADIENT, row.wrt()));
        this.columns = IntStream.range(0, Math.min(DIRECTIONS, gradient.length)).toArray();
        this.tangents = new double[columns.length];
        double[] direction = new double[gradient.length];
        Arrays.setAll(direction, i -> 1 + 0.5 * Math.sin(i));
        jvp.seed(direction);
        this.byHand = new double[gradient.length];
        check("the value", gradient(), gradientByHand());
        check("the value alone", primal(), primalByHand());
        for (int i = 0; i < gradient.length; i++) {
            check("element " + i + " of the gradient", gradient[i], byHand[i]);
        }
        check("the derivative along a direction", direction(),
                IntStream.range(0, direction.length).mapToDouble(i -> direction[i] * byHand[i]).sum());
        directions();
        for (int column : columns) {
            check("column " + column, tangents[column], byHand[column]);
        }
    }

    private void check(String what, double derived, double written) {
        if (!(Math.abs(derived - written) <= TOLERANCE * Math.max(1, Math.abs(written)))) {
            throw new IllegalStateException(
                    what + " of " + row.name() + " is " + derived + ", by hand " + written);
        }
    }

    /** The seconds that deriving the gradient, lowering it and running it for the first time took. */
    public double firstSeconds() {
        return firstSeconds;
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

    /** The value and the derivative along one direction, by forward accumulation. */
    public double direction() {
        jvp.run(x, result, tangent);
        return tangent[0];
    }

    /** The value and the derivatives along {@value #DIRECTIONS} directions at once, or as many as there are inputs. */
    public double directions() {
        jacobian.runColumns(x, columns, tangents);
        return tangents[0];
    }

    /** How many directions {@link #directions} are. */
    public int directionCount() {
        return columns.length;
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
