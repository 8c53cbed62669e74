package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Deadline;
import dualtape.engine.Engine;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import java.util.List;
import java.util.Locale;

/** One gradient within its limits. */
final class Gradients {
    private Gradients() {}

    static Values of(Source source, Point at, List<String> wrt, Engine engine, Limits limits) {
        Deadline deadline = limits.start();
        Traced traced = new Budget("the program", limits, deadline).during(() -> source.trace(at));
        return of(traced, at, wrt, engine, limits, deadline);
    }

    static Values of(Traced traced, Point at, List<String> wrt, Engine engine, Limits limits, Deadline deadline) {
        return new Budget("the gradient by the engine " + engine.name(), limits, deadline).during(() -> {
            Prepared prepared = engine.prepare(traced, wrt, Operator.GRADIENT);
            prepared.within(deadline);
            refuseHopeless(prepared, at, engine, limits, deadline);
            return Engine.evaluate(prepared, at);
        });
    }

    /** Tries one sweep where many are needed, and refuses with the estimate if there is no time for all of them. */
    private static void refuseHopeless(Prepared prepared, Point at, Engine engine, Limits limits, Deadline deadline) {
        long sweeps = prepared.derivatives().size();
        if (sweeps < 1_000 || prepared.cost().sweeps() < sweeps) {
            return;
        }
        double[] x = prepared.inputs().flatten(at);
        int[] one = {0};
        double[] column = new double[prepared.rows()];
        prepared.runColumns(x, one, column);
        long start = System.nanoTime();
        prepared.runColumns(x, one, column);
        double seconds = (System.nanoTime() - start) / 1e9 * sweeps;
        if (seconds > deadline.remaining()) {
            throw new LimitException(String.format(Locale.ROOT,
                    "%s needs %,d sweeps here, one for each input element: about %.3g s, and the limit is %.3g s; use "
                            + "--engine reverse, which needs one sweep, or raise the limit with --max-seconds",
                    engine.name(), sweeps, seconds, limits.seconds()));
        }
    }
}
