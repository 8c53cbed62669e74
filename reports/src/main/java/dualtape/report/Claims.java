package dualtape.report;

import dualtape.bench.Growth;
import dualtape.bench.PowerLaw;
import java.util.Arrays;
import java.util.Locale;

/** What the lecture says of complexity: claimed, measured, holds or not. */
public final class Claims {
    private static final double TIME_SLACK = 0.15;
    private static final double MEMORY_SLACK = 0.02;

    private Claims() {}

    /** The four claims. */
    public static Table table(Growth chain, Growth inputs) {
        Table table = new Table("the lecture claims", "measured", "holds");
        PowerLaw operations = chain.fit(p -> p.reverse().cost().operations());
        PowerLaw time = chain.fit(p -> p.reverse().seconds());
        table.row("computing is O(n) in the operations n", "operations " + operations + ", time " + time,
                yes(operations.holds(1, MEMORY_SLACK) && time.holds(1, TIME_SLACK)));
        double[] ratios = chain.points().stream().mapToDouble(p -> p.reverse().seconds() / p.primal() - 1).sorted()
                .toArray();
        double median = ratios[ratios.length / 2];
        table.row("backward costs about as much as forward",
                String.format(Locale.ROOT, "%.2f times (%.2f to %.2f)", median,
                        ratios[0], ratios[ratios.length - 1]),
                yes(median > 1 / 3.0 && median < 3));
        PowerLaw memory = chain.fit(p -> p.reverse().cost().workspaceBytes());
        table.row("reverse memory is O(n)", memory.toString(), yes(memory.holds(1, 0.05)));
        double[] forward = chain.points().stream().mapToDouble(p -> p.forward().cost().workspaceBytes()).toArray();
        PowerLaw sweep = inputs.fit(p -> p.forward().cost().operations() / (double) p.forward().cost().sweeps());
        boolean constant = Arrays.stream(forward).max().orElse(0) == Arrays.stream(forward).min().orElse(1);
        table.row("forward: O(n) a variable, O(1) memory", "operations " + sweep + ", memory "
                + (constant ? "constant"
                        : "from " + Units.bytes(forward[0]) + " to " + Units.bytes(forward[forward.length - 1])),
                yes(constant && sweep.holds(1, 0.05)));
        return table;
    }

    private static String yes(boolean holds) {
        return holds ? "yes" : "NO";
    }
}
