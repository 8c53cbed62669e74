package dualtape.control;

import dualtape.ir.Bodied;
import dualtape.ir.Kernel;
import java.util.Arrays;

/** A while over doubles, or with its way back: then each trip leaves its carries on a tape that grows and is reused. */
final class WhileKernel implements Kernel {
    private final While loop;
    private final Bodied.Body condition;
    private final Bodied.Body body;
    private final WhileBack back;
    private final Bodied.Body backward;
    private final int[] inputs;
    private final int carrySize;

    /** {@code back} and {@code backward} are null for the loop alone. */
    WhileKernel(While loop, Bodied.Body condition, Bodied.Body body, WhileBack back, Bodied.Body backward) {
        this.loop = loop;
        this.condition = condition;
        this.body = body;
        this.back = back;
        this.backward = backward;
        this.inputs = ScanKernel.sizes(loop.body().inputs());
        this.carrySize = Arrays.stream(inputs, loop.consts(), inputs.length).sum();
    }

    @Override
    public Kernel instance() {
        return new Loop();
    }

    /** Without the tape, whose length depends on the values. */
    @Override
    public long held() {
        return condition.doubles() + body.doubles() + 2L * carrySize
                + (backward == null ? 0 : backward.doubles() + 2L * (carrySize + Arrays.stream(inputs).sum()));
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        instance().run(x, xAt, y, yAt);
    }

    private final class Loop implements Kernel {
        private final Bodied.Runner steer = condition.runner();
        private final Bodied.Runner trip = body.runner();
        private final Bodied.Runner way = backward == null ? null : backward.runner();
        private double[] carry = new double[carrySize];
        private double[] next = new double[carrySize];
        private double[] tape = new double[0];
        private double[] adjoint = new double[way == null ? 0 : carrySize];
        private double[] before = new double[way == null ? 0 : carrySize];
        private final double[] sums = new double[way == null ? 0 : Arrays.stream(inputs).sum()];
        private final double[] term = new double[sums.length];

        @Override
        public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            int consts = loop.consts();
            for (int i = 0; i < consts; i++) {
                steer.bind(i, x[i], xAt[i]);
                trip.bind(i, x[i], xAt[i]);
            }
            for (int i = consts, at = 0; i < inputs.length; at += inputs[i], i++) {
                System.arraycopy(x[i], xAt[i], carry, at, inputs[i]);
            }
            int trips = 0;
            while (holds()) {
                if (back != null) {
                    store(trips);
                }
                trips++;
                bind(trip, carry, 0);
                trip.run();
                for (int c = 0, at = 0; c < loop.carries(); at += inputs[consts + c], c++) {
                    trip.copy(c, next, at);
                }
                double[] swapped = carry;
                carry = next;
                next = swapped;
            }
            if (back != null) {
                goBack(trips, x, xAt, y, yAt);
                return;
            }
            for (int c = 0, at = 0; c < loop.carries(); at += inputs[consts + c], c++) {
                System.arraycopy(carry, at, y[c], yAt[c], inputs[consts + c]);
            }
        }

        private boolean holds() {
            bind(steer, carry, 0);
            steer.run();
            return steer.scalar(0) != 0;
        }

        private void bind(Bodied.Runner runner, double[] carries, int from) {
            for (int i = loop.consts(), at = from; i < inputs.length; at += inputs[i], i++) {
                runner.bind(i, carries, at);
            }
        }

        private void store(int trips) {
            int needed = Math.multiplyExact(trips + 1, carrySize);
            if (needed > tape.length) {
                tape = Arrays.copyOf(tape, Math.max(needed, Math.max(64, (int) Math.min(2L * tape.length, 1 << 30))));
            }
            System.arraycopy(carry, 0, tape, trips * carrySize, carrySize);
        }

        private void goBack(int trips, double[][] x, int[] xAt, double[][] y, int[] yAt) {
            int consts = loop.consts();
            int n = inputs.length;
            Arrays.fill(sums, 0);
            Arrays.fill(adjoint, 0);
            for (int c = 0, at = 0, operand = n; c < loop.carries(); at += inputs[consts + c], c++) {
                if (back.seeded()[c]) {
                    System.arraycopy(x[operand], xAt[operand], adjoint, at, inputs[consts + c]);
                    operand++;
                }
            }
            for (int i = 0; i < consts; i++) {
                way.bind(i, x[i], xAt[i]);
            }
            for (int k = trips - 1; k >= 0; k--) {
                tripBack(k);
            }
            for (int i = 0, at = 0, result = 0; i < n; i++) {
                if (back.wanted()[i]) {
                    double[] from = i < consts ? sums : adjoint;
                    System.arraycopy(from, i < consts ? at : place(i), y[result], yAt[result], inputs[i]);
                    result++;
                }
                at += inputs[i];
            }
        }

        /** Where operand i, a carry, lies among the carries. */
        private int place(int i) {
            return Arrays.stream(inputs, loop.consts(), i).sum();
        }

        private void tripBack(int k) {
            int consts = loop.consts();
            bind(way, tape, k * carrySize);
            for (int c = 0, at = 0, input = inputs.length; c < loop.carries(); at += inputs[consts + c], c++) {
                if (back.carried()[c]) {
                    way.bind(input++, adjoint, at);
                }
            }
            way.run();
            int output = 0;
            for (int i = 0, at = 0; i < consts; at += inputs[i], i++) {
                if (back.wanted()[i]) {
                    way.copy(output++, term, at);
                    for (int e = at; e < at + inputs[i]; e++) {
                        sums[e] += term[e];
                    }
                }
            }
            for (int c = 0, at = 0; c < loop.carries(); at += inputs[consts + c], c++) {
                if (back.carried()[c]) {
                    way.copy(output++, before, at);
                }
            }
            double[] swapped = adjoint;
            adjoint = before;
            before = swapped;
        }
    }
}
