package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Cost;
import dualtape.engine.Deadline;
import dualtape.engine.Engine;
import dualtape.engine.InputException;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Node;
import dualtape.lang.Suggest;
import dualtape.lang.Visible;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** One derivative within its limits. */
final class Derivatives {
    private static final int SHOWN = 12;

    private Derivatives() {}

    /** Traces a program and works on what ran, all before one deadline. */
    static Values within(Limits limits, Engine engine, Source source, Point at, Function<Traced, Values> work) {
        Deadline deadline = limits.start();
        Traced traced = new Budget("the program", limits, deadline).during(() -> source.trace(at));
        return new Budget("the derivative by the engine " + engine.name(), limits, deadline)
                .during(() -> work.apply(traced));
    }

    /** Prepares and runs once, by the deadline of the thread's budget. */
    static Values evaluate(Engine engine, Traced traced, Point at, Request request, Point seeds) {
        Deadline deadline = Budget.deadline(Limits.DEFAULT);
        check(request.wrt(), traced.graph().inputs().stream().map(Node.Input::name).toList());
        Prepared prepared = engine.prepare(traced, request);
        prepared.within(deadline);
        Cost cost = prepared.cost();
        deadline.afford("a sweep of the engine " + engine.name(), cost.operations() / cost.sweeps());
        refuseHopeless(prepared, at, engine, deadline);
        return Engine.evaluate(prepared, at, seeds);
    }

    private static void check(List<String> wrt, List<String> inputs) {
        Set<String> known = new HashSet<>(inputs);
        Set<String> seen = new HashSet<>();
        for (String name : wrt) {
            if (!known.contains(name)) {
                throw new InputException("no input " + Visible.name(name) + " to differentiate by; "
                        + (inputs.isEmpty() ? "the program has no inputs"
                                : "the inputs are " + String.join(", ", inputs.stream().limit(SHOWN).map(Visible::name)
                                        .map(quoted -> quoted.substring(1, quoted.length() - 1)).toList())
                                        + (inputs.size() > SHOWN ? ", ..." : "") + Suggest.near(name, inputs)));
            } else if (!seen.add(name)) {
                throw new InputException("an input to differentiate by is named twice: " + Visible.name(name));
            }
        }
    }

    /** What to say when the memory is full. */
    static String outOfMemory() {
        return String.format(Locale.ROOT, "this needs more memory than the %,d MB that there are; give more with "
                + "DUALTAPE_JAVA_OPTS=-Xmx...", Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Tries one sweep where many are needed, and refuses with the estimate if there is no time for all of them. */
    private static void refuseHopeless(Prepared prepared, Point at, Engine engine, Deadline deadline) {
        long sweeps = prepared.derivatives().size();
        if (sweeps < 1_000 || prepared.cost().sweeps() < sweeps || prepared.operator().second()
                || prepared.derivativeSize() != prepared.rows() * sweeps) {
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
                    "%s needs %,d sweeps here, one for each input element: about %.3g s, and %.3g s are left; use "
                            + "--engine reverse, which needs one sweep for each element of the result, or raise the limit "
                            + "with --max-seconds",
                    engine.name(), sweeps, seconds, Math.max(0, deadline.remaining())));
        }
    }
}
