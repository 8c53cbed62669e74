package dualtape.bench;

import static dualtape.bench.ChainLimits.call;
import static dualtape.bench.ChainLimits.parsed;

import dualtape.control.Control;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.List;
import java.util.Map;

/** Rows of {@link Limits} over vectors and matrices. */
final class TensorLimits {
    private TensorLimits() {}

    /**
     * The likelihood of a mixture: Σᵢ log Σₖ exp(αₖ + Σⱼ qₖⱼ − ½ Σⱼ (e^{qₖⱼ} (xᵢⱼ − μₖⱼ))²), a map over points whose body is
     * written over whole tensors.
     */
    record Mixture(int k, int d, int n, Graph graph, double[] scale, double[] weights) implements LimitRow {
        Mixture(int k, int d, int n) {
            this(k, d, n, build(k, d, n), new double[k * d], new double[k]);
        }

        private static Graph build(int k, int d, int n) {
            GraphBuilder b = GraphBuilder.asWritten();
            Node alpha = b.input("alpha", Shape.of(k));
            Node mu = b.input("mu", Shape.of(k, d));
            Node q = b.input("q", Shape.of(k, d));
            Node x = b.input("x", Shape.of(n, d));
            Node scale = call(b, "exp", q);
            Node start = call(b, "+", alpha, sum(b, q));
            return b.graph(Control.mapSum(b, List.of(x), n, (row, slices) -> {
                Node scaled = call(row, "*", call(row, "-", slices.get(0), mu), scale);
                Node squares = sum(row, call(row, "*", scaled, scaled));
                return List.of(call(row, "logsumexp",
                        call(row, "-", start, call(row, "*", row.scalar(0.5), squares))));
            }));
        }

        private static Node sum(GraphBuilder b, Node x) {
            Operation sum = Operations.find("sum");
            return sum.call(b, List.of(x), Attributes.of(sum, Map.of("axis", 1.0)));
        }

        @Override
        public String name() {
            return "mixture-" + k + "x" + d + "x" + n;
        }

        @Override
        public List<String> wrt() {
            return List.of("alpha", "mu", "q");
        }

        @Override
        public double primal(double[] x) {
            int kd = k * d;
            for (int e = 0; e < kd; e++) {
                scale[e] = Math.exp(x[k + kd + e]);
            }
            double total = 0;
            for (int i = 0; i < n; i++) {
                total += point(x, k + 2 * kd + i * d);
            }
            return total;
        }

        /** One point's logsumexp; its terms, less the greatest, exponentiated, stay in the weights. */
        private double point(double[] x, int at) {
            int kd = k * d;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                double sum = x[c];
                double squares = 0;
                for (int j = 0; j < d; j++) {
                    double e = scale[c * d + j] * (x[at + j] - x[k + c * d + j]);
                    squares += e * e;
                    sum += x[k + kd + c * d + j];
                }
                weights[c] = sum - 0.5 * squares;
                greatest = Math.max(greatest, weights[c]);
            }
            double sum = 0;
            for (int c = 0; c < k; c++) {
                weights[c] = Math.exp(weights[c] - greatest);
                sum += weights[c];
            }
            for (int c = 0; c < k; c++) {
                weights[c] /= sum;
            }
            return greatest + Math.log(sum);
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            int kd = k * d;
            for (int e = 0; e < kd; e++) {
                scale[e] = Math.exp(x[k + kd + e]);
            }
            java.util.Arrays.fill(gradient, 0, k + 2 * kd, 0);
            double total = 0;
            for (int i = 0; i < n; i++) {
                int at = k + 2 * kd + i * d;
                total += point(x, at);
                for (int c = 0; c < k; c++) {
                    double w = weights[c];
                    gradient[c] += w;
                    for (int j = 0; j < d; j++) {
                        int e = c * d + j;
                        double scaled = scale[e] * (x[at + j] - x[k + e]);
                        gradient[k + e] += w * scaled * scale[e];
                        gradient[k + kd + e] += w * (1 - scaled * scaled);
                    }
                }
            }
            return total;
        }
    }

    /** ‖X w − y‖² by w. */
    record LeastSquares(int m, int n, Graph graph, double[] residual) implements LimitRow {
        LeastSquares(int m, int n) {
            this(m, n, parsed("r = X @ w - y; sum(r * r)", "X", new double[m][n], "w", new double[n], "y",
                    new double[m]), new double[m]);
        }

        @Override
        public String name() {
            return "leastsquares-" + m + "x" + n;
        }

        @Override
        public List<String> wrt() {
            return List.of("w");
        }

        @Override
        public double primal(double[] x) {
            int w = m * n;
            double sum = 0;
            for (int i = 0; i < m; i++) {
                double r = -x[w + n + i];
                for (int j = 0; j < n; j++) {
                    r += x[i * n + j] * x[w + j];
                }
                residual[i] = r;
                sum += r * r;
            }
            return sum;
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            double sum = primal(x);
            java.util.Arrays.fill(gradient, 0, n, 0);
            for (int i = 0; i < m; i++) {
                double r = 2 * residual[i];
                for (int j = 0; j < n; j++) {
                    gradient[j] += r * x[i * n + j];
                }
            }
            return sum;
        }
    }

    /** log Σ exp(x). */
    record LogSumExp(int n, Graph graph) implements LimitRow {
        LogSumExp(int n) {
            this(n, parsed("logsumexp(x)", "x", new double[n]));
        }

        @Override
        public String name() {
            return "logsumexp-" + n;
        }

        @Override
        public List<String> wrt() {
            return List.of("x");
        }

        @Override
        public double primal(double[] x) {
            double greatest = greatest(x);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += Math.exp(x[i] - greatest);
            }
            return greatest + Math.log(sum);
        }

        private double greatest(double[] x) {
            double greatest = x[0];
            for (int i = 1; i < n; i++) {
                greatest = Math.max(greatest, x[i]);
            }
            return greatest;
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            double greatest = greatest(x);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                gradient[i] = Math.exp(x[i] - greatest);
                sum += gradient[i];
            }
            double factor = 1 / sum;
            for (int i = 0; i < n; i++) {
                gradient[i] *= factor;
            }
            return greatest + Math.log(sum);
        }
    }
}
