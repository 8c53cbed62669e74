package dualtape.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The rows of {@link Limits}, by name; each is made when it is asked for. */
public final class LimitRows {
    private static final Map<String, Supplier<LimitRow>> ROWS = new LinkedHashMap<>();

    static {
        for (int n : new int[] {1_000, 100_000, 1_000_000}) {
            ROWS.put("sine-" + n, () -> new ChainLimits.Sine(n));
        }
        for (int n : new int[] {10, 1_000, 100_000}) {
            ROWS.put("rosenbrock-slices-" + n, () -> ChainLimits.Rosenbrock.bySlices(n));
        }
        for (int n : new int[] {10, 100, 1_000}) {
            ROWS.put("rosenbrock-scalars-" + n, () -> ChainLimits.Rosenbrock.scalars(n));
        }
        ROWS.put("mixture-5x4x200", () -> new TensorLimits.Mixture(5, 4, 200));
        ROWS.put("mixture-25x10x1000", () -> new TensorLimits.Mixture(25, 10, 1_000));
        ROWS.put("leastsquares-1000x100", () -> new TensorLimits.LeastSquares(1_000, 100));
        ROWS.put("leastsquares-2000x1000", () -> new TensorLimits.LeastSquares(2_000, 1_000));
        ROWS.put("logsumexp-1000000", () -> new TensorLimits.LogSumExp(1_000_000));
        ROWS.put("network-64-128-10", NetworkLimit::new);
        ROWS.put("speelpenning-1000", () -> new ChainLimits.Speelpenning(1_000));
    }

    private LimitRows() {}

    /** The names, in the order of the table. */
    public static java.util.List<String> names() {
        return java.util.List.copyOf(ROWS.keySet());
    }

    /**
     * The row of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LimitRow of(String name) {
        Supplier<LimitRow> row = ROWS.get(name);
        if (row == null) {
            throw new IllegalArgumentException("no row \"" + name + "\"; there are " + String.join(", ", names()));
        }
        return row.get();
    }
}
