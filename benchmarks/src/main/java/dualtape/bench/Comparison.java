package dualtape.bench;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.List;

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
 */
public record Comparison(
        String name, double[] value, List<String> columns, int rows, Sampler.Timing primal, List<Entry> engines,
        Agreement worst,
        boolean agrees) {
    /**
     * What one engine gave and took.
     *
     * @param engine its name
     * @param exact whether it is judged by the tolerance
     * @param derivative m rows
     * @param disagreement with the first exact engine
     * @param withinItsError for an engine that is not exact: whether it differs by no more than it estimates itself
     * @param cost known before it ran
     * @param prepare seconds to derive and lower, once
     * @param timing seconds a run
     */
    public record Entry(
            String engine, boolean exact, double[] derivative, Agreement disagreement, boolean withinItsError,
            Cost cost,
            double prepare, Sampler.Timing timing) {}

    /** Compares all engines on a function at a point. */
    public static Comparison of(String name, Source source, Point at, List<String> wrt, double tolerance,
            Sampler sampler) {
        Traced traced = source.trace(at);
        Operator operator = traced.graph().output().shape().isScalar() ? Operator.GRADIENT : Operator.JACOBIAN;
        List<Prepared> prepared = new ArrayList<>();
        double[] took = new double[Engines.all().size()];
        for (Engine engine : Engines.all()) {
            long start = System.nanoTime();
            prepared.add(engine.prepare(traced, wrt, operator));
            took[prepared.size() - 1] = (System.nanoTime() - start) / 1e9;
        }
        int rows = prepared.get(0).rows();
        int n = prepared.get(0).derivatives().size();
        double[] x = prepared.get(0).inputs().flatten(at);
        double[] value = new double[rows];
        double[][] derivatives = new double[prepared.size()][rows * n];
        List<Runnable> tasks = new ArrayList<>();
        tasks.add(primal(traced, x, prepared.get(0)));
        for (int i = 0; i < prepared.size(); i++) {
            Prepared each = prepared.get(i);
            double[] derivative = derivatives[i];
            tasks.add(() -> each.run(x, value, derivative));
        }
        List<Sampler.Timing> timings = sampler.time(tasks);
        List<Entry> entries = new ArrayList<>();
        Agreement worst = new Agreement(0, 0, -1);
        for (int i = 0; i < prepared.size(); i++) {
            Engine engine = Engines.all().get(i);
            Agreement agreement = Agreement.of(derivatives[i], derivatives[0]);
            if (engine.exact() && agreement.relative() > worst.relative()) {
                worst = agreement;
            }
            entries.add(new Entry(engine.name(), engine.exact(), derivatives[i], agreement,
                    within(engine.error(prepared.get(i)), derivatives[i], derivatives[0]), prepared.get(i).cost(),
                    took[i],
                    timings.get(i + 1)));
        }
        prepared.get(0).run(x, value, derivatives[0]);
        List<String> columns = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            columns.add(prepared.get(0).derivatives().describe(k));
        }
        return new Comparison(name, value, columns, rows, timings.get(0), entries, worst,
                worst.relative() <= tolerance);
    }

    private static Runnable primal(Traced traced, double[] x, Prepared prepared) {
        Workspace workspace = Program.sharing(traced.graph()).workspace();
        for (int i = 0; i < prepared.inputs().names().size(); i++) {
            workspace.bind(i, x, prepared.inputs().offset(i));
        }
        return workspace::run;
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
