package dualtape.engine;

/** A moment at which a run has to end. */
public final class Deadline {
    /** Never. */
    public static final Deadline NEVER = new Deadline(Double.POSITIVE_INFINITY);

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
     * Does nothing while there is time.
     *
     * @throws LimitException once it has passed, saying during what
     */
    public void check(String what) {
        if (passed()) {
            throw new LimitException(
                    what + " took longer than " + (seconds == Math.rint(seconds) ? (long) seconds + "" : seconds + "")
                            + " s; raise the limit with --max-seconds");
        }
    }
}
