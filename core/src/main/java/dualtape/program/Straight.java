package dualtape.program;

/** When a program runs as straight-line code, and which: each form is written when it is first wanted. */
final class Straight {
    /** Runs in doubt after which products are safe at once. */
    private static final int DOUBTFUL = 64;

    private final StraightCode.Steps steps;
    /** Runs until code is written; 0 for never. Threads may count one run less. */
    private int patience;
    private volatile boolean due;
    private final Form kept = new Form(false);
    private final Form direct = new Form(true);

    Straight(StraightCode.Steps steps) {
        this.steps = steps;
        this.patience = Codegen.straight(steps);
    }

    /** Runs the code. False if there is none yet. */
    boolean run(Workspace workspace) {
        return due() && kept.run(workspace, null, 0);
    }

    /** Runs the code that leaves the outputs after the first, single numbers all, in an array and nowhere else. False if there is none yet. */
    boolean run(Workspace workspace, double[] target, int at) {
        return due() && direct.run(workspace, target, at);
    }

    private boolean due() {
        return due || patience > 0 && --patience == 0 && (due = true);
    }

    /** One way to write it: with plain products while there is no doubt, with safe ones then. */
    private final class Form {
        private final boolean direct;
        private volatile StraightCode.Run plain;
        private volatile StraightCode.Run safe;
        /** Runs in doubt so far, about: counted without a lock. */
        private int doubtful;

        Form(boolean direct) {
            this.direct = direct;
        }

        boolean run(Workspace workspace, double[] target, int at) {
            StraightCode.Run fast = plain;
            if (fast == null) {
                fast = StraightCode.of(steps, false, direct);
                plain = fast;
            }
            double doubt = fast.run(workspace, target, at);
            if (doubt != doubt) {
                again(workspace, target, at);
            }
            return true;
        }

        /** A run in doubt, once more with safe products. A program in which that is usual stays with them. */
        private void again(Workspace workspace, double[] target, int at) {
            StraightCode.Run whole = safe;
            if (whole == null) {
                whole = StraightCode.of(steps, true, direct);
                safe = whole;
            }
            if (++doubtful == DOUBTFUL) {
                plain = whole;
            }
            whole.run(workspace, target, at);
        }
    }
}
