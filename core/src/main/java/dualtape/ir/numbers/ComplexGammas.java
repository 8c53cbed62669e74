package dualtape.ir.numbers;

import dualtape.ir.numbers.ComplexNumbers.Complex;

/**
 * log |Γ|, continued off the real axis, and the polygamma functions of complex numbers: upward recurrence and asymptotic series as
 * in {@link Gammas} and {@link Polygammas}, all in complex arithmetic, so that no function's slope is taken from another's value.
 */
final class ComplexGammas {
    private static final int START = 12;
    private static final double HALF_LOG_2_PI = 0.9189385332046728;
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510,
        43867.0 / 798, -174611.0 / 330, 854513.0 / 138, -236364091.0 / 2730};
    /** Used by lgamma and digamma, which need fewer. */
    private static final int TERMS = 8;
    /** With a smaller imaginary part, the real part is that of the real function to all digits. */
    private static final double TINY = 1e-30;

    private ComplexGammas() {
    }

    static Complex lgamma(Complex x) {
        double value = Doubles.lgamma(x.re());
        if (x.im() == 0) {
            return new Complex(value, 0);
        }
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return new Complex(value, x.re() > 0 ? Math.copySign(value, x.im()) : Double.NaN);
        }
        Complex z = x.re() > 0 ? right(x) : ComplexElementary.log(positive(sinPi(x).times(x)))
                .negated().minus(right(x.negated())).plus(Doubles.log(Math.PI));
        return Math.abs(x.im()) < TINY ? new Complex(value, z.im()) : z;
    }

    private static Complex positive(Complex x) {
        return x.re() < 0 ? x.negated() : x;
    }

    private static Complex right(Complex x) {
        Complex product = Complex.ONE;
        Complex y = x;
        for (; y.re() < START; y = y.plus(1)) {
            product = product.times(y);
        }
        Complex inverse = Complex.ONE.over(y);
        Complex square = inverse.times(inverse);
        Complex sum = Complex.ZERO;
        for (int k = TERMS; k > 0; k--) {
            sum = sum.times(square).plus(BERNOULLI[k - 1] / (2 * k * (2 * k - 1)));
        }
        Complex log = ComplexElementary.log(y);
        return y.plus(-0.5).times(log.plus(-1)).plus(HALF_LOG_2_PI - 0.5).plus(sum.times(inverse))
                .minus(ComplexElementary.log(product));
    }

    static Complex polygamma(int n, Complex x) {
        double value = Doubles.polygamma(n, x.re());
        if (x.im() == 0) {
            return new Complex(value, 0);
        }
        if (Double.isInfinite(value) || Double.isNaN(value) || Double.isInfinite(x.re())) {
            return new Complex(value, Double.isInfinite(x.re()) ? 0 : Double.NaN);
        }
        Complex z;
        if (x.re() > 0) {
            z = n == 0 ? digamma(x) : n % 2 != 0 ? hurwitz(n, x, 1) : hurwitz(n, x, 1).negated();
        } else if (n == 0) {
            Complex cotangent = cosPi(x).over(sinPi(x)).times(Math.PI);
            z = digamma(x.negated()).minus(Complex.ONE.over(x)).minus(cotangent);
        } else {
            z = hurwitz(n, x.negated(), 0).negated().minus(cotangentDerivative(n, x));
        }
        return Math.abs(x.im()) < TINY ? new Complex(value, z.im()) : z;
    }

    private static Complex digamma(Complex x) {
        Complex sum = Complex.ZERO;
        Complex y = x;
        for (; y.re() < START; y = y.plus(1)) {
            sum = sum.minus(Complex.ONE.over(y));
        }
        Complex inverse = Complex.ONE.over(y);
        Complex square = inverse.times(inverse);
        Complex series = Complex.ZERO;
        for (int k = TERMS; k > 0; k--) {
            series = series.times(square).plus(BERNOULLI[k - 1] / (2 * k));
        }
        return sum.plus(ComplexElementary.log(y)).minus(inverse.times(0.5)).minus(series.times(square));
    }

    /** n! ζ(n + 1, z), by Euler and Maclaurin; without the term n! / zⁿ⁺¹ where {@code leading} is 0. */
    private static Complex hurwitz(int n, Complex x, int leading) {
        Complex sum = Complex.ZERO;
        Complex y = leading == 1 ? x : x.plus(1);
        for (; y.re() < START + n; y = y.plus(1)) {
            sum = sum.plus(Complex.ONE.over(y.power(n + 1)));
        }
        Complex inverse = Complex.ONE.over(y);
        Complex term = inverse.times(0.5 * (n + 1));
        Complex tail = y.times(1.0 / n).plus(0.5);
        for (int j = 1; j <= BERNOULLI.length; j++) {
            tail = tail.plus(term.times(BERNOULLI[j - 1]));
            term = term.times(inverse).times(inverse)
                    .times((n + 2.0 * j) * (n + 2.0 * j + 1) / ((2 * j + 1) * (2 * j + 2)));
        }
        double factorial = 1;
        for (int k = 2; k <= n; k++) {
            factorial *= k;
        }
        // In this order nothing underflows before the result does.
        return sum.plus(tail.times(inverse).times(inverse.power(n))).times(factorial);
    }

    /** π dⁿ/dzⁿ cot πz: see {@link Polygammas}. */
    private static Complex cotangentDerivative(int n, Complex x) {
        double[] coefficients = Polygammas.cotangentPolynomial(n);
        Complex cotangent = cosPi(x).over(sinPi(x));
        Complex sum = Complex.ZERO;
        for (int j = n + 1; j >= 0; j--) {
            sum = sum.times(cotangent).plus(coefficients[j]);
        }
        return sum.times(Complex.real(Math.PI).power(n + 1).re());
    }

    /** ± sin πz; the sign is that of z less its nearest integer. */
    private static Complex sinPi(Complex x) {
        double r = x.re() - Math.rint(x.re());
        double b = Math.PI * x.im();
        return new Complex(Gammas.sinPi(r) * Doubles.cosh(b), cosine(r) * Doubles.sinh(b));
    }

    /** ± cos πz, with the sign of {@link #sinPi}. */
    private static Complex cosPi(Complex x) {
        double r = x.re() - Math.rint(x.re());
        double b = Math.PI * x.im();
        return new Complex(cosine(r) * Doubles.cosh(b), -Gammas.sinPi(r) * Doubles.sinh(b));
    }

    /** cos πr for |r| ≤ ½. */
    private static double cosine(double r) {
        return Gammas.sinPi(0.5 - Math.abs(r));
    }
}
