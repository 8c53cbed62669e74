package dualtape.bench;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A power law y = c·n^p fitted on log-log axes by least squares.
 *
 * @param exponent the slope p
 * @param margin half the width of its 95 % confidence interval, by Student's t
 * @param points the number of points
 */
public record PowerLaw(double exponent, double margin, int points) {
    /**
     * The fit.
     *
     * @param n sizes, positive, at least 3
     * @param y measurements, positive
     */
    public static PowerLaw fit(double[] n, double[] y) {
        if (n.length != y.length || n.length < 3) {
            throw new IllegalArgumentException(
                    "a power law needs at least 3 points, got " + n.length + " and " + y.length);
        }
        SimpleRegression regression = new SimpleRegression();
        for (int i = 0; i < n.length; i++) {
            regression.addData(Math.log(n[i]), Math.log(y[i]));
        }
        double quantile = new TDistribution(null, n.length - 2).inverseCumulativeProbability(0.975);
        double error = regression.getSlopeStdErr();
        return new PowerLaw(regression.getSlope(), Double.isNaN(error) ? 0 : quantile * error, n.length);
    }

    /** Whether an exponent lies in the interval, widened by {@code slack}. */
    public boolean holds(double expected, double slack) {
        return Math.abs(exponent - expected) <= margin + slack;
    }

    /** As in {@code n^1.00 ± 0.01}. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "n^%.2f ± %.2f", exponent + 0.0, margin);
    }
}
