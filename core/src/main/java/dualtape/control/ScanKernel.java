package dualtape.control;

import dualtape.ir.Bodied;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import java.util.Arrays;
import java.util.List;

/** A scan over doubles. An instance holds the memory of its body, two sets of carries and the partial sums. */
final class ScanKernel implements Kernel {
    private final Scan scan;
    private final Bodied.Body body;
    private final int[] inputs;
    private final int[] outputs;
    private final int carrySize;
    private final int sumSize;

    ScanKernel(Scan scan, Bodied.Body body) {
        this.scan = scan;
        this.body = body;
        this.inputs = sizes(scan.body().inputs());
        this.outputs = sizes(scan.body().outputs());
        this.carrySize = Arrays.stream(outputs, 0, scan.carries()).sum();
        this.sumSize = Arrays.stream(outputs, scan.carries(), scan.carries() + scan.sums()).sum();
    }

    static int[] sizes(List<? extends Node> nodes) {
        return nodes.stream().mapToInt(node -> node.shape().size()).toArray();
    }

    @Override
    public Kernel instance() {
        return new Loop();
    }

    @Override
    public long held() {
        return body.doubles() + 2L * carrySize + (Partials.WIDTH + 1L) * sumSize;
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        instance().run(x, xAt, y, yAt);
    }

    private final class Loop implements Kernel {
        private final Bodied.Runner runner = body.runner();
        private double[] carry = new double[carrySize];
        private double[] next = new double[carrySize];
        private final double[] partials = new double[Partials.WIDTH * sumSize];
        private final double[] term = new double[sumSize];

        @Override
        public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            int consts = scan.consts();
            int carries = scan.carries();
            for (int i = 0; i < consts; i++) {
                runner.bind(i, x[i], xAt[i]);
            }
            for (int c = 0, at = 0; c < carries; at += inputs[consts + c], c++) {
                System.arraycopy(x[consts + c], xAt[consts + c], carry, at, inputs[consts + c]);
            }
            Arrays.fill(partials, 0);
            for (int k = 0; k < scan.length(); k++) {
                trip(scan.slice(k), x, xAt, y, yAt);
            }
            for (int c = 0, at = 0; c < carries; at += outputs[c], c++) {
                System.arraycopy(carry, at, y[c], yAt[c], outputs[c]);
            }
            sums(y, yAt);
        }

        private void trip(int slice, double[][] x, int[] xAt, double[][] y, int[] yAt) {
            int consts = scan.consts();
            int carries = scan.carries();
            for (int c = 0, at = 0; c < carries; at += inputs[consts + c], c++) {
                runner.bind(consts + c, carry, at);
            }
            for (int i = consts + carries; i < inputs.length; i++) {
                runner.bind(i, x[i], xAt[i] + slice * inputs[i]);
            }
            runner.run();
            for (int c = 0, at = 0; c < carries; at += outputs[c], c++) {
                runner.copy(c, next, at);
            }
            for (int s = 0, at = 0; s < scan.sums(); at += outputs[carries + s], s++) {
                runner.copy(carries + s, term, at);
            }
            int partial = slice % Partials.WIDTH * sumSize;
            for (int e = 0; e < sumSize; e++) {
                partials[partial + e] += term[e];
            }
            for (int j = carries + scan.sums(); j < outputs.length; j++) {
                runner.copy(j, y[j], yAt[j] + slice * outputs[j]);
            }
            double[] swapped = carry;
            carry = next;
            next = swapped;
        }

        private void sums(double[][] y, int[] yAt) {
            for (int half = Partials.WIDTH / 2; half > 0; half /= 2) {
                for (int p = 0; p < half && p + half < scan.length(); p++) {
                    for (int e = 0; e < sumSize; e++) {
                        partials[p * sumSize + e] += partials[(p + half) * sumSize + e];
                    }
                }
            }
            for (int s = 0, at = 0; s < scan.sums(); at += outputs[scan.carries() + s], s++) {
                int j = scan.carries() + s;
                System.arraycopy(partials, at, y[j], yAt[j], outputs[j]);
            }
        }
    }
}
