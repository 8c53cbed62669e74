package dualtape.check;

import dualtape.engine.InputException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** One run of a {@link GradientCheck} at a point. */
final class OpaqueCheck {
    /** From so many components on, sums over blocks are checked, and those that are wrong are halved. */
    private static final int MOST_ALONE = 2_000;
    private static final int BLOCKS = 64;
    private static final int DIRECTIONS = 4;
    private static final int MOST_SYMMETRIC = 30;
    private static final int MOST_KEPT = 200;

    private final UnaryOperator<double[]> f;
    private final double[] x;
    private final String what;
    private final String[] names;
    private final long seed;
    private final double[] value;
    private final List<Component> components = new ArrayList<>();
    private final Map<Judgement, Integer> counts = new EnumMap<>(Judgement.class);
    private long evaluations;

    OpaqueCheck(UnaryOperator<double[]> f, double[] x, String what, String[] names, long seed) {
        this.f = f;
        this.x = x;
        this.what = what;
        this.names = names;
        this.seed = seed;
        this.value = GradientCheck.call(f, x, -1, "function");
    }

    GradientResult result() {
        components.sort(java.util.Comparator.comparing(Component::judgement).reversed());
        return new GradientResult(what, Verdict.of(counts), Map.copyOf(counts), List.copyOf(components), x, seed,
                evaluations);
    }

    private void add(Component component) {
        int before = counts.merge(component.judgement(), 1, Integer::sum) - 1;
        boolean plain = component.judgement() == Judgement.CERTIFIED || component.judgement() == Judgement.EXCUSED;
        if (!plain && before < MOST_KEPT || plain && components.size() < MOST_KEPT) {
            components.add(component);
        }
    }

    private String name(int i) {
        return i < names.length ? names[i] : "[" + i + "]";
    }

    /** The derivative of the function along a direction. */
    private Estimate along(double[] v) {
        double scale = Double.POSITIVE_INFINITY;
        for (int i = 0; i < v.length; i++) {
            if (v[i] != 0 && Double.isFinite(x[i])) {
                scale = Math.min(scale, (x[i] == 0 ? 1 : Math.abs(x[i])) / Math.abs(v[i]));
            }
        }
        evaluations += 61;
        return Ridders.first(t -> {
            double[] moved = x.clone();
            for (int i = 0; i < v.length; i++) {
                moved[i] += v[i] == 0 ? 0 : t * v[i];
            }
            return GradientCheck.call(f, moved, value.length, "function");
        }, Double.isFinite(scale) ? scale : 1);
    }

    private Estimate column(int i) {
        double[] unit = new double[x.length];
        unit[i] = 1;
        return along(unit);
    }

