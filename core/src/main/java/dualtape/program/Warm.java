package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.kernel.Warming;
import java.util.Arrays;

/** A generated loop with a form on vectors, which takes over once it is warm. Both give the same bits, so nobody sees the change. */
final class Warm implements Kernel {
    /** Elementary operations after which warming pays: some ten milliseconds of work. */
    private static final long PATIENCE = 1 << 23;
    /** Elementary operations of one call while vectors are warmed, and the most blocks: the compiler counts calls and trips of loops. */
    private static final long CALL = 4_000;
    private static final int BLOCKS = 24;
    private static final int CALLS = 60;

    private final Shared shared;
    private final Kernel scalarKernel;
    private final Kernel laneKernel;
    private final Kernel scalar;
    private final LaneLoop lanes;

    /** What the instances for all threads have in common. */
    private static final class Shared {
        private final Scan scan;
        private final long work;
        private final int blocks;
        private volatile boolean ready;
        private volatile boolean decided;
        /** The work so far, about: counted without a lock. */
        private long seen;

        Shared(Scan scan, int lanes, boolean ready) {
            this.scan = scan;
            this.work = scan.work(java.util.List.of());
            this.blocks = scan.length() / lanes;
            this.ready = ready;
            this.decided = ready;
        }

        /** Whether it is time to warm the vectors: once. */
        boolean due() {
            seen += work;
            if (seen < PATIENCE) {
                return false;
            }
            synchronized (this) {
                boolean due = !decided;
                decided = true;
                return due;
            }
        }
    }

    private Warm(Shared shared, Kernel scalar, Kernel lanes) {
        this.shared = shared;
        this.scalarKernel = scalar;
        this.laneKernel = lanes;
        this.scalar = scalar.instance();
        this.lanes = (LaneLoop) lanes.instance();
    }

    static Kernel of(Scan scan, Kernel scalar, Kernel lanes) {
        return new Warm(new Shared(scan, LaneLoop.lanes(scan), Codegen.vectorsAtOnce()), scalar, lanes);
    }

    @Override
    public Kernel instance() {
        boolean stateless = scalar == scalarKernel && lanes == laneKernel;
        return stateless ? this : new Warm(shared, scalarKernel, laneKernel);
    }

    @Override
    public long held() {
        return scalarKernel.held() + laneKernel.held();
    }

    @Override
    public int workspace() {
        return Math.max(scalar.workspace(), lanes.workspace());
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        if (shared.ready) {
            vectors(x, xAt, y, yAt);
            return;
        }
        scalar.run(x, xAt, y, yAt);
        if (!shared.decided && shared.due()) {
            Warming.start(shared.scan.symbol() + " of " + shared.scan.length() + " trips", new Subject(this, x, xAt));
        }
    }

    private void vectors(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        if (lanes.whole(x, xAt, y, yAt, shared.blocks)) {
            scalar.run(x, xAt, y, yAt);
        } else {
            lanes.run(x, xAt, y, yAt);
        }
    }

    /** Runs it on a copy of operands, with results and scratch of its own. */
    private static final class Subject implements Warming.Subject {
        private final Warm warm;
        private final double[][] x;
        private final int[] xAt;
        private final double[][] y;
        private final int[] yAt;

        Subject(Warm user, double[][] x, int[] xAt) {
            Scan scan = user.shared.scan;
            int n = scan.body().inputs().size();
            this.warm = new Warm(user.shared, user.scalarKernel, user.laneKernel);
            this.x = new double[n][];
            this.xAt = new int[n];
            for (int i = 0; i < n; i++) {
                int size = size(scan.body().inputs().get(i)) * (i < scan.consts() ? 1 : scan.length());
                this.x[i] = Arrays.copyOfRange(x[i], xAt[i], xAt[i] + size);
            }
            this.y = new double[scan.results() + 1][];
            this.yAt = new int[y.length];
            for (int j = 0; j < scan.results(); j++) {
                this.y[j] = new double[size(scan.body().outputs().get(j)) * (j < scan.sums() ? 1 : scan.length())];
            }
            this.y[scan.results()] = new double[warm.workspace()];
        }

        private static int size(Node node) {
            return node.shape().size();
        }

        @Override
        public int calls() {
            return CALLS;
        }

        @Override
        public long allowance() {
            return 0;
        }

        @Override
        public void warm(int call) {
            int all = warm.shared.blocks;
            long few = Math.max(2, CALL * all / Math.max(1, warm.shared.work));
            warm.lanes.whole(x, xAt, y, yAt, (int) Math.min(Math.min(few, BLOCKS), all));
            warm.lanes.run(x, xAt, y, yAt);
        }

        @Override
        public void vectors(int call) {
            warm.vectors(x, xAt, y, yAt);
        }

        @Override
        public void portable(int call) {
            warm.scalar.run(x, xAt, y, yAt);
        }

        @Override
        public void use() {
            warm.shared.ready = true;
        }
    }
}
