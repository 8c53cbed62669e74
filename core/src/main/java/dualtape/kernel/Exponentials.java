package dualtape.kernel;

/**
 * The exponential and what is made of it. x = k log 2 + r with |r| ≤ ½ log 2 and, to all digits, r = high + low (W. J. Cody,
 * W. Waite, Software Manual for the Elementary Functions, 1980, ch. 6; a fused multiply-add makes the first step exact); then
 * eˣ = 2ᵏ (1 + r + r² Q(r)), Q the polynomial of degree 10 that is nearest to (eʳ − 1 − r) / r² (Remez, 2^-59).
 *
 * <p>Only exactly rounded operations are used, so the bits are the same everywhere. {@code VectorFunctions} is the same, a vector
 * at a time.
 */
public final class Exponentials {
    /** Beyond ± this, 2ᵏ may not be a normal double: {@link StrictMath} is asked. */
    static final double RANGE = 708;
    /** From here on tanh(x) = 1 to all digits. */
    static final double TANH_ONE = 22;

    static final double LOG2_E = 0x1.71547652b82fep0;
    static final double LN2 = 0x1.62e42fefa39efp-1;
    static final double LN2_LOW = 0x1.abc9e3b39803fp-56;
    /** 1.5 · 2^52: adding it rounds to an integer, whose low bits are then the low bits of the sum. */
    static final double ROUND = 0x1.8p52;
    /** The bits of 1, and where the exponent stands in them. */
    static final long ONE = 0x3ff0_0000_0000_0000L;
    static final int EXPONENT = 52;

    static final double Q0 = 0.5;
    static final double Q1 = 0x1.5555555555557p-3;
    static final double Q2 = 0x1.5555555555558p-5;
    static final double Q3 = 0x1.11111111100dfp-7;
    static final double Q4 = 0x1.6c16c16c15202p-10;
    static final double Q5 = 0x1.a01a01abe653bp-13;
    static final double Q6 = 0x1.a01a01acf8ccbp-16;
    static final double Q7 = 0x1.71de0236eba55p-19;
    static final double Q8 = 0x1.27e4ccd29e2bfp-22;
    static final double Q9 = 0x1.af4dde4d739acp-26;
    static final double Q10 = 0x1.1f8b44afa8544p-29;

    private Exponentials() {}

    /** e to the x. At most 0.7 ulp. ∞ above 709.79, 0 below −745.14; NaN of NaN. */
    public static double exp(double x) {
        if (!(Math.abs(x) <= RANGE)) {
            return StrictMath.exp(x);
        }
        double t = Math.fma(x, LOG2_E, ROUND);
        double k = t - ROUND;
        double high = Math.fma(-k, LN2, x);
        double low = k * LN2_LOW;
        double r = high - low;
        double one = 1 + r;
        double rest = r - (one - 1) + (high - r - low);
        double y = one + Math.fma(r * r, q(r), rest);
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(y) + (Double.doubleToRawLongBits(t) << EXPONENT));
    }

    /** Q by Estrin's scheme, in which more steps wait for nothing than in Horner's. */
    private static double q(double r) {
        double r2 = r * r;
        double r4 = r2 * r2;
        double low = Math.fma(Math.fma(Q3, r, Q2), r2, Math.fma(Q1, r, Q0));
        double middle = Math.fma(Math.fma(Q7, r, Q6), r2, Math.fma(Q5, r, Q4));
        double high = Math.fma(Q10, r2, Math.fma(Q9, r, Q8));
        return Math.fma(Math.fma(high, r4, middle), r4, low);
    }

    /** 1 / (1 + e to the −x), from exp(−|x|), so that nothing overflows. At most 2.3 ulp. */
    public static double sigmoid(double x) {
        double small = exp(-Math.abs(x));
        return (x < 0 ? small : 1) / (1 + small);
    }

    /**
     * The hyperbolic tangent, E / (E + 2) with E = exp(2|x|) − 1, each as a sum of two doubles. At most 1 ulp. Odd; ±1 from 22 on;
     * NaN of NaN.
     */
    public static double tanh(double x) {
        double doubled = 2 * Math.min(Math.abs(x), TANH_ONE);
        double t = Math.fma(doubled, LOG2_E, ROUND);
        double k = t - ROUND;
        double high = Math.fma(-k, LN2, doubled);
        double low = k * LN2_LOW;
        double r = high - low;
        double rest = Math.fma(r * r, q(r), high - r - low);
        // E = scale (r + rest) + scale − 1
        double scale = Double.longBitsToDouble((Double.doubleToRawLongBits(t) << EXPONENT) + ONE);
        double whole = scale - 1;
        double part = scale * r;
        double sum = whole + part;
        rest = Math.fma(scale, rest, part - (sum - whole));
        double e = sum + rest;
        rest = sum - e + rest;
        // E + 2 = d + its rest
        double d = e + 2;
        double two = d - e;
        double dRest = e - (d - two) + (2 - two) + rest;
        double inverse = 1 / d;
        double y = e * inverse;
        double error = Math.fma(-y, d, e) + Math.fma(-y, dRest, rest);
        return Math.copySign(Math.fma(error, inverse, y), x);
    }
}
