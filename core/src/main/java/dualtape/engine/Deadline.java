package dualtape.engine;

import java.util.Locale;

/** A moment at which a run has to end. */
public final class Deadline {
    /** Never. */
    public static final Deadline NEVER = new Deadline(Double.POSITIVE_INFINITY);

    private static final double OPERATIONS_PER_SECOND = 2e9;

    private final double seconds;
    private final long end;

    Deadline(double seconds) {
        this.seconds = seconds;
        this.end = System.nanoTime() + (long) Math.min(seconds * 1e9, Long.MAX_VALUE / 4.0);
    }

    /** Whether it has passed. */
    public boolean passed() {
        return System.nanoTime() - end > 0;
    }

    /** Seconds that remain; negative once it has passed. */
    public double remaining() {
        return (end - System.nanoTime()) / 1e9;
    }

    /**
     * Does nothing if there is time for a number of elementary operations.
     *
     * @throws LimitException if no machine is so fast, or it has passed, saying during what
     */
    public void afford(String what, long operations) {
        check(what);
        if (operations > OPERATIONS_PER_SECOND * remaining()) {
            throw new LimitException(
                    String.format(Locale.ROOT, "%s needs %.3g operations, more than there is time for in %s s;"
                            + " raise the limit with --max-seconds", what, (double) operations, limit()));
        }
    }

    private String limit() {
        return seconds == Math.rint(seconds) ? (long) seconds + "" : seconds + "";
    }

    /**
     * Does nothing while there is time.
     *
     * @throws LimitException once it has passed, saying during what
     */
    public void check(String what) {
        if (this != NEVER && passed()) { // reading the clock costs as much as a small gradient
            throw new LimitException(
                    what + " took longer than " + limit()
                            + " s; raise the limit with --max-seconds");
        }
    }
}
