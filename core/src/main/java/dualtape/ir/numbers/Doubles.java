package dualtape.ir.numbers;

import dualtape.kernel.Circular;
import dualtape.kernel.Exponentials;
import dualtape.kernel.Logarithm;

/**
 * The operations of {@link dualtape.ir.Numbers} on doubles: one static method of the same name each, for generated
 * code to call.
 *
 * <p><b>Same bits everywhere.</b> Only {@link StrictMath}, the exactly rounded operations of IEEE 754 and formulas made
 * of them are used, so a result depends neither on the JDK nor on whether the code has been compiled; exp, log, tanh, sin and
 * cos are those of {@link dualtape.kernel}, which has the same bits a vector at a time. The special cases (NaN, ±0, ±∞) are
 * those of the method of the same name in {@link Math}; where {@code Math} has none, they are listed at the method.
 *
 * <p>Errors are the greatest that were measured against 50-digit decimals at 5,000 points per function and part of its
 * domain; they are no proven bounds.
 */
public final class Doubles {
    private static final double LN_2 = 0.6931471805599453;
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LOG2_E_LOW = 2.0355273740931033e-17;
    private static final double SQRT_2 = 1.4142135623730951;
    /** Above this, x² + 1 = x² to all digits. */
    private static final double HUGE = 0x1p28;

    private Doubles() {
    }

    /** c. */
    public static double of(double c) {
        return c;
    }

    /** x + y, exactly rounded. */
    public static double add(double x, double y) {
        return x + y;
    }

    /** x − y, exactly rounded. */
    public static double subtract(double x, double y) {
        return x - y;
    }

    /** x · y, exactly rounded. */
    public static double multiply(double x, double y) {
        return x * y;
    }

    /** x / y, exactly rounded. */
    public static double divide(double x, double y) {
        return x / y;
    }

    /** −x, exact. */
    public static double negate(double x) {
        return -x;
    }

    /** e to the x. At most 0.7 ulp. */
    public static double exp(double x) {
        return Exponentials.exp(x);
    }

    /** The natural logarithm. At most 0.8 ulp. */
    public static double log(double x) {
        return Logarithm.log(x);
    }

    /** exp(x) − 1. At most 0.8 ulp. */
    public static double expm1(double x) {
        return StrictMath.expm1(x);
    }

    /** log(1 + x). At most 0.8 ulp. */
    public static double log1p(double x) {
        return StrictMath.log1p(x);
    }

    /**
     * The logarithm to base 2: of x = m · 2ᵉ with m in [√½, √2), it is e + log(m) / log 2. Exact for powers of two;
     * special cases as {@link Math#log}.
     * At most 1.3 ulp.
     */
    public static double log2(double x) {
        if (!(x > 0) || x == Double.POSITIVE_INFINITY) {
            return StrictMath.log(x);
        }
        double normal = x < Double.MIN_NORMAL ? x * 0x1p54 : x;
        int exponent = Math.getExponent(normal);
        double mantissa = Math.scalb(normal, -exponent);
        if (mantissa >= SQRT_2) {
            mantissa *= 0.5;
            exponent++;
        }
        if (x < Double.MIN_NORMAL) {
            exponent -= 54;
        }
        double natural = StrictMath.log(mantissa);
        double high = natural * LOG2_E;
        double low = Math.fma(natural, LOG2_E, -high) + natural * LOG2_E_LOW;
        return exponent + high + low;
    }

    /** The logarithm to base 10. At most 1.8 ulp. */
    public static double log10(double x) {
        return StrictMath.log10(x);
    }

    /** The square root, exactly rounded. */
    public static double sqrt(double x) {
        return StrictMath.sqrt(x);
    }

    /** The real cube root. At most 0.7 ulp. */
    public static double cbrt(double x) {
        return StrictMath.cbrt(x);
    }

    /** The sine, x in radians. At most 0.8 ulp. */
    public static double sin(double x) {
        return Circular.sin(x);
    }

    /** The cosine, x in radians. At most 0.8 ulp. */
    public static double cos(double x) {
        return Circular.cos(x);
    }

    /** The tangent, x in radians. At most 0.8 ulp. */
    public static double tan(double x) {
        return StrictMath.tan(x);
    }

    /** The inverse sine, in radians. At most 0.8 ulp. */
    public static double asin(double x) {
        return StrictMath.asin(x);
    }

    /** The inverse cosine, in radians. At most 0.8 ulp. */
    public static double acos(double x) {
        return StrictMath.acos(x);
    }

    /** The inverse tangent, in radians. At most 0.8 ulp. */
    public static double atan(double x) {
        return StrictMath.atan(x);
    }

    /** The angle of the point (x, y), in radians. At most 1.2 ulp. */
    public static double atan2(double y, double x) {
        return StrictMath.atan2(y, x);
    }

    /** The hyperbolic sine. At most 1.7 ulp. */
    public static double sinh(double x) {
        return StrictMath.sinh(x);
    }

    /** The hyperbolic cosine. At most 1.2 ulp. */
    public static double cosh(double x) {
        return StrictMath.cosh(x);
    }

    /** The hyperbolic tangent. At most 1 ulp. */
    public static double tanh(double x) {
        return Exponentials.tanh(x);
    }

