package dualtape.workload;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** The modules that descend, by plain loops; gradients by formulas of the case, or by differences of the fifth order. */
final class PlainDescents {
    private PlainDescents() {}

    private static double[] descend(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient, double[] start) {
        double[] x = start;
        double step = 1e-5;
        int successes = 0;
        while (true) {
            double[] g = gradient.apply(x);
            if (norm(g) <= 1e-5) {
                return x;
            } else if (successes == 10) {
                step *= 2;
                successes = 0;
                continue;
            }
            double[] next = new double[x.length];
            double[] moved = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                next[i] = x[i] - step * g[i];
                moved[i] = x[i] - next[i];
            }
            if (norm(moved) <= 1e-5) {
                return x;
            } else if (f.applyAsDouble(next) < f.applyAsDouble(x)) {
                x = next;
                successes++;
            } else {
                step /= 2;
                successes = 0;
            }
        }
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double element : x) {
            sum += element * element;
        }
        return Math.sqrt(sum);
    }

    static double[] particle(double start) {
        return descend(w -> landing(w[0], steps(w[0])), w -> new double[] {slope(w[0])}, new double[] {start});
    }

    /** The difference is that of one smooth function: with as many steps on all sides. */
    private static double slope(double w) {
        double h = 1e-4;
        int steps = steps(w);
        return (8 * (landing(w + h, steps) - landing(w - h, steps)) - landing(w + 2 * h, steps)
                + landing(w - 2 * h, steps))
                / (12 * h);
    }

    private static int steps(double w) {
        int steps = 1;
        while (fall(w, steps)[1] > 0) {
            steps++;
        }
        return steps;
    }

    private static double landing(double w, int steps) {
        double[] last = fall(w, steps);
        return Math.pow(last[0] - last[2] * last[1] / last[3], 2);
    }

    /** Place and velocity after some steps; the velocity that of the last step. */
    private static double[] fall(double w, int steps) {
        double x = 0;
        double y = 8;
        double vx = 0.75;
        double vy = 0;
        for (int step = 1;; step++) {
            double first = Math.pow(Math.hypot(x - 10, y - (10 - w)), -3);
            double second = Math.pow(Math.hypot(x - 10, y), -3);
            double ax = (x - 10) * first + (x - 10) * second;
            double ay = (y - (10 - w)) * first + y * second;
            x += 0.1 * vx;
            y += 0.1 * vy;
            if (step == steps) {
                return new double[] {x, y, vx, vy};
            }
            vx += 0.1 * ax;
            vy += 0.1 * ay;
        }
    }

    /** In both directions: the function is its own negative with the parts exchanged, so that the inner search is a constant. */
    static double[] saddle(double[] start) {
        ToDoubleFunction<double[]> square = x -> x[0] * x[0] + x[1] * x[1];
        UnaryOperator<double[]> twice = x -> new double[] {2 * x[0], 2 * x[1]};
        double[] inner = descend(square, twice, start);
        double[] outer = descend(x -> square.applyAsDouble(x) - square.applyAsDouble(inner), twice, start);
        return new double[] {outer[0], outer[1], inner[0], inner[1]};
    }
}
