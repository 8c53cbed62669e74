package dualtape.kernel;

/**
 * The natural logarithm. x = 2ᵏ (1 + f) with 1 + f between √½ and √2; with s = f / (2 + f), log(1 + f) = 2 artanh(s) =
 * f − f²/2 + s (f²/2 + R(s²)), R the polynomial of degree 7 without constant term that is nearest (Remez, 2^-57; the form is that of
 * K. C. Ng in fdlibm). k log 2 is added as a sum of two doubles.
 *
 * <p>Only exactly rounded operations are used, so the bits are the same everywhere.
 */
public final class Logarithm {
    /** The first 32 bits of log 2, so that k times it is exact. */
    static final double LN2_HIGH = 0x1.62e42feep-1;
    static final double LN2_REST = 0x1.a39ef35793c76p-33;
    /** The bits of √½, less those of 1. */
    static final long ROOT_HALF = 0x3fe6_a09e_667f_3bcdL - Exponentials.ONE;
    /** The bits of the smallest normal double. */
    static final long SMALLEST = 0x0010_0000_0000_0000L;
    /** The bits of 2^52, into which an integer is put, and that double with the bias of the exponent. */
    static final long INTEGER = 0x4330_0000_0000_0000L;
    static final double BIASED = 0x1p52 + 1023;

    static final double R1 = 0x1.5555555555558p-1;
    static final double R2 = 0x1.999999999522ep-2;
    static final double R3 = 0x1.2492492e02af6p-2;
    static final double R4 = 0x1.c71c62d1c6fa4p-3;
    static final double R5 = 0x1.7462b9b83999ep-3;
    static final double R6 = 0x1.39fdc7ca63239p-3;
    static final double R7 = 0x1.2b5f0b8bcb49dp-3;

    private Logarithm() {}

    /**
     * The natural logarithm. At most 0.8 ulp, next to 1 too. −∞ at ±0, NaN below, ∞ at ∞. {@link StrictMath} is asked for these and
     * for subnormal numbers.
     */
    public static double log(double x) {
        if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
            return StrictMath.log(x);
        }
        long bits = Double.doubleToRawLongBits(x);
        long biased = bits - ROOT_HALF >>> Exponentials.EXPONENT;
        double k = Double.longBitsToDouble(biased + INTEGER) - BIASED;
        double f = Double.longBitsToDouble(bits - (biased << Exponentials.EXPONENT) + Exponentials.ONE) - 1;
        double s = f / (2 + f);
        double w = s * s;
        double w2 = w * w;
        double high = Math.fma(R7, w2, Math.fma(R6, w, R5));
        double r = Math.fma(w2 * w2, high, Math.fma(w2, Math.fma(R4, w, R3), Math.fma(R2, w, R1)));
        double half = 0.5 * f;
        double square = half * f;
        double big = k * LN2_HIGH;
        double sum = big + f;
        double rest = f - (sum - big) - Math.fma(half, f, -square);
        double small = Math.fma(s, Math.fma(r, w, square), k * LN2_REST);
        return sum + (rest + (small - square));
    }
}
