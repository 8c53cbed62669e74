package dualtape.workload;

import static dualtape.workload.References.array;
import static dualtape.workload.References.number;

import java.util.Map;
import org.apache.commons.math3.special.Gamma;

/** The modules' values by plain loops over doubles. */
final class PlainValues {
    private PlainValues() {}

    static double[] llsq(double[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double t = -1 + i * 2.0 / (n - 1);
            double residual = t > 0 ? 1 : t < 0 ? -1 : 0;
            for (int j = 0; j < x.length; j++) {
                residual -= x[j] * Math.pow(t, j);
            }
            sum += residual * residual;
        }
        return new double[] {sum / 2};
    }

    static double[] lse(double[] x) {
        double sum = 0;
        for (double element : x) {
            sum += Math.exp(element);
        }
        return new double[] {Math.log(sum)};
    }

    static double[] gmm(Map<?, ?> in) {
        int d = (int) number(in, "d");
        int k = (int) number(in, "k");
        int n = (int) number(in, "n");
        double m = number(in, "m");
        double gamma = number(in, "gamma");
        double[] x = array(in, "x");
        double[] alpha = array(in, "alpha");
        double[] mu = array(in, "mu");
        double[] q = array(in, "q");
        double[] l = array(in, "l");
        int below = d * (d - 1) / 2;
        double total = -n * (d / 2.0 * Math.log(2 * Math.PI) + lse(alpha)[0]);
        for (int i = 0; i < n; i++) {
            double[] terms = new double[k];
            for (int c = 0; c < k; c++) {
                double[] y = new double[d];
                int next = c * below;
                for (int col = 0; col < d; col++) {
                    double difference = x[i * d + col] - mu[c * d + col];
                    y[col] += Math.exp(q[c * d + col]) * difference;
                    for (int row = col + 1; row < d; row++) {
                        y[row] += l[next++] * difference;
                    }
                }
                terms[c] = alpha[c];
                for (int j = 0; j < d; j++) {
                    terms[c] += q[c * d + j] - y[j] * y[j] / 2;
                }
            }
            total += lse(terms)[0];
        }
        double freedom = d + m + 1;
        double constant = freedom * d * (Math.log(gamma) - Math.log(2) / 2) - d * (d - 1) / 4.0 * Math.log(Math.PI);
        for (int j = 1; j <= d; j++) {
            constant -= Gamma.logGamma(freedom / 2 + (1 - j) / 2.0);
        }
        total += k * constant;
        for (int e = 0; e < k * d; e++) {
            total -= gamma * gamma / 2 * Math.exp(2 * q[e]) - m * q[e];
        }
        for (double element : l) {
            total -= gamma * gamma / 2 * element * element;
        }
        return new double[] {total};
    }

    static double[] kmeans(Map<?, ?> in) {
        double[] points = array(in, "points");
        double[] centroids = array(in, "centroids");
        int d = ((dualtape.ir.Tensor) in.get("points")).shape().extent(1);
        double sum = 0;
        for (int i = 0; i < points.length; i += d) {
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < centroids.length; j += d) {
                double distance = 0;
                for (int e = 0; e < d; e++) {
                    distance += Math.pow(points[i + e] - centroids[j + e], 2);
                }
                least = Math.min(least, distance);
            }
            sum += least;
        }
        return new double[] {sum};
    }

    static double[] lstm(Map<?, ?> in) {
        dualtape.ir.Shape shape = ((dualtape.ir.Tensor) in.get("state")).shape();
        int l = shape.extent(0) / 2;
        int b = shape.extent(1);
        double[] main = array(in, "main_params");
        double[] extra = array(in, "extra_params");
        double[] state = array(in, "state");
        double[] sequence = array(in, "sequence");
        int c = sequence.length / b;
        double total = 0;
        for (int t = 0; t + 1 < c; t++) {
            double[] y = new double[b];
            double sum = 2;
            for (int e = 0; e < b; e++) {
                double v = sequence[t * b + e] * extra[e];
                for (int i = 0; i < l; i++) {
                    int w = i * 8 * b + e;
                    int bias = w + 4 * b;
                    int hidden = 2 * i * b + e;
                    int cell = hidden + b;
                    double forget = sigmoid(v * main[w] + main[bias]);
                    double ingate = sigmoid(state[hidden] * main[w + b] + main[bias + b]);
                    double out = sigmoid(v * main[w + 2 * b] + main[bias + 2 * b]);
                    double change = Math.tanh(state[hidden] * main[w + 3 * b] + main[bias + 3 * b]);
                    state[cell] = state[cell] * forget + ingate * change;
                    state[hidden] = out * Math.tanh(state[cell]);
                    v = state[hidden];
                }
                y[e] = v * extra[b + e] + extra[2 * b + e];
                sum += Math.exp(y[e]);
            }
            for (int e = 0; e < b; e++) {
                total += sequence[(t + 1) * b + e] * (y[e] - Math.log(sum));
            }
        }
        return new double[] {-total / (b * (c - 1))};
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double[] ode(double[] x, int s) {
        double h = 2.0 / s;
        double[] y = new double[x.length];
        for (int step = 0; step < s; step++) {
            double[] k1 = slope(x, y, y, 0);
            double[] k2 = slope(x, y, k1, h / 2);
            double[] k3 = slope(x, y, k2, h / 2);
            double[] k4 = slope(x, y, k3, h);
            for (int i = 0; i < y.length; i++) {
                y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
        }
        return y;
    }

    private static double[] slope(double[] x, double[] y, double[] k, double h) {
        double[] slope = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            slope[i] = x[i] * (i == 0 ? 1 : y[i - 1] + h * k[i - 1]);
        }
        return slope;
    }
}
