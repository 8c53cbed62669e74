package dualtape.engine;

import java.util.Arrays;

/**
 * Central differences along directions: first ones (f(x + hv) − f(x − hv)) / 2h at h and at 2h, second ones over the four
 * points x ± hv ± kw, at (h, k) and at (2h, 2k). The difference of the two is three times the leading term of the
 * truncation error, and makes the error estimate with the rounding error of the values (Gill, Murray, Saunders and
 * Wright 1983).
 */
final class Differences {
    private static final double EPSILON = Math.ulp(1.0);
    private static final double FIRST = Math.cbrt(EPSILON);
    private static final double SECOND = Math.sqrt(Math.sqrt(EPSILON));

    private final Shifted f;
    private final double[][] values;
    private double[] x;

    Differences(Shifted f, int rows) {
        this.f = f;
        this.values = new double[8][rows];
    }

    /** From now on around this point. */
    void around(double[] point) {
        this.x = point;
    }

    /** The value at the point. */
    void value(double[] value) {
        System.arraycopy(x, 0, f.x(), 0, x.length);
        f.evaluate(value);
    }

    /**
     * First differences along v.
     *
     * @param slope receives a number for each element of the result
     * @param error receives their estimated errors
     */
    void first(double[] v, double[] slope, double[] error) {
        double h = step(v, FIRST);
        double[] steps = {h, -h, 2 * h, -2 * h};
        for (int s = 0; s < 4; s++) {
            at(v, steps[s], v, 0, values[s]);
        }
        for (int row = 0; row < slope.length; row++) {
            double near = (values[0][row] - values[1][row]) / (2 * h);
            double far = (values[2][row] - values[3][row]) / (4 * h);
            slope[row] = near;
            error[row] = Math.abs(near - far) + rounding(2, 3, row) / h;
        }
    }

    /** The second difference along v and w of a scalar function; {@code error[0]} receives its estimated error. */
    double second(double[] v, double[] w, double[] error) {
        double h = step(v, SECOND);
        double k = step(w, SECOND);
        double near = second(v, h, w, k, 0);
        double far = second(v, 2 * h, w, 2 * k, 4);
        error[0] = Math.abs(near - far) + rounding(0, 4, 0) / (h * k);
        return near;
    }

    private double second(double[] v, double h, double[] w, double k, int into) {
        at(v, h, w, k, values[into]);
        at(v, h, w, -k, values[into + 1]);
        at(v, -h, w, k, values[into + 2]);
        at(v, -h, w, -k, values[into + 3]);
        return (values[into][0] - values[into + 1][0] - values[into + 2][0] + values[into + 3][0]) / (4 * h * k);
    }

    private double rounding(int from, int to, int row) {
        return 16 * EPSILON * Math.max(Math.abs(values[from][row]), Math.abs(values[to][row]));
    }

    private void at(double[] v, double h, double[] w, double k, double[] value) {
        double[] shifted = f.x();
        for (int i = 0; i < x.length; i++) {
            shifted[i] = x[i] + h * v[i] + k * w[i];
        }
        f.evaluate(value);
    }

    /** A step along v, by the scale of the elements that it moves; a power of two along a unit vector adds exactly. */
    private double step(double[] v, double relative) {
        double moved = 0;
        double longest = 0;
        for (int i = 0; i < x.length; i++) {
            if (v[i] != 0) {
                moved = Math.max(moved, Math.abs(x[i]));
                longest = Math.max(longest, Math.abs(v[i]));
            }
        }
        if (longest == 0 || !Double.isFinite(longest)) {
            return relative;
        }
        double scale = moved != 0 && Double.isFinite(moved) ? moved : neighbours();
        return Math.scalb(1.0, Math.getExponent(relative * scale / longest));
    }

    /** A step for an element that is zero is as for one of the size of its neighbours, or of 1. */
    private double neighbours() {
        double least = Arrays.stream(x).map(Math::abs).filter(e -> e > 0 && e < 1).min().orElse(1);
        return Math.max(least, 1e-3);
    }
}
