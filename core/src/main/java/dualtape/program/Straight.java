package dualtape.program;

import dualtape.program.StraightCode.Steps;

/** When a program runs as straight-line code, and which: each form is written when it is first wanted. */
final class Straight {
    /** Runs in doubt after which products are safe at once. */
    private static final int DOUBTFUL = 64;

    private final Steps steps;
    /** Runs until code is written; 0 for never. Threads may count one run less. */
    private int patience;
    /** What is written as code; null until then. */
    private volatile Steps due;
    private final Form kept = new Form(false);
    private final Form direct = new Form(true);

    Straight(Steps steps) {
        this.steps = steps;
        this.patience = Codegen.straight(steps);
    }

    /** Whether it is not yet known if there will be code. */
    boolean waits() {
        return patience > 0;
    }

    /** Runs the code. False if there is none, or none yet. */
    boolean run(Workspace workspace) {
        return due() && kept.run(workspace, null, 0);
    }

    /**
     * Runs the code that leaves the outputs after the first in an array and nowhere else. False if there is none, or none yet.
     */
    boolean run(Workspace workspace, double[] target, int at) {
        return due() && direct.run(workspace, target, at);
    }

    private boolean due() {
        if (due == null && patience > 0 && --patience == 0) {
            Steps unrolled = Unrolled.of(steps);
            due = Codegen.mostly(unrolled) ? unrolled : null;
        }
        return due != null;
    }

    /** One way to write it: with plain products while there is no doubt, with safe ones then. */
    private final class Form {
        private final boolean direct;
        private volatile StraightCode.Run plain;
        private volatile StraightCode.Run safe;
        /** Runs in doubt so far, about: counted without a lock. */
        private int doubtful;
        private boolean none;

        Form(boolean direct) {
            this.direct = direct;
        }

        boolean run(Workspace workspace, double[] target, int at) {
            StraightCode.Run fast = plain;
            if (fast == null) {
                fast = none ? null : StraightCode.of(due, false, direct);
                if (fast == null) {
                    none = true;
                    return false;
                }
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
                whole = StraightCode.of(due, true, direct);
                safe = whole;
            }
            if (++doubtful == DOUBTFUL) {
                plain = whole;
            }
            whole.run(workspace, target, at);
        }
    }
}
