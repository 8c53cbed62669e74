package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.function.UnaryOperator;

/**
 * Central differences in doubles, extrapolated to step zero (C. J. F. Ridders, "Accurate computation of F′(x) and F′(x)F″(x)",
 * Advances in Engineering Software 4 (1982) 75–76, doi:10.1016/S0141-1195(82)80057-0) from three starting steps; the answer is the
 * one with the smallest error of its own estimate. From a single start the method can be lost: sin(exp(x)) at a start of 0.1 is off
 * by 0.8. It needs values in doubles only, so it is the witness of functions that are not graphs.
 */
public final class Ridders implements Witness {
    private static final double[] STARTS = {0.2, 0.01, 0.0005};
    private static final double SHRINK = 1.4;
    private static final int STEPS = 10;
    /** The estimated error is doubted: taken so many times. */
    private static final double SAFETY = 4;

    /** A function of one variable, with several results. */
    interface Line {
        /** The results at t, each a number; NaN where the function is not defined. */
        double[] at(double t);
    }

    @Override
    public String name() {
        return "ridders";
    }

    @Override
    public String summary() {
        return "differences in doubles, extrapolated from three starting steps: for functions that are not graphs too";
    }

    @Override
    public int rank() {
        return 4;
    }

    @Override
    public int evaluations(int order) {
        return order == 1 ? 2 * STEPS * STARTS.length : 0;
    }

    @Override
    public Estimate first(Traced f, Point at, Point v) {
        double scale = Decimals.scale(at, v);
        double[] steps = steps(scale);
        Beside<Double> beside = Beside.of(f, at, DoubleNumbers.INSTANCE, UnaryOperator.identity(), 1 + 2 * steps.length,
                false,
                (input, element, x) -> {
                    double dv = Decimals.at(v, input, element);
                    if (dv == 0) {
                        return null;
                    }
                    Object[] places = new Object[1 + 2 * steps.length];
                    places[0] = x;
                    for (int i = 0; i < steps.length; i++) {
                        places[1 + 2 * i] = x + steps[i] * dv;
                        places[2 + 2 * i] = x - steps[i] * dv;
                    }
                    return places;
                });
        int size = beside.size();
        if (beside.doubt() != null) {
            return Estimate.doubt(size, beside.doubt());
        }
        double[][] right = new double[steps.length][size];
        double[][] left = new double[steps.length][size];
        double[] here = new double[size];
        for (int k = 0; k < size; k++) {
            here[k] = beside.element(k).get(0);
            for (int i = 0; i < steps.length; i++) {
                right[i][k] = beside.element(k).get(1 + 2 * i);
                left[i][k] = beside.element(k).get(2 + 2 * i);
            }
        }
        return extrapolated(here, steps, right, left);
    }

    @Override
    public Estimate second(Traced f, Point at, Point v, Point w) {
        return Estimate.doubt(f.graph().output().shape().size(),
                "extrapolated differences give first derivatives only");
    }

    /** The derivative at t = 0 of a function that is known by its values. */
    static Estimate first(Line line, double scale) {
        double[] steps = steps(scale);
        double[][] right = new double[steps.length][];
        double[][] left = new double[steps.length][];
        for (int i = 0; i < steps.length; i++) {
            right[i] = line.at(steps[i]);
            left[i] = line.at(-steps[i]);
        }
        return extrapolated(line.at(0), steps, right, left);
    }

    /** For each start the steps that shrink from it; powers of two are not needed, since steps are only divided by. */
    private static double[] steps(double scale) {
        double[] steps = new double[STARTS.length * STEPS];
        for (int s = 0; s < STARTS.length; s++) {
            double step = STARTS[s] * scale;
            for (int i = 0; i < STEPS; i++) {
                steps[s * STEPS + i] = step;
                step /= SHRINK;
            }
        }
        return steps;
    }

    private static Estimate extrapolated(double[] here, double[] steps, double[][] right, double[][] left) {
        Estimate estimate = new Estimate(new double[here.length], new double[here.length], new String[here.length],
                new double[here.length], new double[here.length], true);
        int last = steps.length - 1;
        for (int k = 0; k < here.length; k++) {
            double best = Double.NaN;
            double error = Double.POSITIVE_INFINITY;
            for (int s = 0; s < STARTS.length; s++) {
                double[] found = tableau(k, s * STEPS, here[k], steps, right, left);
                if (found[1] < error) {
                    best = found[0];
                    error = found[1];
                }
            }
            estimate.left()[k] = (here[k] - left[last][k]) / steps[last];
            estimate.right()[k] = (right[last][k] - here[k]) / steps[last];
            estimate.values()[k] = best;
            estimate.errors()[k] = SAFETY * error;
            estimate.doubts()[k] = doubt(estimate, k, here[k], kinked(k, here, steps, right, left));
            estimate.values()[k] = estimate.doubts()[k] == null ? best : Double.NaN;
        }
        return estimate;
    }

    private static String doubt(Estimate estimate, int k, double here, boolean kinked) {
        double left = estimate.left()[k];
        double right = estimate.right()[k];
        if (!Double.isFinite(here)) {
            return Decimals.UNDEFINED;
        } else if (kinked) {
            return "a kink: slope " + Text.digits(left) + " on the left, " + Text.digits(right) + " on the right";
        }
        return Double.isFinite(estimate.values()[k]) && Double.isFinite(left) && Double.isFinite(right) ? null
                : "the domain ends here, or the slope is infinite";
    }

    /**
     * Whether the slopes on both sides stay apart as the step shrinks: those of a smooth function come together in proportion to
     * the step.
     */
    private static boolean kinked(int k, double[] here, double[] steps, double[][] right, double[][] left) {
        int from = steps.length - STEPS;
        int to = steps.length - 1;
        double wide = Math.abs(right[from][k] + left[from][k] - 2 * here[k]) / steps[from];
        double near = Math.abs(right[to][k] + left[to][k] - 2 * here[k]) / steps[to];
        double noise = 64 * Math.ulp(Math.max(Math.abs(here[k]), Math.abs(right[to][k]))) / steps[to];
        double slopes = Math.max(Math.abs(right[to][k] - here[k]), Math.abs(left[to][k] - here[k])) / steps[to];
        return near > 0.5 * wide && near > noise && near > 1e-3 * slopes;
    }

    /** Neville's tableau in the square of the step: the entry that differs least from those that it is made of. */
    private static double[] tableau(int k, int from, double here, double[] steps, double[][] right, double[][] left) {
        double[] before = new double[STEPS];
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        for (int i = 0; i < STEPS; i++) {
            double h = steps[from + i];
            double[] row = new double[STEPS];
            row[0] = (right[from + i][k] - left[from + i][k]) / (2 * h);
            double rounding = Math.ulp(1.0) * Math.max(Math.abs(here),
                    Math.max(Math.abs(right[from + i][k]), Math.abs(left[from + i][k]))) / h;
            double factor = SHRINK * SHRINK;
            for (int j = 1; j <= i; j++) {
                row[j] = (row[j - 1] * factor - before[j - 1]) / (factor - 1);
                factor *= SHRINK * SHRINK;
                double off = Math.max(Math.abs(row[j] - row[j - 1]), Math.abs(row[j] - before[j - 1])) + rounding;
                if (off < error) {
                    error = off;
                    best = row[j];
                }
            }
            before = row;
        }
        return new double[] {best, error};
    }
}
