package dualtape.bench;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How cost grows with n in one family of functions, forward against reverse.
 *
 * @param family its name
 * @param points one for each size
 */
public record Growth(String family, List<Size> points) {
    private static final int SAMPLED_COLUMNS = 64;

    /**
     * One size.
     *
     * @param n the size
     * @param primal seconds of one evaluation
     * @param forward the gradient by forward accumulation
     * @param reverse the gradient by reverse accumulation
     */
    public record Size(int n, double primal, Side forward, Side reverse) {}

    /**
     * One mode at one size.
     *
     * @param seconds a gradient
     * @param cost known before it runs
     * @param extrapolated whether only a seeded sample of columns was run, and its time multiplied
     */
    public record Side(double seconds, Cost cost, boolean extrapolated) {}

    /**
     * Studies a family over these sizes.
     *
     * @param progress is shown what there is after each size
     */
    public static Growth study(String name, IntFunction<Source> family, int[] sizes, Sampler sampler,
            Consumer<Growth> progress) {
        List<Size> points = new ArrayList<>();
        for (int n : sizes) {
            points.add(size(family.apply(n), n, sampler));
            progress.accept(new Growth(name, List.copyOf(points)));
        }
        return new Growth(name, List.copyOf(points));
    }

    private static Size size(Source source, int n, Sampler sampler) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Tensor> values = new LinkedHashMap<>();
        source.inputs().forEach(input -> values.put(input, Tensor.scalar(0.5 + random.nextDouble())));
        Point at = Point.of(values);
        Traced traced = source.trace(at);
        Prepared forward = prepare(Engines.forward(), traced);
        Prepared reverse = prepare(Engines.reverse(), traced);
        double[] x = forward.inputs().flatten(at);
        int inputs = forward.derivatives().size();
        boolean sampled = (double) inputs * traced.graph().work() > 4e6;
        int[] columns = sampled ? random.ints(SAMPLED_COLUMNS, 0, inputs).toArray() : null;
        double[] gradient = new double[sampled ? SAMPLED_COLUMNS : inputs];
        double[] all = new double[inputs];
        Workspace primal = Program.sharing(traced.rerolled()).workspace();
        for (int i = 0; i < inputs; i++) {
            primal.bind(i, x, i);
        }
        List<Sampler.Timing> timings = sampler.time(List.of(primal::run,
                sampled ? () -> forward.runColumns(x, columns, gradient) : () -> forward.valueAndGradient(x, gradient),
                () -> reverse.valueAndGradient(x, all)));
        check(sampled, columns, gradient, all, n);
        double scale = sampled ? (double) inputs / SAMPLED_COLUMNS : 1;
        return new Size(n, timings.get(0).median(), new Side(timings.get(1).median() * scale, forward.cost(), sampled),
                new Side(timings.get(2).median(), reverse.cost(), false));
    }

    private static Prepared prepare(Engine engine, Traced traced) {
        List<String> wrt = traced.graph().inputs().stream().map(dualtape.ir.Node.Input::name).toList();
        return engine.prepare(traced, wrt, Operator.GRADIENT);
    }

    /** No time is given for a wrong derivative. */
    private static void check(boolean sampled, int[] columns, double[] gradient, double[] all, int n) {
        double[] same = sampled ? java.util.Arrays.stream(columns).mapToDouble(column -> all[column]).toArray() : all;
        Agreement agreement = Agreement.of(gradient, same);
        if (agreement.relative() > 1e-10) {
            throw new IllegalStateException("forward and reverse differ by " + agreement.relative() + " at n = " + n);
        }
    }

    /** The sizes. */
    public double[] sizes() {
        return points.stream().mapToDouble(Size::n).toArray();
    }

    /** The fit of a quantity of each size against n. */
    public PowerLaw fit(java.util.function.ToDoubleFunction<Size> quantity) {
        return PowerLaw.fit(sizes(), points.stream().mapToDouble(quantity).toArray());
    }

    /** The n at which forward becomes dearer than reverse, interpolated on logarithms; NaN if it never does. */
    public double crossing() {
        for (int i = 1; i < points.size(); i++) {
            double before = Math.log(points.get(i - 1).forward().seconds() / points.get(i - 1).reverse().seconds());
            double after = Math.log(points.get(i).forward().seconds() / points.get(i).reverse().seconds());
            if (before < 0 && after >= 0) {
                double from = Math.log(points.get(i - 1).n());
                double to = Math.log(points.get(i).n());
                return Math.exp(from + (to - from) * before / (before - after));
            }
        }
        return Double.NaN;
    }
}