    /**
     * The inverse hyperbolic sine: log1p(x + x² / (1 + √(1 + x²))) for x ≥ 0, odd (DLMF 4.37.16). ±0 and ±∞ are kept.
     * At most 1.3 ulp.
     */
    public static double asinh(double x) {
        double a = Math.abs(x);
        if (!(a >= 0x1p-28) || a == Double.POSITIVE_INFINITY) {
            return x;
        }
        if (a > HUGE) {
            return Math.copySign(StrictMath.log(a) + LN_2, x);
        }
        double square = a * a;
        return Math.copySign(StrictMath.log1p(a + square / (1 + Math.sqrt(1 + square))), x);
    }

    /**
     * The inverse hyperbolic cosine: log1p(t + √(t (2 + t))) with t = x − 1 (DLMF 4.37.19). NaN below 1; 0 at 1; ∞ is
     * kept.
     * At most 1.4 ulp.
     */
    public static double acosh(double x) {
        if (x > HUGE) {
            return StrictMath.log(x) + LN_2;
        }
        if (!(x >= 1)) {
            return Double.NaN;
        }
        double t = x - 1;
        return StrictMath.log1p(t + Math.sqrt(t * (2 + t)));
    }

    /**
     * The inverse hyperbolic tangent: ½ log1p(2x / (1 − x)) for x ≥ 0, odd (DLMF 4.37.24). NaN outside [−1, 1]; ±∞ at
     * ±1; ±0 are kept.
     * At most 1.2 ulp.
     */
    public static double atanh(double x) {
        double a = Math.abs(x);
        if (a < 0x1p-28) {
            return x;
        }
        // Below ½, 2a + 2a²/(1 − a) keeps the rounding of 1 − a out of the leading term.
        double ratio = a < 0.5 ? 2 * a + 2 * a * a / (1 - a) : 2 * a / (1 - a);
        return Math.copySign(0.5 * StrictMath.log1p(ratio), x);
    }

    /** √(x² + y²). At most 0.8 ulp. */
    public static double hypot(double x, double y) {
        return StrictMath.hypot(x, y);
    }

    /** x to the y; squares are exactly rounded. At most 0.9 ulp. */
    public static double pow(double x, double y) {
        return y == 2 ? x * x : y == 1 ? x : StrictMath.pow(x, y);
    }

    /** The error function. Odd; ±1 at ±∞. At most 1.8 ulp. */
    public static double erf(double x) {
        return ErrorFunctions.erf(x);
    }

    /** 1 − erf(x), down to the underflow near x = 27.2. 2 at −∞, 0 at ∞. At most 3.3 ulp. */
    public static double erfc(double x) {
        return ErrorFunctions.erfc(x);
    }

    /**
     * log |Γ(x)|. ∞ at the poles 0, −1, −2, … and at ±∞. At most 2.1 ulp, next to the zeros 1 and 2 too; below zero, where other
     * zeros are, at most 2.2 ulp of the larger of the result and 4.
     */
    public static double lgamma(double x) {
        return Gammas.lgamma(x);
    }

    /**
     * The n-th derivative of the digamma function. At its poles 0, −1, −2, … NaN for even n, where the two sides have
     * infinities of both signs, and ∞ for odd n. At ∞: ∞ for n = 0, else 0. At −∞: NaN.
     *
     * <p>For x &gt; 0 at most 3.4 ulp for n = 0, next to the zero too; 7.1 ulp for n ≤ 5; 8.8 ulp for n ≤ 10. For x &lt; 0 at most 16.2 ulp
     * for odd n ≤ 9; for n = 0 and 2, which have zeros there, 2.2 ulp of the larger of the result and 20, and 6.2 ulp of that and 40.
     *
     * @throws IllegalArgumentException if n &lt; 0
     */
    public static double polygamma(int n, double x) {
        return n == 0 ? Gammas.digamma(x) : Polygammas.polygamma(n, x);
    }

    /** |x|, exact. */
    public static double abs(double x) {
        return Math.abs(x);
    }

    /** −1, ±0 or 1, as {@link Math#signum}; NaN of NaN. */
    public static double sign(double x) {
        return Math.signum(x);
    }

    /** The largest integer that is not above x. */
    public static double floor(double x) {
        return StrictMath.floor(x);
    }

    /** The integer next to x, halves to the even one. */
    public static double rint(double x) {
        return StrictMath.rint(x);
    }

    /** 1 where x &lt; y, else 0. */
    public static double less(double x, double y) {
        return x < y ? 1 : 0;
    }

    /** 1 where x = y, else 0; the two zeros are equal. */
    public static double equal(double x, double y) {
        return x == y ? 1 : 0;
    }

    /** {@code then} where the condition is not zero (also where it is NaN), else {@code otherwise}. */
    public static double select(double condition, double then, double otherwise) {
        return condition != 0 ? then : otherwise;
    }

    /** {@code then} where x is zero, else (also where it is NaN) {@code otherwise}. */
    public static double ifZero(double x, double then, double otherwise) {
        return x == 0 ? then : otherwise;
    }

    /** 1 where x is NaN, else 0. */
    public static double isNaN(double x) {
        return x != x ? 1 : 0;
    }

    /** x · y + z, rounded once. */
    public static double multiplyAdd(double x, double y, double z) {
        return Math.fma(x, y, z);
    }
}
