package dualtape.kernel;

/**
 * Sine and cosine. |x| = k π/2 + r with |r| ≤ π/4 and r a sum of two doubles: π/2 is taken in three parts, 53, 32 and 53 bits long
 * (W. J. Cody, W. Waite, 1980, ch. 8), of which the first two give exact differences. Then sin r = r + r³ S(r²) and cos r = 1 − r²/2 +
 * r⁴ C(r²), S and C the nearest polynomials of degree 5 (Remez, 2^-56 and 2^-60); the quadrant k mod 4 says which, and its sign.
 *
 * <p>Only exactly rounded operations are used, so the bits are the same everywhere. {@link StrictMath} is asked beyond 2^20, at ±∞
 * and of NaN.
 */
public final class Circular {
    static final double RANGE = 0x1p20;
    static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    static final double HALF_PI = 0x1.921fb54442d18p0;
    static final double HALF_PI_MIDDLE = 0x1.1a62633p-54;
    static final double HALF_PI_LOW = 0x1.45c06e0e68948p-86;

    static final double S0 = -0x1.5555555555555p-3;
    static final double S1 = 0x1.1111111110bb3p-7;
    static final double S2 = -0x1.a01a019e83d66p-13;
    static final double S3 = 0x1.71de3796b9567p-19;
    static final double S4 = -0x1.ae600b2c9923cp-26;
    static final double S5 = 0x1.5e0b26ef2450ap-33;

    static final double C0 = 0x1.5555555555555p-5;
    static final double C1 = -0x1.6c16c16c16967p-10;
    static final double C2 = 0x1.a01a019f4ec2bp-16;
    static final double C3 = -0x1.27e4fa17ee262p-22;
    static final double C4 = 0x1.1eeb68fae8472p-29;
    static final double C5 = -0x1.907dae3f7befcp-37;

    private Circular() {}

    /** The sine, x in radians. At most 0.8 ulp. Odd, so −0 is kept; NaN at ±∞. */
    public static double sin(double x) {
        double a = Math.abs(x);
        return a <= RANGE ? quarter(a, 0, x) : StrictMath.sin(x);
    }

    /** The cosine, x in radians. At most 0.8 ulp. NaN at ±∞. */
    public static double cos(double x) {
        double a = Math.abs(x);
        return a <= RANGE ? quarter(a, 1, 1) : StrictMath.cos(x);
    }

    /** The sine of a + turns π/2, with the sign of {@code sign} in front. */
    private static double quarter(double a, long turns, double sign) {
        double t = Math.fma(a, TWO_OVER_PI, Exponentials.ROUND);
        double k = t - Exponentials.ROUND;
        double first = Math.fma(-k, HALF_PI, a);
        double middle = k * HALF_PI_MIDDLE;
        double r = first - middle;
        double back = r - first;
        double low = first - (r - back) - (middle + back);
        low = Math.fma(-k, HALF_PI_LOW, low);
        long quadrant = Double.doubleToRawLongBits(t) + turns;
        double z = r * r;
        double y = (quadrant & 1) == 0 ? sine(r, low, z) : cosine(r, low, z);
        long negative = Double.doubleToRawLongBits(sign) & Long.MIN_VALUE ^ quadrant << 62 & Long.MIN_VALUE;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(y) ^ negative);
    }

    /** sin(r + low). */
    private static double sine(double r, double low, double z) {
        double z2 = z * z;
        double s = Math.fma(Math.fma(Math.fma(S5, z, S4), z2, Math.fma(S3, z, S2)), z2, Math.fma(S1, z, S0));
        return r + Math.fma(r * z, s, Math.fma(-0.5 * z, low, low));
    }

    /** cos(r + low). */
    private static double cosine(double r, double low, double z) {
        double z2 = z * z;
        double c = Math.fma(Math.fma(Math.fma(C5, z, C4), z2, Math.fma(C3, z, C2)), z2, Math.fma(C1, z, C0));
        double half = 0.5 * z;
        double one = 1 - half;
        double rest = 1 - one - half - Math.fma(r, low, 0.5 * Math.fma(r, r, -z));
        return one + Math.fma(z2, c, rest);
    }
}
