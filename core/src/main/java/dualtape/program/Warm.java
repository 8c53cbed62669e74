package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.kernel.Warming;
import java.util.Arrays;
import java.util.List;

/** A generated loop with a form on vectors, which takes over once it is warm. Both give the same bits, so nobody sees the change. */
final class Warm implements Kernel {
    /** Elementary operations after which warming pays: some ten milliseconds of work. */
    private static final long PATIENCE = 1 << 23;
    /** Elementary operations of which one round of a comparison consists, at the least. */
    private static final long ROUND = 200_000;
    /** Calls of which one also does the trips that are left over, and adds up. */
    private static final int FINISH = 64;
    /** Calls of which one has loops inside with some trips more than one. */
    private static final int SOME = 8;

    private final Shared shared;
    private Kernel scalar;
    private Kernel scalarOf;
    private LaneLoop lanes;

    /** What the instances for all threads have in common. */
    private static final class Shared {
        private final Scan scan;
        private volatile Kernel scalar;
        private final int width;
        private final int workspace;
        private final long work;
        private final int blocks;
        /** The form on vectors once it serves. */
        private volatile Kernel vectors;
        private volatile boolean decided;
        /** The work so far, about: counted without a lock. */
        private long seen;

        Shared(Scan scan, int width, Kernel scalar, int workspace) {
            this.scan = scan;
            this.scalar = scalar;
            this.width = width;
            this.workspace = workspace;
            this.work = scan.work(List.of());
            this.blocks = scan.length() / width;
            this.decided = Codegen.vectorsAtOnce();
            this.vectors = decided ? make() : null;
        }

        /** The form on vectors; null if it is too long, or wants more memory than there is. */
        Kernel make() {
            Kernel made = LoopCode.onVectors(scan, width);
            return made == null || made.workspace() > workspace ? null : made;
        }

        /** Vectors are slower: it stays with doubles, in the form that is best for the long run. */
        void stay() {
            Kernel made = LoopCode.onDoubles(scan);
            if (made != null && made.workspace() <= workspace) {
                scalar = made;
            }
        }

        /** Whether it is time to warm the vectors: once. */
        boolean due() {
            seen += work;
            if (seen < PATIENCE || decided) {
                return false;
            }
            synchronized (this) {
                boolean due = !decided;
                decided = true;
                return due;
            }
        }
    }

    private Warm(Shared shared) {
        this.shared = shared;
        this.scalarOf = shared.scalar;
        this.scalar = scalarOf.instance();
    }

    /**
     * A loop.
     *
     * @param width the lanes of its vectors
     * @param workspace the doubles of scratch memory that it needs on vectors
     */
    static Kernel of(Scan scan, int width, Kernel scalar, int workspace) {
        int partials = 0;
        for (int s = 0; s < scan.sums(); s++) {
            partials += Generated.WIDTH * scan.body().outputs().get(s).shape().size();
        }
        return new Warm(new Shared(scan, width, scalar, Math.max(workspace, partials + scalar.workspace())));
    }

    /** Whether the form on vectors serves. */
    boolean onVectors() {
        return shared.vectors != null;
    }

    @Override
    public Kernel instance() {
        return scalar == scalarOf ? this : new Warm(shared);
    }

    @Override
    public long held() {
        return 2 * shared.scalar.held();
    }

    @Override
    public int workspace() {
        return shared.workspace;
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        Kernel vectors = shared.vectors;
        if (vectors != null) {
            vectors(vectors, x, xAt, y, yAt);
            return;
        }
        scalar(x, xAt, y, yAt);
        if (shared.due()) {
            Warming.start(new Subject(shared, x, xAt));
        }
    }

    private void scalar(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        Kernel now = shared.scalar;
        if (now != scalarOf) {
            scalarOf = now;
            scalar = now.instance();
        }
        scalar.run(x, xAt, y, yAt);
    }

    private void vectors(Kernel vectors, double[][] x, int[] xAt, double[][] y, int[] yAt) {
        LaneLoop loop = lanes;
        if (loop == null) {
            loop = (LaneLoop) vectors.instance();
            lanes = loop;
        }
        if (loop.whole(x, xAt, y, yAt, shared.blocks)) {
            scalar(x, xAt, y, yAt);
        } else {
            loop.run(x, xAt, y, yAt);
        }
    }

    /** Runs it on a copy of operands, with results and scratch of its own. */
    private static final class Subject implements Warming.Subject {
        private final Warm warm;
        private final double[][] x;
        private final int[] xAt;
        private final double[][] y;
        private final int[] yAt;
        private Kernel vectors;

        Subject(Shared shared, double[][] x, int[] xAt) {
            Scan scan = shared.scan;
            int n = scan.body().inputs().size();
            this.warm = new Warm(shared);
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
        public boolean begin() {
            vectors = warm.shared.make();
            if (vectors != null) {
                warm.lanes = (LaneLoop) vectors.instance();
            }
            return vectors != null;
        }

        @Override
        public int calls() {
            return (int) Math.max(1, Math.min(ROUND / 1000, ROUND / Math.max(1, warm.shared.work)));
        }

        @Override
        public long allowance() {
            return 0;
        }

        @Override
        public long demand() {
            return warm.shared.seen;
        }

        @Override
        public void warm(long call) {
            warm.lanes.most = call % SOME == 0 ? SOME : 1;
            warm.lanes.whole(x, xAt, y, yAt, 1);
            warm.lanes.most = LaneLoop.ALL;
            if (call % FINISH == 0) {
                warm.lanes.run(x, xAt, y, yAt);
            }
        }

        @Override
        public void vectors(int call) {
            warm.vectors(vectors, x, xAt, y, yAt);
        }

        @Override
        public void portable(int call) {
            warm.scalar.run(x, xAt, y, yAt);
        }

        @Override
        public void use() {
            warm.shared.vectors = vectors;
        }

        @Override
        public void stay() {
            warm.shared.stay();
        }
    }
}
