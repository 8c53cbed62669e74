package dualtape.check;

import dualtape.ir.Numerals;
import java.util.Locale;

/** Numbers in messages. */
final class Text {
    private Text() {}

    /** Seven significant digits, shorter where that is exact. */
    static String digits(double x) {
        String exact = Numerals.text(x);
        return exact.length() <= 9 || !Double.isFinite(x) ? exact
                : Numerals.text(Double.parseDouble(String.format(Locale.ROOT, "%.6e", x)));
    }

    /** The distance of two doubles in units of the last place of the second. */
    static double ulps(double x, double y) {
        return x == y || Double.isNaN(x) && Double.isNaN(y) ? 0 : Math.abs(x - y) / Math.ulp(y);
    }

    /** As in {@code 3 ulps}, {@code 4.5e15 ulps}. */
    static String ulps(double count) {
        return (count < 1e6 ? String.format(Locale.ROOT, "%.0f", count) : String.format(Locale.ROOT, "%.2g", count))
                + (Math.round(count) == 1 ? " ulp" : " ulps");
    }
}
