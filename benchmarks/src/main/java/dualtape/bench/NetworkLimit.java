package dualtape.bench;

import dualtape.ir.Graph;
import java.util.Arrays;
import java.util.List;

/** A row of {@link Limits}: a network 64-128-10 with tanh and softmax cross-entropy, over a batch of 32, by its weights. */
final class NetworkLimit implements LimitRow {
    private static final int IN = 64;
    private static final int HIDDEN = 128;
    private static final int OUT = 10;
    private static final int BATCH = 32;
    private static final int W1 = BATCH * IN;
    private static final int B1 = W1 + IN * HIDDEN;
    private static final int W2 = B1 + HIDDEN;
    private static final int B2 = W2 + HIDDEN * OUT;
    private static final int Y = B2 + OUT;

    private final Graph graph = ChainLimits.parsed(
            "Z = tanh(X @ W1 + b1) @ W2 + b2; mean(logsumexp(Z, axis=1) - sum(Z * Y, axis=1))",
            "X", new double[BATCH][IN], "W1", new double[IN][HIDDEN], "b1", new double[HIDDEN], "W2",
            new double[HIDDEN][OUT], "b2", new double[OUT], "Y", new double[BATCH][OUT]);
    private final double[] hidden = new double[HIDDEN];
    private final double[] out = new double[OUT];
    private final double[] back = new double[HIDDEN];

    @Override
    public String name() {
        return "network-64-128-10";
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public List<String> wrt() {
        return List.of("W1", "b1", "W2", "b2");
    }

    @Override
    public double[] point() {
        double[] x = LimitRow.super.point();
        Arrays.fill(x, Y, Y + BATCH * OUT, 0);
        for (int i = 0; i < BATCH; i++) {
            x[Y + i * OUT + i % OUT] = 1;
        }
        return x;
    }

    @Override
    public double primal(double[] x) {
        double sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum += example(x, i);
        }
        return sum / BATCH;
    }

    /** The loss of one example; its hidden values and softmax stay. */
    private double example(double[] x, int i) {
        System.arraycopy(x, B1, hidden, 0, HIDDEN);
        for (int k = 0; k < IN; k++) {
            double xk = x[i * IN + k];
            for (int h = 0; h < HIDDEN; h++) {
                hidden[h] += xk * x[W1 + k * HIDDEN + h];
            }
        }
        System.arraycopy(x, B2, out, 0, OUT);
        for (int h = 0; h < HIDDEN; h++) {
            hidden[h] = Math.tanh(hidden[h]);
            for (int o = 0; o < OUT; o++) {
                out[o] += hidden[h] * x[W2 + h * OUT + o];
            }
        }
        double greatest = out[0];
        double chosen = 0;
        for (int o = 0; o < OUT; o++) {
            greatest = Math.max(greatest, out[o]);
            chosen += out[o] * x[Y + i * OUT + o];
        }
        double sum = 0;
        for (int o = 0; o < OUT; o++) {
            out[o] = Math.exp(out[o] - greatest);
            sum += out[o];
        }
        for (int o = 0; o < OUT; o++) {
            out[o] /= sum;
        }
        return greatest + Math.log(sum) - chosen;
    }

    @Override
    public double gradient(double[] x, double[] gradient) {
        Arrays.fill(gradient, 0, Y - W1, 0);
        double total = 0;
        for (int i = 0; i < BATCH; i++) {
            total += example(x, i);
            for (int o = 0; o < OUT; o++) {
                out[o] = (out[o] - x[Y + i * OUT + o]) / BATCH;
                gradient[B2 - W1 + o] += out[o];
            }
            for (int h = 0; h < HIDDEN; h++) {
                double sum = 0;
                for (int o = 0; o < OUT; o++) {
                    gradient[W2 - W1 + h * OUT + o] += hidden[h] * out[o];
                    sum += x[W2 + h * OUT + o] * out[o];
                }
                back[h] = sum * (1 - hidden[h] * hidden[h]);
                gradient[B1 - W1 + h] += back[h];
            }
            for (int k = 0; k < IN; k++) {
                double xk = x[i * IN + k];
                for (int h = 0; h < HIDDEN; h++) {
                    gradient[k * HIDDEN + h] += xk * back[h];
                }
            }
        }
        return total / BATCH;
    }
}
