package dualtape.check;

import java.util.function.DoubleSupplier;

/** Holds numbers against estimates. */
final class Judge {
    /** What is certified is right to this, relative to itself. */
    static final double CERTAIN = 1e-8;
    /** A running error bound is measured, not proved: it is taken so many times. */
    private static final double SAFETY = 8;
    /** Witness and engine take the same function at points that differ by what rounds in binary and not in decimals. */
    private static final double GRACE = 4e-15;

    private Judge() {}

    /** What an estimate says of one number. */
    record Evidence(double expected, double error, String doubt, double left, double right, boolean split,
            String witness) {
        static Evidence of(Estimate estimate, int k, double factor, String witness) {
            return new Evidence(estimate.values()[k] * factor, estimate.errors()[k] * Math.abs(factor),
                    estimate.doubts()[k], estimate.left() == null ? Double.NaN : estimate.left()[k] * factor,
                    estimate.right() == null ? Double.NaN : estimate.right()[k] * factor, estimate.split(), witness);
        }
    }

    /**
     * One number.
     *
     * @param bound how far rounding may have moved it
     * @param largest the largest number beside it
     * @param edge the first edge that the point hits on the way to it, in words; null if it hits none
     */
    static Component judge(String where, int row, int column, double got, double bound, Evidence by, double largest,
            String edge) {
        return judge(where, row, column, got, () -> bound, by, largest, edge);
    }

    /** The same; the bound is made only if it has to excuse something. */
    static Component judge(String where, int row, int column, double got, DoubleSupplier bounded, Evidence by,
            double largest, String edge) {
        double error = by.error();
        double slack = error + GRACE * Math.abs(by.expected()) + Double.MIN_VALUE;
        if (by.doubt() == null && Math.abs(got - by.expected()) <= slack && isCertain(got, by)) {
            return new Component(where, row, column, got, by.expected(), slack, Judgement.CERTIFIED, by.witness(), "");
        }
        double bound = bounded.getAsDouble();
        double tolerance = SAFETY * bound + slack;
        Judgement judgement;
        String note = "";
        if (by.doubt() != null) {
            judgement = doubted(got, by, edge);
            note = judgement == Judgement.UNRESOLVED && Double.isInfinite(got) ? by.doubt() + "; got " + got
                    : edge != null && judgement == Judgement.EDGE ? edge : by.doubt();
        } else if (!Double.isFinite(got)) {
            judgement = edge != null ? Judgement.EDGE : Judgement.WRONG;
            note = edge != null ? edge : "not finite, where the derivative is";
        } else {
            double apart = Math.abs(got - by.expected());
            if (!(apart <= tolerance)) {
                boolean convention = edge != null && by.split();
                judgement = convention ? Judgement.EDGE : Judgement.WRONG;
                note = convention ? edge
                        : "rounding explains " + Text.ulps(Text.ulps(by.expected() + tolerance, by.expected()));
            } else
                if (isCertain(got, by)) {
                    judgement = Judgement.CERTIFIED;
                } else
                    if (SAFETY * bound + error <= CERTAIN * largest) {
                        judgement = Judgement.EXCUSED;
                    } else {
                        judgement = Judgement.UNRESOLVED;
                        note = error > SAFETY * bound ? "the witness is no surer than " + Text.digits(error)
                                : "rounding may have moved it by " + Text.digits(SAFETY * bound);
                    }
        }
        return new Component(where, row, column, got, by.expected(), tolerance, judgement, by.witness(), note);
    }

    /** Whether a number that may be right is right to so many digits that it counts. */
    private static boolean isCertain(double got, Evidence by) {
        return got == 0 && Math.abs(by.expected()) <= by.error()
                || Math.abs(got - by.expected()) + by.error() <= CERTAIN * Math.abs(by.expected());
    }

    /** Where the witness cannot tell. */
    private static Judgement doubted(double got, Evidence by, String edge) {
        if (by.doubt().equals(Decimals.UNDEFINED) && !Double.isFinite(got)) {
            return Judgement.UNDEFINED;
        } else if (edge != null) {
            return Judgement.EDGE;
        }
        double low = Math.min(by.left(), by.right());
        double high = Math.max(by.left(), by.right());
        if (!Double.isFinite(low) || !Double.isFinite(high) || high - low > 1e12) {
            return Judgement.UNRESOLVED;
        }
        double slack = 1e-3 * (high - low); // differences on one side are no better
        return got >= low - slack && got <= high + slack ? Judgement.EDGE
                : Double.isFinite(got) ? Judgement.WRONG : Judgement.UNRESOLVED;
    }
}
