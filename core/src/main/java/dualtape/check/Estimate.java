package dualtape.check;

import java.util.Arrays;

/**
 * What a witness says of a derivative: a number for each element, and how far it may be off.
 *
 * @param values an estimate for each element; NaN where there is none
 * @param errors the witness's own bound on the error of each
 * @param doubts why the witness cannot tell, for each element; null where it can
 * @param left the slopes on the left side, where the witness knows them; else null
 * @param right the slopes on the right side, where the witness knows them; else null
 * @param split whether something may be decided in another way beside the point, so that a convention may hold at it
 */
public record Estimate(
        double[] values, double[] errors, String[] doubts, double[] left, double[] right, boolean split) {
    /** Estimates that stand, with their errors, of a witness that sees no kinks. */
    public static Estimate of(double[] values, double[] errors) {
        return new Estimate(values, errors, new String[values.length], null, null, true);
    }

    /** The witness cannot tell, and why. */
    public static Estimate doubt(int elements, String why) {
        double[] values = new double[elements];
        Arrays.fill(values, Double.NaN);
        String[] doubts = new String[elements];
        Arrays.fill(doubts, why);
        return new Estimate(values, new double[elements], doubts, null, null, true);
    }

    /** Whether the witness cannot tell of any element. */
    public boolean isDoubt() {
        return doubts.length > 0 && Arrays.stream(doubts).allMatch(doubt -> doubt != null);
    }
}
