package dualtape.bench;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Source;
import dualtape.engine.Spread;
import dualtape.engine.Swell;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One function by every engine: what they give, whether they agree, what they cost.
 *
 * @param name of the item
 * @param value the function's value, m numbers
 * @param columns what each column of the derivative is by, as in {@code w[3]}
 * @param rows m
 * @param primal seconds of one evaluation of the function
 * @param engines what each engine gave and took
 * @param worst the worst disagreement between exact engines
 * @param agrees whether it is within the tolerance
 * @param swell of the derivative's formulas: written out against shared
 */
public record Comparison(
        String name, double[] value, List<String> columns, int rows, Sampler.Timing primal, List<Entry> engines,
        Agreement worst,
        boolean agrees, Swell swell) {
    private static final long MOST_ELEMENTS = 100_000_000;
    /** Operations above which two engines are prepared at once. */
    private static final int LARGE = 50_000;

    /**
     * What one engine gave and took.
     *
     * @param engine its name
     * @param exact whether it is judged by the tolerance
     * @param derivative m rows
     * @param disagreement with {@link Comparison#reference}
     * @param withinItsError for an engine that is not exact: whether it differs by no more than it estimates itself
     * @param cost known before it ran
     * @param prepare seconds to derive and lower, once; beside another engine where the graph is large
     * @param timing seconds a run; extrapolated where columns were sampled
     * @param sampled the columns that {@code derivative} holds, a seeded sample; null if it holds all
     */
    public record Entry(
            String engine, boolean exact, double[] derivative, Agreement disagreement, boolean withinItsError,
            Cost cost, double prepare, Sampler.Timing timing, int[] sampled) {
        /** Whether only a sample of the columns was run. */
        public boolean extrapolated() {
            return sampled != null;
        }
    }

    /**
     * Compares all engines on a function at a point.
     *
     * @throws InputException if the derivative has too many elements
     */
    public static Comparison of(String name, Source source, Point at, List<String> wrt, double tolerance,
            Sampler sampler) {
        Traced traced = source.trace(at);
        Operator operator = traced.graph().output().shape().isScalar() ? Operator.GRADIENT : Operator.JACOBIAN;
        Selection selection = Selection.of(traced.graph(), Request.of(operator, wrt));
        int rows = selection.rows();
        int n = selection.derivatives().size();
        if ((long) rows * n > MOST_ELEMENTS) {
            throw new InputException(
                    String.format(Locale.ROOT, "the Jacobian has %,d by %,d elements, more than %,d; sum "
                            + "the result, or compare by fewer inputs with --wrt", rows, n, MOST_ELEMENTS));
        }
        List<Engine> engines = Engines.all();
        Prepared[] ready = new Prepared[engines.size()];
        double[] took = new double[ready.length];
        Swell[] swell = new Swell[1];
        Spread.over(traced.graph().applications().size() > LARGE ? 2 : 1, ready.length + 1, (worker, i) -> {
            long start = System.nanoTime();
            if (i == ready.length) {
                swell[0] = swell(traced, wrt, operator);
            } else {
                ready[i] = engines.get(i).prepare(traced, wrt, operator);
                took[i] = (System.nanoTime() - start) / 1e9;
            }
        });
        List<Prepared> prepared = List.of(ready);
        double[] x = prepared.get(0).inputs().flatten(at);
        double[] value = new double[rows];
        double[] scratch = new double[rows];
        List<Trial> trials = new ArrayList<>();
        List<Runnable> tasks = new ArrayList<>();
        Workspace primal = primal(traced, x, prepared.get(0));
        tasks.add(primal::run);
        for (Prepared each : prepared) {
            Trial trial = Trial.of(each, x, sampler.seconds());
            trials.add(trial);
            tasks.add(() -> trial.run(x, scratch));
        }
        List<Sampler.Timing> timings = sampler.time(tasks);
        primal.copy(0, value, 0);
        Trial reference = trials.get(reference(trials));
        List<Entry> entries = new ArrayList<>();
        Agreement worst = new Agreement(0, 0, -1);
        for (int i = 0; i < trials.size(); i++) {
            Engine engine = engines.get(i);
            Trial trial = trials.get(i);
            Agreement agreement = Agreement.of(trial.derivative(), trial.same(reference));
            if (engine.exact() && agreement.relative() > worst.relative()) {
                worst = agreement;
            }
            double[] error = trial.sampled() == null ? engine.error(trial.prepared()) : null;
            entries.add(new Entry(engine.name(), engine.exact(), trial.derivative(), agreement,
                    within(error, trial.derivative(), trial.same(reference)), trial.prepared().cost(), took[i],
                    trial.whole(timings.get(i + 1)), trial.sampled()));
        }
        List<String> columns = new ArrayList<>();
        Layout derivatives = prepared.get(0).derivatives();
        for (int k = 0; k < n; k++) {
            columns.add(derivatives.describe(k));
        }
        return new Comparison(name, value, columns, rows, timings.get(0), entries, worst,
                worst.relative() <= tolerance, swell[0]);
    }

    private static Swell swell(Traced traced, List<String> wrt, Operator operator) {
        Graph formulas = Engines.symbolic().derive(traced.graph(), Request.of(operator, wrt)).graph();
        return Swell.of(formulas, formulas.outputs().subList(1, formulas.outputs().size()));
    }

    /** The first exact engine that ran whole; the first of all if there is none. */
    private static int reference(List<Trial> trials) {
        for (int i = 0; i < trials.size(); i++) {
            if (Engines.all().get(i).exact() && trials.get(i).sampled() == null) {
                return i;
            }
        }
        return 0;
    }

    /** The first exact engine that ran whole, with which the others are compared. */
    public Entry reference() {
        return engines.stream().filter(entry -> entry.exact() && !entry.extrapolated()).findFirst()
                .orElse(engines.get(0));
    }

    private static Workspace primal(Traced traced, double[] x, Prepared prepared) {
        Workspace workspace = Program.sharing(traced.rerolled()).workspace();
        for (int i = 0; i < prepared.inputs().names().size(); i++) {
            workspace.bind(i, x, prepared.inputs().offset(i));
        }
        return workspace;
    }

    private static boolean within(double[] error, double[] derivative, double[] exact) {
        for (int i = 0; error != null && i < error.length; i++) {
            if (Math.abs(derivative[i] - exact[i]) > 4 * error[i]) {
                return false;
            }
        }
        return true;
    }

    /** The time of an engine's derivative over the primal's. */
    public double ratio(Entry entry) {
        return entry.timing().median() / primal.median();
    }
}
