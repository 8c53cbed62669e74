package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.numbers.Doubles;

/** Kernels of the operations that work lane by lane. All read operand 0, write result 0 and use the scratch after it. */
final class Reductions {
    /** Lanes that are added side by side when they interleave: a row of them is one cache line or two. */
    private static final int SIDE = 16;

    private Reductions() {}

    /** What one lane gives; {@code p} is scratch. */
    private interface Lane {
        void run(double[] x, int at, double[] y, int yAt, int yStride, double[] p, int pAt);
    }

    private static Kernel lanes(Axis lanes, boolean reduces, Lane lane) {
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
                return Sums.WIDTH;
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
            Sums.clear(p, pAt, n);
            for (int k = 0; k < n; k++) {
                double scaled = x[at + k * stride] * scale;
                int j = pAt + k % Sums.WIDTH;
                p[j] = Math.fma(scaled, scaled, p[j]);
            }
            y[yAt] = Math.sqrt(Sums.tree(p, pAt, n)) / scale;
        });
    }

    static Kernel pNorm(Axis lanes, double p) {
        int n = lanes.extent();
        return lanes(lanes, true, (x, at, y, yAt, stride, partial, pAt) -> {
            double largest = 0;
            for (int k = 0; k < n; k++) {
                largest = Math.max(largest, Math.abs(x[at + k * stride]));
            }
            Sums.clear(partial, pAt, n);
            for (int k = 0; k < n; k++) {
                partial[pAt + k % Sums.WIDTH] += Doubles.pow(Math.abs(x[at + k * stride]) / largest, p);
            }
            boolean plain = largest == 0 || !Double.isFinite(largest);
            y[yAt] = plain ? largest : largest * Doubles.pow(Sums.tree(partial, pAt, n), 1 / p);
        });
    }

    static Kernel extreme(Axis lanes, boolean greatest) {
        int n = lanes.extent();
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
        return lanes(lanes, true, (x, at, y, yAt, stride, p, pAt) -> {
            double greatest = greatest(x, at, n, stride);
            double shift = Double.isFinite(greatest) ? greatest : 0;
            Sums.clear(p, pAt, n);
            for (int k = 0; k < n; k++) {
                p[pAt + k % Sums.WIDTH] += Doubles.exp(x[at + k * stride] - shift);
            }
            y[yAt] = shift + Doubles.log(Sums.tree(p, pAt, n));
        });
    }

    static Kernel logSoftmax(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, false, (x, at, y, yAt, stride, p, pAt) -> {
            double greatest = greatest(x, at, n, stride);
            double shift = Double.isFinite(greatest) ? greatest : 0;
            Sums.clear(p, pAt, n);
            for (int k = 0; k < n; k++) {
                p[pAt + k % Sums.WIDTH] += Doubles.exp(x[at + k * stride] - shift);
            }
            double log = Doubles.log(Sums.tree(p, pAt, n));
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] = x[at + k * stride] - shift - log;
            }
        });
    }

    static Kernel softmax(Axis lanes) {
        int n = lanes.extent();
        return lanes(lanes, false, (x, at, y, yAt, stride, p, pAt) -> {
            double greatest = greatest(x, at, n, stride);
            double shift = Double.isFinite(greatest) ? greatest : 0;
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] = Doubles.exp(x[at + k * stride] - shift);
            }
            double sum = Sums.sum(y, yAt, n, stride, p, pAt);
            for (int k = 0; k < n; k++) {
                y[yAt + k * stride] /= sum;
            }
        });
    }

    private static double greatest(double[] x, int at, int n, int stride) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            greatest = Math.max(greatest, x[at + k * stride]);
        }
        return greatest;
    }
}
