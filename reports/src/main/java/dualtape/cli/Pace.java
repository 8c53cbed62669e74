package dualtape.cli;

/**
 * Shares out the time of a command over its steps, so that it ends in time on a slow machine as well: each step may
 * measure for its part of what is left.
 */
final class Pace {
    /** The part of a step's time that it may measure; the rest is for preparing. */
    private static final double MEASURED = 0.6;
    private static final double LEAST = 0.1;

    private final long start = System.nanoTime();
    private final double whole;
    private int left;

    /**
     * For so many steps.
     *
     * @param whole seconds for all of them
     * @param steps at least 1
     */
    Pace(double whole, int steps) {
        this.whole = whole;
        this.left = steps;
    }

    /** The seconds that the next steps may measure, each: at most {@code most}, a tenth at least. */
    double next(int steps, double most) {
        double remaining = whole - (System.nanoTime() - start) / 1e9;
        double each = MEASURED * remaining / Math.max(1, left);
        left -= steps;
        return Math.max(LEAST, Math.min(most, each));
    }
}
