package dualtape.report;

import dualtape.ir.Numerals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Times and bytes for people. */
public final class Units {
    private Units() {}

    /** As in {@code 12.3 µs}. */
    public static String seconds(double s) {
        if (s < 1e-6) {
            return number(s * 1e9) + " ns";
        } else if (s < 1e-3) {
            return number(s * 1e6) + " µs";
        } else if (s < 1) {
            return number(s * 1e3) + " ms";
        }
        return number(s) + " s";
    }

    /** As in {@code 1.2 kB}, thousands. */
    public static String bytes(double b) {
        if (b < 1e3) {
            return number(b) + " B";
        } else if (b < 1e6) {
            return number(b / 1e3) + " kB";
        } else if (b < 1e9) {
            return number(b / 1e6) + " MB";
        }
        return number(b / 1e9) + " GB";
    }

    /** At most six significant digits, the fewest that read back to the rounded number; a zero without a sign. */
    public static String digits(double x) {
        return x == 0 ? "0"
                : Double.isFinite(x) ? Numerals.text(new BigDecimal(x).round(new MathContext(6)).doubleValue())
                : Numerals.text(x);
    }

    /** As in {@code 1 ulp}, {@code 2 ulps}. */
    static String counted(double x, String what) {
        return number(x) + " " + what + (x == 1 ? "" : "s");
    }

    /** Three significant digits. */
    public static String number(double x) {
        double size = Math.abs(x);
        if (size >= 1e6 || size > 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%.2e", x);
        }
        return String.format(Locale.ROOT, size >= 100 || x == Math.rint(x) ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", x);
    }
}
