package dualtape.report;

import dualtape.bench.Comparison;
import dualtape.bench.Growth;
import dualtape.bench.PowerLaw;
import dualtape.engine.Advice;
import dualtape.engine.Operator;
import dualtape.engine.SweepCosts;
import dualtape.engine.Swell;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Comparisons and growth in words and tables. */
public final class Texts {
    private static final int SHOWN = 4;
    /** Characters of a line that is printed with an indent. */
    private static final int LINE = 97;
    /** A component is called near 0 if it is so many times smaller than the largest. */
    private static final double NEAR = 1e4;

    private Texts() {}

    /** The value, the first components of the derivative, and whether the engines agree. */
    public static String summary(Comparison item) {
        StringBuilder text = new StringBuilder("value ").append(some(item.value(), i -> "", LINE));
        Comparison.Entry first = item.reference();
        if (item.rows() == 1) {
            text.append("; gradient ");
            text.append(some(first.derivative(), i -> item.columns().get(i) + " = ", LINE - text.length()));
        } else {
            text.append("; Jacobian of ").append(item.rows()).append(" by ").append(item.columns().size());
        }
        text.append("\nforward, reverse and symbolic ").append(item.agrees() ? "agree" : "DISAGREE");
        if (item.worst().relative() > 0) {
            double ulps = item.worst().ulps();
            text.append(String.format(Locale.ROOT, ": at the worst %.1e of the largest component, %s of a component%s",
                    item.worst().relative(), Units.counted(ulps, "ulp"),
                    ulps * 0x1p-53 > NEAR * item.worst().relative() ? " near 0" : ""));
        } else {
            text.append(" to the last bit");
        }
        for (Comparison.Entry e : item.engines()) {
            if (e.extrapolated()) {
                text.append(String.format(Locale.ROOT,
                        "\n%s: a seeded sample of %d of the %,d columns was run; its time is "
                                + "extrapolated",
                        e.engine(), e.sampled().length, item.columns().size()));
            }
        }
        return text.append("\nthe derivative's formulas: ").append(swell(item.swell())).toString();
    }

    /** As in {@code 12 operations written out, 9 shared}. */
    public static String swell(Swell swell) {
        BigInteger tree = swell.tree();
        String written = tree.bitLength() < 63 ? String.format(Locale.ROOT, "%,d", tree)
                : "about 10^" + (tree.toString().length() - 1);
        return String.format(Locale.ROOT, "%s operation%s written out, %,d shared", written,
                tree.equals(BigInteger.ONE) ? "" : "s", swell.shared());
    }

    /** The first few numbers, as many as go into so many characters, one at least. */
    private static String some(double[] values, java.util.function.IntFunction<String> name, int room) {
        String text = "";
        for (int shown = Math.min(values.length, SHOWN); shown > 0
                && (text.isEmpty() || text.length() > room); shown--) {
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < shown; i++) {
                parts.add(name.apply(i) + Units.digits(values[i]));
            }
            text = String.join(", ", parts) + (values.length > shown ? ", ... (" + values.length + " in all)" : "");
        }
        return text;
    }

    /** What each engine took. */
    public static Table engines(Comparison item) {
        Table table = new Table("engine", "sweeps", "operations", "peak", "stored", "time", "quartiles", "/ primal",
                "differs by");
        table.row("primal", "1", Units.number(item.engines().get(0).cost().primalOperations()), "", "",
                Units.seconds(item.primal().median()), quartiles(item.primal()), "1.00", "");
        for (Comparison.Entry e : item.engines()) {
            table.row(e.engine(), Units.number(e.cost().sweeps()), Units.number(e.cost().operations()),
                    Units.bytes(e.cost().workspaceBytes()), Units.bytes(e.cost().storedBytes()),
                    Units.seconds(e.timing().median()), e.extrapolated() ? "extrapolated" : quartiles(e.timing()),
                    Units.number(item.ratio(e)),
                    difference(e));
        }
        return table;
    }

    /** Which mode to use, by the times of the comparison, a sentence a line; nothing where a mode was not compared. */
    public static Optional<Advice> advice(Comparison item) {
        double[] costs = {Double.NaN, Double.NaN};
        for (Comparison.Entry e : item.engines()) {
            int mode = List.of("forward", "reverse").indexOf(e.engine());
            if (mode >= 0) {
                costs[mode] = item.ratio(e) / Math.max(1, e.cost().sweeps());
            }
        }
        if (Double.isNaN(costs[0] + costs[1])) {
            return Optional.empty();
        }
        return Optional.of(
                Advice.of(item.rows() == 1 ? Operator.GRADIENT : Operator.JACOBIAN, item.columns().size(), item.rows(),
                        new SweepCosts(costs[0], costs[1], Double.NaN, true)));
    }

    private static String quartiles(dualtape.bench.Sampler.Timing timing) {
        return String.format(Locale.ROOT, "-%.0f%% +%.0f%%", 100 * (1 - timing.low() / timing.median()),
                100 * (timing.high() / timing.median() - 1));
    }

    private static String difference(Comparison.Entry e) {
        String size = e.disagreement().relative() == 0 ? "0"
                : String.format(Locale.ROOT, "%.0e", e.disagreement().relative());
        return e.exact() || e.extrapolated() ? size : size + (e.withinItsError() ? " (as it says)" : " (an edge?)");
    }

    /** One family. */
    public static Table growth(Growth growth) {
        Table table = new Table(growth.family() + ", n", "primal", "forward", "reverse", "forward peak", "reverse peak",
                "stored");
        for (Growth.Size p : growth.points()) {
            table.row(String.format(Locale.ROOT, "%,d", p.n()), Units.seconds(p.primal()),
                    Units.seconds(p.forward().seconds()) + (p.forward().extrapolated() ? " extrapolated" : ""),
                    Units.seconds(p.reverse().seconds()), Units.bytes(p.forward().cost().workspaceBytes()),
                    Units.bytes(p.reverse().cost().workspaceBytes()), Units.bytes(p.reverse().cost().storedBytes()));
        }
        return table;
    }

    /** What the fits say. */
    public static List<String> sentences(Growth chain, Growth inputs) {
        PowerLaw forwardMemory = chain.fit(p -> p.forward().cost().workspaceBytes());
        List<String> sentences = new ArrayList<>();
        sentences
                .add("Along the chain: reverse memory grows like " + chain.fit(p -> p.reverse().cost().workspaceBytes())
                        + ", forward memory "
                        + (Math.abs(forwardMemory.exponent()) < 0.005 ? "does not grow" : "grows like " + forwardMemory)
                        + " (exact bytes).");
        sentences.add("Along the chain time grows like " + chain.fit(p -> p.forward().seconds()) + " forward and "
                + chain.fit(p -> p.reverse().seconds()) + " reverse.");
        sentences.add(
                "With n inputs and one output time grows like " + inputs.fit(p -> p.forward().seconds())
                        + " forward and " + inputs.fit(p -> p.reverse().seconds()) + " reverse.");
        double crossing = inputs.crossing();
        sentences.add(crossing > 0 ? "The modes cross at about n = " + Units.number(crossing)
                + " inputs: above it reverse is cheaper."
                : inputs.points().get(0).forward().seconds() > inputs.points().get(0).reverse().seconds()
                        ? "Reverse was cheaper at every size measured."
                : "Forward was cheaper at every size measured.");
        return sentences;
    }
}
