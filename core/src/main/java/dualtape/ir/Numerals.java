package dualtape.ir;

import java.math.BigDecimal;
import java.math.MathContext;

/** Doubles as text: the fewest digits that read back to the same double, the same on every JDK. */
public final class Numerals {
    private Numerals() {}

    /** As in {@code 28}, {@code 0.1}, {@code 1e-7}, {@code NaN}, {@code -Infinity}: integers have no point. */
    public static String text(double x) {
        String text = json(x);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** As {@link #text}, but such that it reads back in the text language: {@code nan}, {@code inf}, {@code -inf}. */
    public static String literal(double x) {
        return Double.isNaN(x) ? "nan" : text(x).replace("Infinity", "inf");
    }

    /** As {@link #text}, but integers keep {@code .0}, as a double in JSON. */
    public static String json(double x) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return Double.toString(x);
        } else if (x == 0) {
            return 1 / x < 0 ? "-0.0" : "0.0";
        } else if (x == Math.rint(x) && Math.abs(x) < 1e15) {
            return (long) x + ".0";
        }
        return layOut(digits(x));
    }

    /** The shortest of the roundings to 15, 16 and 17 digits that reads back. */
    private static BigDecimal digits(double x) {
        BigDecimal exact = new BigDecimal(x);
        for (int precision = 15; precision < 17; precision++) {
            BigDecimal rounded = exact.round(new MathContext(precision));
            if (rounded.doubleValue() == x) {
                return rounded.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17)).stripTrailingZeros();
    }

    private static String layOut(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        int exponent = digits.length() - number.scale() - 1;
        StringBuilder text = new StringBuilder(number.signum() < 0 ? "-" : "");
        if (exponent >= -5 && exponent < 17) {
            String plain = number.abs().toPlainString();
            text.append(plain);
            return plain.indexOf('.') < 0 ? text.append(".0").toString() : text.toString();
        }
        text.append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        return text.append('e').append(exponent).toString();
    }
}
