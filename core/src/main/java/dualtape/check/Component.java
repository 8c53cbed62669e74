package dualtape.check;

/**
 * One number of a derivative, judged.
 *
 * @param where which: as in {@code w[3]}, {@code [2] by x}, {@code x, w[3]} of a Hessian
 * @param row the flat index of the element of the result, or of the row of a Hessian; −1 for a sum over many
 * @param column the flat index among the inputs; −1 for a sum over many
 * @param got what the engine gives
 * @param expected what the witness says; NaN where it cannot tell
 * @param bound how far rounding may have moved {@code got}, and the witness's own error
 * @param judgement what is said of it
 * @param witness the witness's name; empty where none was asked for lack of time
 * @param note why, where it is not certified; else empty
 */
public record Component(
        String where, int row, int column, double got, double expected, double bound, Judgement judgement,
        String witness, String note) {
    /** How many units in the last place of the witness's number they are apart. */
    public double ulps() {
        return Text.ulps(got, expected);
    }

    /** How far they are apart, relative to the witness's number; NaN where there is none. */
    public double relative() {
        return got == expected ? 0 : Math.abs(got - expected) / Math.abs(expected);
    }

    /** As in {@code w[3]: got -4, expected 2 (by decimals), 1.3e16 ulps apart}. */
    public String text() {
        if (witness.isEmpty()) {
            return where + ": " + note; // never asked
        }
        String numbers = where + ": got " + dualtape.ir.Numerals.text(got);
        if (!Double.isNaN(expected)) {
            numbers += ", expected " + dualtape.ir.Numerals.text(expected) + " (by " + witness + ")";
            if (Double.isFinite(got) && got != expected) {
                numbers += ", " + Text.ulps(ulps()) + " apart";
            }
        }
        return numbers + (note.isEmpty() ? "" : "; " + note);
    }
}