    /** Every column, or of very many the sums over blocks. */
    void jacobian(Function<double[], double[][]> jacobian) {
        double[][] rows = rows(jacobian, x);
        double[][] bounds = bounds(jacobian, rows);
        if (x.length <= MOST_ALONE) {
            int[] all = new int[x.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = i;
            }
            columns(rows, bounds, all);
            return;
        }
        double[] weights = new double[x.length];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (x[i] == 0 ? 1 : Math.abs(x[i])) * random.nextDouble(0.5, 1) * (random.nextBoolean() ? 1 : -1);
        }
        int width = (x.length + BLOCKS - 1) / BLOCKS;
        for (int from = 0; from < x.length; from += width) {
            block(rows, bounds, weights, from, Math.min(x.length, from + width));
        }
    }

    private void block(double[][] rows, double[][] bounds, double[] weights, int from, int to) {
        List<Component> sums = sums(rows, bounds, weights, from, to);
        if (sums.stream().noneMatch(sum -> sum.judgement() == Judgement.WRONG)) {
            sums.forEach(this::add);
            return;
        }
        int low = from;
        int high = to;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            boolean left = sums(rows, bounds, weights, low, middle).stream()
                    .anyMatch(sum -> sum.judgement() == Judgement.WRONG);
            low = left ? low : middle;
            high = left ? middle : high;
        }
        columns(rows, bounds, new int[] {low});
        if (counts.getOrDefault(Judgement.WRONG, 0) == 0) {
            sums.forEach(this::add);
        }
    }

    private List<Component> sums(double[][] rows, double[][] bounds, double[] weights, int from, int to) {
        double[] v = new double[x.length];
        System.arraycopy(weights, from, v, from, to - from);
        Estimate estimate = along(v);
        List<Component> sums = new ArrayList<>();
        for (int r = 0; r < rows.length; r++) {
            double sum = 0;
            double sizes = 0;
            double bound = 0;
            for (int i = from; i < to; i++) {
                sum += rows[r][i] * v[i];
                sizes += Math.abs(rows[r][i] * v[i]);
                bound += bounds[r][i] * Math.abs(v[i]);
            }
            sums.add(Judge.judge("the sum over " + name(from) + " to " + name(to - 1), r, -1, sum,
                    bound + sizes * (to - from) * 0x1p-53, Judge.Evidence.of(estimate, r, 1, "ridders"), sizes, null));
        }
        return sums;
    }

    private void columns(double[][] rows, double[][] bounds, int[] chosen) {
        Estimate[] estimates = new Estimate[chosen.length];
        double[] largest = new double[rows.length];
        for (int c = 0; c < chosen.length; c++) {
            estimates[c] = column(chosen[c]);
            for (int r = 0; r < rows.length; r++) {
                double size = Math.abs(estimates[c].values()[r]);
                largest[r] = Double.isFinite(size) ? Math.max(largest[r], size) : largest[r];
            }
        }
        for (int c = 0; c < chosen.length; c++) {
            int i = chosen[c];
            for (int r = 0; r < rows.length; r++) {
                String where = what + (what.equals("gradient") ? "" : "[" + r + "]")
                        + (i < names.length ? " by " + names[i]
                                : "[" + i + "]");
                add(Judge.judge(where, r, i, rows[r][i], bounds[r][i], Judge.Evidence.of(estimates[c], r, 1, "ridders"),
                        Math.max(largest[r], Panel.natural(value[r], x[i])), null));
            }
        }
    }

    private double[][] rows(Function<double[], double[][]> jacobian, double[] at) {
        double[][] rows = jacobian.apply(at.clone());
        if (rows == null || rows.length != value.length) {
            throw new InputException("the " + what + " must have " + value.length + " rows, one a result; got "
                    + (rows == null ? "null" : rows.length + ""));
        }
        double[][] copy = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            double[] row = rows[r];
            copy[r] = GradientCheck.call(same -> row, at, at.length, what);
        }
        return copy;
    }

    /** How far the numbers move when the point moves by an ulp: a measure of their rounding. */
    private double[][] bounds(Function<double[], double[][]> jacobian, double[][] rows) {
        double[][] bounds = new double[rows.length][x.length];
        SplittableRandom random = new SplittableRandom(seed);
        for (int trial = 0; trial < 2; trial++) {
            double[] near = x.clone();
            for (int i = 0; i < near.length; i++) {
                near[i] += random.nextBoolean() ? Math.ulp(near[i]) : -Math.ulp(near[i]);
            }
            double[][] moved = rows(jacobian, near);
            for (int r = 0; r < rows.length; r++) {
                for (int i = 0; i < x.length; i++) {
                    double by = Math.abs(moved[r][i] - rows[r][i]);
                    // A jump is a kink beside the point, no rounding.
                    double most = 1e-9 * Math.abs(rows[r][i]);
                    bounds[r][i] = Math.max(bounds[r][i], (by <= most ? by : 0) + 2 * Math.ulp(rows[r][i]));
                }
            }
        }
        return bounds;
    }

    /** Products with a Hessian against differences of the gradient. */
    void product(BinaryOperator<double[]> hvp, SplittableRandom random) {
        for (int d = 0; d < DIRECTIONS; d++) {
            double[] v = new double[x.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = (x[i] == 0 ? 1 : Math.abs(x[i])) * random.nextDouble(0.5, 1) * (random.nextBoolean() ? 1 : -1);
            }
            double[] got = GradientCheck.call(at -> hvp.apply(at, v.clone()), x, x.length, what);
            Estimate estimate = along(v);
            double largest = 0;
            for (int i = 0; i < x.length; i++) {
                largest = Math.max(largest, Double.isFinite(estimate.values()[i]) ? Math.abs(estimate.values()[i]) : 0);
            }
            for (int i = 0; i < x.length; i++) {
                add(Judge.judge(what + (i < names.length ? " by " + names[i] : "[" + i + "]") + ", direction " + d, i,
                        -1,
                        got[i], 4 * Math.ulp(largest), Judge.Evidence.of(estimate, i, 1, "ridders"), largest, null));
            }
        }
    }

    /** The Jacobian of the gradient by differences is symmetric. */
    void symmetric(UnaryOperator<double[]> gradient) {
        int n = Math.min(x.length, MOST_SYMMETRIC);
        OpaqueCheck second = new OpaqueCheck(gradient, x, "Hessian", names, seed);
        Estimate[] columns = new Estimate[n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            columns[i] = second.column(i);
            for (double h : columns[i].values()) {
                largest = Double.isFinite(h) ? Math.max(largest, Math.abs(h)) : largest;
            }
        }
        evaluations += second.evaluations;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                Judge.Evidence evidence = Judge.Evidence.of(columns[j], i, 1, "ridders");
                double error = columns[i].doubts()[j] == null ? columns[i].errors()[j] : 0;
                double got = columns[i].values()[j];
                if (columns[i].doubts()[j] == null && columns[j].doubts()[i] == null) {
                    add(Judge.judge("the change of " + what + " by " + name(j) + " with " + name(i)
                            + ", against that of " + name(i) + " with " + name(j), j, i, got, error / 4, evidence,
                            largest,
                            null));
                }
            }
        }
    }
}
