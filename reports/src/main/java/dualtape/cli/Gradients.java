package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Cost;
import dualtape.engine.Deadline;
import dualtape.engine.Engine;
import dualtape.engine.InputException;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
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

/** One gradient within its limits. */
final class Gradients {
    private static final int SHOWN = 12;

    private Gradients() {}

    static Values of(Source source, Point at, List<String> wrt, Engine engine, Limits limits) {
        Deadline deadline = Budget.deadline(limits);
        Traced traced = new Budget("the program", limits, deadline).during(() -> source.trace(at));
        return of(traced, at, wrt, engine, limits, deadline);
    }

    static Values of(Traced traced, Point at, List<String> wrt, Engine engine, Limits limits, Deadline deadline) {
        check(wrt, traced.graph().inputs().stream().map(Node.Input::name).toList());
        return new Budget("the gradient by the engine " + engine.name(), limits, deadline).during(() -> {
            Prepared prepared = engine.prepare(traced, wrt, Operator.GRADIENT);
            prepared.within(deadline);
            Cost cost = prepared.cost();
            deadline.afford("a sweep of the engine " + engine.name(), cost.operations() / cost.sweeps());
            refuseHopeless(prepared, at, engine, limits, deadline);
            return Engine.evaluate(prepared, at);
        });
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
