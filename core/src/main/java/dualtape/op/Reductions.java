package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.numbers.Doubles;
import dualtape.kernel.Forms;
import dualtape.kernel.PartialSums;
import dualtape.kernel.Task;
import dualtape.kernel.TensorKernels;

/** Kernels of the operations that work lane by lane. All read operand 0, write result 0 and use the scratch after it. */
final class Reductions {
    /** Lanes that are added side by side when they interleave: a row of them is one cache line or two. */
    private static final int SIDE = 16;
    /** The elements of one block of exponentials: a multiple of the number of partial sums, small enough for the first cache. */
    private static final int BLOCK = 512;

    private Reductions() {}

    /** What one lane gives; {@code p} is scratch. */
    private interface Lane {
        void run(double[] x, int at, double[] y, int yAt, int yStride, double[] p, int pAt);
    }

    private static Kernel lanes(Axis lanes, boolean reduces, Lane lane) {
        return lanes(lanes, reduces, 0, lane);
    }

    /** A kernel whose lanes need {@code more} doubles of scratch beside the partial sums. */
    private static Kernel lanes(Axis lanes, boolean reduces, int more, Lane lane) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                int n = lanes.extent();
                int inner = lanes.inner();
                for (int o = 0; o < lanes.outer(); o++) {
                    for (int i = 0; i < inner; i++) {
                        int at = lanes.at(o, 0, i);
                        int to = reduces ? o * inner + i : at;
                        lane.run(x[0], xAt[0] + at, y[0], yAt[0] + to, inner, y[1], yAt[1]);
                    }
                }
            }

            @Override
            public int workspace() {
                return Sums.WIDTH + more;
            }
        };
    }

    static Kernel sum(Axis lanes) {
        return lanes.inner() > 1 ? interleavedSum(lanes) : lanes(lanes, true,
                (x, at, y, yAt, stride, p, pAt) -> y[yAt] = Sums.sum(x, at, lanes.extent(), 1, p, pAt));
    }

    /** The sums of a block of neighbouring lanes at once, so that memory is read in order. */
    private static Kernel interleavedSum(Axis lanes) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                for (int o = 0; o < lanes.outer(); o++) {
                    for (int i = 0; i < lanes.inner(); i += SIDE) {
                        int side = Math.min(SIDE, lanes.inner() - i);
                        block(x[0], xAt[0] + lanes.at(o, 0, i), y[0], yAt[0] + o * lanes.inner() + i, side, y[1],
                                yAt[1]);
                    }
                }
            }

            private void block(double[] x, int at, double[] y, int yAt, int side, double[] p, int pAt) {
                int n = lanes.extent();
                java.util.Arrays.fill(p, pAt, pAt + Math.min(n, Sums.WIDTH) * SIDE, 0);
                for (int k = 0; k < n; k++) {
                    int row = at + k * lanes.inner();
                    int to = pAt + k % Sums.WIDTH * SIDE;
                    for (int j = 0; j < side; j++) {
                        p[to + j] += x[row + j];
                    }
                }
                for (int half = Sums.WIDTH / 2; half > 0; half /= 2) {
                    for (int r = 0; r < half && r + half < n; r++) {
                        for (int j = 0; j < side; j++) {
                            p[pAt + r * SIDE + j] += p[pAt + (r + half) * SIDE + j];
                        }
                    }
                }
                for (int j = 0; j < side; j++) {
                    y[yAt + j] = n == 0 ? 0 : p[pAt + j];
                }
            }

            @Override
            public int workspace() {
                return Sums.WIDTH * SIDE;
            }
        };
    }

    static Kernel norm(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, true, (x, at, y, yAt, stride, p, pAt) -> {
            double largest = 0;
            for (int k = 0; k < n; k++) {
                largest = Math.max(largest, Math.abs(x[at + k * stride]));
            }
            if (largest == 0 || !Double.isFinite(largest)) {
                y[yAt] = largest;
                return;
            }
            // A power of two, so that scaling rounds nothing; 1 unless squares would overflow or vanish.
            int exponent = Math.getExponent(largest);
            double scale = Math.abs(exponent) < 400 ? 1 : Math.scalb(1.0, -Math.max(exponent, -1000));
            PartialSums.clear(p, pAt, n);
            for (int k = 0; k < n; k++) {
                double scaled = x[at + k * stride] * scale;
                int j = pAt + k % Sums.WIDTH;
                p[j] = Math.fma(scaled, scaled, p[j]);
            }
            y[yAt] = Math.sqrt(PartialSums.tree(p, pAt, n)) / scale;
        });
    }

    static Kernel pNorm(Axis lanes, double p) {
        int n = lanes.extent();
        return lanes(lanes, true, (x, at, y, yAt, stride, partial, pAt) -> {
            double largest = 0;
            for (int k = 0; k < n; k++) {
                largest = Math.max(largest, Math.abs(x[at + k * stride]));
            }
            PartialSums.clear(partial, pAt, n);
            for (int k = 0; k < n; k++) {
                partial[pAt + k % Sums.WIDTH] += Doubles.pow(Math.abs(x[at + k * stride]) / largest, p);
            }
            boolean plain = largest == 0 || !Double.isFinite(largest);
            y[yAt] = plain ? largest : largest * Doubles.pow(PartialSums.tree(partial, pAt, n), 1 / p);
        });
    }

    static Kernel extreme(Axis lanes, boolean greatest) {
        int n = lanes.extent();
        if (greatest && lanes.inner() == 1) {
            return lanes(lanes, true,
                    (x, at, y, yAt, stride, p, pAt) -> y[yAt] = Forms.of(Task.MAX, n).max(x, at, n));
        }
        return lanes(lanes, true, (x, at, y, yAt, stride, p, pAt) -> {
            double extreme = x[at];
            for (int k = 1; k < n; k++) {
                double next = x[at + k * stride];
                if (next != next || (greatest ? extreme < next : next < extreme)) {
                    extreme = next;
                }
            }
            y[yAt] = extreme;
        });
    }

    static Kernel argExtreme(Axis lanes, boolean greatest) {
        int n = lanes.extent();
        return lanes(lanes, true, (x, at, y, yAt, stride, p, pAt) -> {
            int index = 0;
            double best = x[at];
            for (int k = 1; k < n && best == best; k++) {
                double next = x[at + k * stride];
                if (next != next || (greatest ? best < next : next < best)) {
                    best = next;
                    index = k;
                }
            }
            y[yAt] = index;
        });
    }

    static Kernel share(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, false, (x, at, y, yAt, stride, p, pAt) -> {
            double greatest = greatest(x, at, n, stride);
            int ties = 0;
            for (int k = 0; k < n; k++) {
                ties += x[at + k * stride] == greatest ? 1 : 0;
            }
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] = (x[at + k * stride] == greatest ? 1.0 : 0.0) / ties;
            }
        });
    }

    static Kernel logSumExp(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, true, block(lanes), (x, at, y, yAt, stride, p, pAt) -> {
            double shift = shift(x, at, n, stride);
            y[yAt] = shift + Doubles.log(sumOfExp(x, at, n, stride, shift, p, pAt));
        });
    }

    static Kernel logSoftmax(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, false, block(lanes), (x, at, y, yAt, stride, p, pAt) -> {
            double shift = shift(x, at, n, stride);
            double log = Doubles.log(sumOfExp(x, at, n, stride, shift, p, pAt));
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] = x[at + k * stride] - shift - log;
            }
        });
    }

    private static int block(Axis lanes) {
        return lanes.inner() == 1 ? Math.min(BLOCK, lanes.extent()) : 0;
    }

    /** The greatest of a lane, or 0 where it is infinite or NaN: subtracted from the exponents. */
    private static double shift(double[] x, int at, int n, int stride) {
        double greatest = greatest(x, at, n, stride);
        return Double.isFinite(greatest) ? greatest : 0;
    }

    /** Σ exp(x − shift). Lanes of neighbours go block by block through the scratch that follows the partial sums. */
    private static double sumOfExp(double[] x, int at, int n, int stride, double shift, double[] p, int pAt) {
        PartialSums.clear(p, pAt, n);
        if (stride == 1) {
            TensorKernels exp = Forms.of(Task.SHIFTED_EXP, n);
            TensorKernels sum = Forms.of(Task.SUM, n);
            for (int k = 0; k < n; k += BLOCK) {
                int count = Math.min(BLOCK, n - k);
                exp.shiftedExp(x, at + k, shift, p, pAt + PartialSums.WIDTH, count);
                sum.accumulate(p, pAt + PartialSums.WIDTH, count, p, pAt);
            }
        } else {
            for (int k = 0; k < n; k++) {
                p[pAt + k % Sums.WIDTH] += Doubles.exp(x[at + k * stride] - shift);
            }
        }
        return PartialSums.tree(p, pAt, n);
    }

    static Kernel softmax(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, false, (x, at, y, yAt, stride, p, pAt) -> softmax(x, at, n, y, yAt, stride, p, pAt));
    }

    /** The softmax of one lane goes to y; returns the logarithm of its sum of exponentials. */
    static double softmax(double[] x, int at, int n, double[] y, int yAt, int stride, double[] p, int pAt) {
        double shift = shift(x, at, n, stride);
        double sum;
        if (stride == 1) {
            sum = exps(x, at, n, shift, y, yAt, p, pAt);
        } else {
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] = Doubles.exp(x[at + k * stride] - shift);
            }
            sum = Sums.sum(y, yAt, n, stride, p, pAt);
        }
        divide(y, yAt, n, stride, sum);
        return shift + Doubles.log(sum);
    }

    /** y = exp(x − shift), and the sum of it, block by block. */
    private static double exps(double[] x, int at, int n, double shift, double[] y, int yAt, double[] p, int pAt) {
        PartialSums.clear(p, pAt, n);
        TensorKernels exp = Forms.of(Task.SHIFTED_EXP, n);
        TensorKernels sum = Forms.of(Task.SUM, n);
        for (int k = 0; k < n; k += BLOCK) {
            int count = Math.min(BLOCK, n - k);
            exp.shiftedExp(x, at + k, shift, y, yAt + k, count);
            sum.accumulate(y, yAt + k, count, p, pAt);
        }
        return PartialSums.tree(p, pAt, n);
    }

    private static void divide(double[] y, int at, int n, int stride, double by) {
        if (stride == 1) {
            for (int k = 0; k < n; k++) {
                y[at + k] /= by;
            }
        } else {
            for (int k = 0; k < n; k++) {
                y[at + k * stride] /= by;
            }
        }
    }

    private static double greatest(double[] x, int at, int n, int stride) {
        if (stride == 1) {
            return Forms.of(Task.MAX, n).max(x, at, n);
        }
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            greatest = Math.max(greatest, x[at + k * stride]);
        }
        return greatest;
    }
}
