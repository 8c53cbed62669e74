package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Deadline;
import dualtape.engine.Engine;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One derivative within its limits. */
final class Derivatives {
    /** Sweeps that run at once cost less than one by one. */
    private static final int FEW = 8;

    private Derivatives() {}

    /** Traces a program and works on what ran, all before one deadline. */
    static Values within(Limits limits, Engine engine, Source source, Point at, Function<Traced, Values> work) {
        Traced traced = new Budget("the program", limits, Budget.deadline(limits)).during(() -> source.trace(at));
        return within(limits, engine, traced, work);
    }

    /** Works on what ran, before the deadline of the thread's budget. */
    static Values within(Limits limits, Engine engine, Traced traced, Function<Traced, Values> work) {
        return new Budget("the derivative by the engine " + engine.name(), limits, Budget.deadline(limits))
                .during(() -> work.apply(traced));
    }

    /** What to say when the memory is full. */
    static String outOfMemory() {
        return String.format(Locale.ROOT, "this needs more memory than the %,d MB that there are; give more with "
                + "DUALTAPE_JAVA_OPTS=-Xmx...", Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Prepares and runs once, by the deadline of the thread's budget. */
    static Values evaluate(Engine engine, Traced traced, Point at, Request request, Point seeds, int threads) {
        Deadline deadline = Budget.deadline(Limits.DEFAULT);
        Prepared prepared = engine.prepare(traced, request);
        prepared.within(deadline);
        deadline.afford("a sweep of the engine " + engine.name(), prepared.operations() / prepared.sweeps());
        refuseHopeless(prepared, at, engine, deadline, threads);
        prepared.threads(threads);
        return Engine.evaluate(prepared, at, seeds);
    }

    /** Tries a few sweeps where many are needed, and refuses with the estimate if there is no time for all of them. */
    private static void refuseHopeless(Prepared prepared, Point at, Engine engine, Deadline deadline, int threads) {
        long sweeps = prepared.derivatives().size();
        if (sweeps < 1_000 || prepared.sweeps() < sweeps || prepared.operator().second()
                || prepared.derivativeSize() != prepared.rows() * sweeps) {
            return;
        }
        double[] x = prepared.inputs().flatten(at);
        int[] few = IntStream.range(0, FEW).toArray();
        double[] columns = new double[prepared.rows() * FEW];
        prepared.runColumns(x, few, columns);
        long start = System.nanoTime();
        prepared.runColumns(x, few, columns);
        int cores = Math.min(threads, Runtime.getRuntime().availableProcessors());
        double seconds = (System.nanoTime() - start) / 1e9 * sweeps / FEW / cores;
        if (seconds > deadline.remaining()) {
            throw new LimitException(String.format(Locale.ROOT,
                    "%s needs %,d sweeps here, one for each input element: about %.3g s, and %.3g s are left; use "
                            + "--engine reverse, which needs one sweep for each element of the result, or raise the limit "
                            + "with --max-seconds",
                    engine.name(), sweeps, seconds, Math.max(0, deadline.remaining())));
        }
    }
}
