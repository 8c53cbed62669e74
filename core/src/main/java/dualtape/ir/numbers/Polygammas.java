package dualtape.ir.numbers;

/**
 * The derivatives ψ⁽ⁿ⁾, n ≥ 1, of the digamma function for doubles.
 *
 * <p>For x &gt; 0 it is (−1)ⁿ⁺¹ n! ζ(n + 1, x) (DLMF 25.11.12), and the Hurwitz zeta function is summed by Euler and Maclaurin
 * (DLMF 25.11.28 with its terms in order): all of its leading terms are positive, so nothing cancels. Everything is
 * divided by the first term, which is kept apart as a mantissa and an exponent of two; so nothing overflows before the
 * result does.
 *
 * <p>For x &lt; 0 reflection (DLMF 5.15.6) adds the n-th derivative of π cot πx, a polynomial in the cotangent (see
 * {@link #cotangentDerivative}).
 */
final class Polygammas {
    /** From this order on the derivative of the cotangent is the sum over its nearest poles. */
    private static final int HIGH_ORDER = 32;
    /** Euler and Maclaurin begin where x + k ≥ LARGE + n. */
    private static final double LARGE = 10;
    /** B₂, B₄, … B₂₄. */
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
        43867.0 / 798, -174611.0 / 330, 854513.0 / 138, -236364091.0 / 2730};

    private Polygammas() {
    }

    static double polygamma(int n, double x) {
        if (n < 1) {
            throw new IllegalArgumentException("polygamma: the order must be 0 or more, got " + n);
        }
        boolean odd = n % 2 != 0;
        if (Double.isNaN(x) || x == Double.NEGATIVE_INFINITY) {
            return Double.NaN;
        }
        if (x > 0) {
            double value = x == Double.POSITIVE_INFINITY ? 0 : hurwitz(n, x, 1);
            return odd ? value : -value;
        }
        if (x == Math.rint(x)) {
            return odd ? Double.POSITIVE_INFINITY : Double.NaN;
        }
        // ψ⁽ⁿ⁾(x) = (−1)ⁿ ψ⁽ⁿ⁾(1 − x) − π dⁿ/dxⁿ cot πx, where the first term is −n! ζ(n + 1, 1 − x): the sum without its leading
        // term, so that 1 − x is never rounded.
        return -hurwitz(n, -x, 0) - cotangentDerivative(n, x);
    }

    /**
     * n! ζ(n + 1, x) for 0 &lt; x &lt; ∞.
     *
     * @param leading 1, or 0 to leave out the leading term n! / xⁿ⁺¹
     */
    private static double hurwitz(int n, double x, int leading) {
        double sum = leading;
        double y = x;
        double power = 1;
        for (int k = 1; y < LARGE + n; k++) {
            y = x + k;
            power = power(x / y, n + 1);
            if (power * (1 + y / n) < 0x1p-60) {
                return scaled(n, x, sum);
            }
            if (y < LARGE + n) {
                sum += power;
            }
        }
        double term = (n + 1) / y * 0.5;
        double tail = 0;
        for (int j = 1; j <= BERNOULLI.length; j++) {
            tail += BERNOULLI[j - 1] * term;
            term *= (n + 2.0 * j) / y * ((n + 2.0 * j + 1) / y) / ((2 * j + 1) * (2 * j + 2));
        }
        tail += y / n + 0.5;
        if (y == x) {
            return scaled(n, x, leading == 1 ? tail : tail - 1);
        }
        return scaled(n, x, sum + power * tail);
    }

    /** factor · n! / xⁿ⁺¹ for x &gt; 0 and factor ≥ 0, rounded to zero or infinity at the end only. */
    private static double scaled(int n, double x, double factor) {
        if (factor == 0) {
            return 0;
        }
        double normal = x < 0x1p-900 ? x * 0x1p100 : x;
        int exponent = Math.getExponent(normal);
        double mantissa = Math.scalb(normal, -exponent);
        exponent -= x < 0x1p-900 ? 100 : 0;

        int own = Math.getExponent(factor);
        double value = Math.scalb(factor, -own);
        long scale = own - (n + 1L) * exponent;
        for (int k = 1; k <= n; k++) {
            value *= k / mantissa;
            if (value > 0x1p500) {
                value *= 0x1p-500;
                scale += 500;
            }
        }
        return Math.scalb(value / mantissa, (int) Math.max(-5000, Math.min(5000, scale)));
    }

    /**
     * π dⁿ/dxⁿ cot πx = πⁿ⁺¹ Cₙ(cot πx), where C₀(c) = c and Cₙ₊₁(c) = −(1 + c²) Cₙ′(c): all coefficients of Cₙ have the sign
     * (−1)ⁿ, so nothing cancels. For high orders the same as (−1)ⁿ n! Σ (x − k)⁻ⁿ⁻¹ over the integers k next to x.
     */
    private static double cotangentDerivative(int n, double x) {
        if (n >= HIGH_ORDER) {
            double r = x - Math.rint(x);
            double sum = 0;
            for (int j = -2; j <= 2; j++) {
                sum += power(r / (r + j), n + 1);
            }
            double value = scaled(n, Math.abs(r), sum);
            return n % 2 == 0 ? Math.copySign(value, r) : -value;
        }
        double[] c = cotangentPolynomial(n);
        double cotangent = Gammas.cotPi(x);
        double square = cotangent * cotangent;
        double sum = c[n + 1];
        for (int j = n - 1; j >= 0; j -= 2) {
            sum = sum * square + c[j];
        }
        return power(Math.PI, n + 1) * (n % 2 == 0 ? sum * cotangent : sum);
    }

    /** The coefficients of Cₙ, that of c⁰ first. */
    static double[] cotangentPolynomial(int n) {
        double[] c = {0, 1};
        for (int m = 0; m < n; m++) {
            double[] next = new double[c.length + 1];
            for (int j = 1; j < c.length; j++) {
                next[j - 1] -= j * c[j];
                next[j + 1] -= j * c[j];
            }
            c = next;
        }
        return c;
    }

    private static double power(double x, int n) {
        double result = 1;
        double square = x;
        for (int m = n; m > 0; m >>= 1) {
            if ((m & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }
}
