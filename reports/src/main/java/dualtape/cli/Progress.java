package dualtape.cli;

import java.util.Locale;

/** A bar with an estimate of the time that remains, on standard error, where that is a terminal. */
final class Progress {
    private final int steps;
    private final long start = System.nanoTime();
    private final boolean terminal = System.console() != null;
    private int done;
    private String label = "";

    Progress(int steps) {
        this.steps = steps;
    }

    void show(String what) {
        label = what;
        draw();
    }

    void step() {
        done++;
        draw();
    }

    void clear() {
        if (terminal) {
            System.err.print("\r\033[K");
        }
    }

    private void draw() {
        if (terminal) {
            double spent = (System.nanoTime() - start) / 1e9;
            String eta = done == 0 ? ""
                    : String.format(Locale.ROOT, ", about %.0f s to go", spent / done * (steps - done));
            int filled = 30 * Math.min(done, steps) / steps;
            System.err.printf(Locale.ROOT, "\r\033[K[%s%s] %s%s", "#".repeat(filled), ".".repeat(30 - filled),
                    label, eta);
        }
    }
}
