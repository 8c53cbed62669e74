package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.ir.Numbers;
import java.math.BigInteger;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Series whose coefficients are known exactly, to order 20. */
class SeriesClosedFormTest {
    private static final int ORDER = 20;
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final BigFraction HALF = new BigFraction(1, 2);

    /** A function over any kind of number. */
    interface Body {
        <N> N at(Numbers<N> n, N x);
    }

    /** Where a function is expanded, and the coefficients there: fractions times one factor. */
    record Form(String name, Body body, double at, Dfp factor, IntFunction<BigFraction> coefficient) {
        @Override
        public String toString() {
            return name + " at " + at;
        }
    }

    static Stream<Form> forms() {
        long[] expOfSin = {1, 1, 1, 0, -3, -8, -3, 56, 217, 64, -2951, -12672, 5973, 309376, 1237173, -2917888,
            -52635599, -163782656, 1126610929, 12716052480L, 20058390573L};
        long[] bell = {1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147, 115975, 678570, 4213597, 27644437, 190899322,
            1382958545, 10480142147L, 82864869804L, 682076806159L, 5832742205057L, 51724158235372L};
        long[] xToTheX = {1, 1, 2, 3, 8, 10, 54, -42, 944, -5112, 47160, -419760, 4297512, -47607144, 575023344,
            -7500202920L, 105180931200L, -1578296510400L, 25238664189504L, -428528786243904L, 7700297625889920L};
        Dfp one = DECIMALS.of(1);
        Dfp pi = DECIMALS.acos(one.negate());
        return Stream.of(
                form("exp(sin x)", 0, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.exp(n.sin(x));
                    }
                }, derivatives(expOfSin)),
                form("exp(exp(x) - 1)", 0, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.exp(n.expm1(x));
                    }
                }, derivatives(bell)),
                form("x^x", 1, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.pow(x, x);
                    }
                }, derivatives(xToTheX)),
                form("1 / (1 - x)", 0.5, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.divide(n.of(1), n.subtract(n.of(1), x));
                    }
                }, k -> new BigFraction(2).pow(k + 1)),
                form("1 / cos x", 0, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.divide(n.of(1), n.cos(x));
                    }
                }, derivatives(1, 0, 1, 0, 5, 0, 61, 0, 1385, 0, 50521, 0, 2702765, 0, 199360981, 0, 19391512145L, 0,
                        2404879675441L, 0, 370371188237525L)),
                unary("sin", 0, k -> k % 2 == 0 ? BigFraction.ZERO : sign(k / 2).divide(factorial(k))),
                unary("cos", 0, k -> k % 2 != 0 ? BigFraction.ZERO : sign(k / 2).divide(factorial(k))),
                unary("sinh", 0, k -> k % 2 == 0 ? BigFraction.ZERO : factorial(k).reciprocal()),
                unary("cosh", 0, k -> k % 2 != 0 ? BigFraction.ZERO : factorial(k).reciprocal()),
                unary("log1p", 0, k -> k == 0 ? BigFraction.ZERO : sign(k + 1).divide(k)),
                unary("log", 1, k -> k == 0 ? BigFraction.ZERO : sign(k + 1).divide(k)),
                scaled("log2", 1, one.divide(DECIMALS.log(DECIMALS.of(2))),
                        k -> k == 0 ? BigFraction.ZERO : sign(k + 1).divide(k)),
                unary("tan", 0, SeriesClosedFormTest::tangent),
                unary("tanh", 0, k -> tangent(k).multiply(sign(k / 2))),
                unary("asin", 0, SeriesClosedFormTest::arcsine),
                unary("asinh", 0, k -> arcsine(k).multiply(sign(k / 2))),
                unary("atan", 0, k -> k % 2 == 0 ? BigFraction.ZERO : sign(k / 2).divide(k)),
                unary("atanh", 0, k -> k % 2 == 0 ? BigFraction.ZERO : new BigFraction(1, k)),
                scaled("erf", 0, DECIMALS.of(2).divide(DECIMALS.sqrt(pi)), k -> k % 2 == 0 ? BigFraction.ZERO
                        : sign(k / 2).divide(factorial(k / 2)).divide(k)),
                unary("sqrt", 1, k -> binomial(HALF, k)), unary("cbrt", 1, k -> binomial(new BigFraction(1, 3), k)),
                power(2, 7, k -> binomial(new BigFraction(7), k).multiply(new BigFraction(2).pow(7 - k))),
                power(0, 7, k -> k == 7 ? BigFraction.ONE : BigFraction.ZERO),
                power(2, -3, k -> binomial(new BigFraction(-3), k).multiply(new BigFraction(2).pow(-3 - k))),
                power(-2, -3, k -> binomial(new BigFraction(-3), k).multiply(new BigFraction(-2).pow(-3 - k))),
                power(-1, 2000, k -> binomial(new BigFraction(2000), k).multiply(sign(k))),
                power(1, -2.5, k -> binomial(new BigFraction(-5, 2), k)),
                power(0, 0, k -> k == 0 ? BigFraction.ONE : BigFraction.ZERO),
                form("hypot(1, x)", 0, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.hypot(n.of(1), x);
                    }
                }, k -> k % 2 != 0 ? BigFraction.ZERO : binomial(HALF, k / 2)),
                form("atan2(x, 1)", 0, new Body() {
                    @Override
                    public <N> N at(Numbers<N> n, N x) {
                        return n.atan2(x, n.of(1));
                    }
                }, k -> k % 2 == 0 ? BigFraction.ZERO : sign(k / 2).divide(k)));
    }

    /** log Γ(1 + x) has ζ(k) / k for even k, and ζ(k) is a fraction times πᵏ (DLMF 25.6.2). */
    @Test
    void evenCoefficientsOfLogGammaAreZetaValues() {
        List<BigFraction> bernoulli = Bernoulli.even(ORDER / 2);
        Series<Dfp> y = series(DECIMALS, DECIMALS::of, byName("lgamma"), 1);
        Series<Double> rounded = series(DoubleNumbers.INSTANCE, x -> x, byName("lgamma"), 1);
        Dfp pi = DECIMALS.acos(DECIMALS.of(-1));
        for (int k = 2; k <= ORDER; k += 2) {
            BigFraction fraction = bernoulli.get(k / 2 - 1).abs().multiply(new BigFraction(2).pow(k))
                    .divide(factorial(k)).divide(2 * k);
            Dfp expected = decimal(fraction).multiply(DECIMALS.pow(pi, DECIMALS.of(k)));
            same(expected, expected, y.get(k), rounded.get(k), "order " + k);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void coefficientsAreTheClosedForm(Form form) {
        Series<Dfp> y = series(DECIMALS, DECIMALS::of, form.body(), form.at());
        Series<Double> rounded = series(DoubleNumbers.INSTANCE, x -> x, form.body(), form.at());
        Dfp size = DECIMALS.of(0);
        for (int k = 0; k <= ORDER; k++) {
            Dfp expected = decimal(form.coefficient().apply(k)).multiply(form.factor());
            size = expected.abs().greaterThan(DECIMALS.of(0)) ? expected.abs() : size;
            same(expected, size, y.get(k), rounded.get(k), form + ", order " + k);
        }
    }

    /** To 48 digits, and to 1e-14 in doubles; a zero in those of the last coefficient that is none. */
    private static void same(Dfp expected, Dfp size, Dfp exact, double rounded, String what) {
        double error = DECIMALS.toDouble(exact.subtract(expected).abs());
        double scale = DECIMALS.toDouble(size);
        assertEquals(0, error, 1e-48 * scale, () -> what + ": " + exact + ", expected " + expected);
        assertEquals(DECIMALS.toDouble(expected), rounded, 1e-14 * scale, what);
    }

    private static <N> Series<N> series(Numbers<N> base, DoubleFunction<N> lift, Body body, double at) {
        SeriesNumbers<N> numbers = new SeriesNumbers<>(base, ORDER);
        return body.at(numbers, numbers.line(lift.apply(at), lift.apply(1)));
    }

    private static Form form(String name, double at, Body body, IntFunction<BigFraction> coefficient) {
        return new Form(name, body, at, DECIMALS.of(1), coefficient);
    }

    private static Form unary(String name, double at, IntFunction<BigFraction> coefficient) {
        return scaled(name, at, DECIMALS.of(1), coefficient);
    }

    private static Form scaled(String name, double at, Dfp factor, IntFunction<BigFraction> coefficient) {
        return new Form(name, byName(name), at, factor, coefficient);
    }

    private static Body byName(String name) {
        return new Body() {
            @Override
            public <N> N at(Numbers<N> n, N x) {
                return Samples.apply(n, name, new double[1], new Object[] {x});
            }
        };
    }

    private static Form power(double at, double exponent, IntFunction<BigFraction> coefficient) {
        return form("x^" + exponent, at, new Body() {
            @Override
            public <N> N at(Numbers<N> n, N x) {
                return n.pow(x, n.of(exponent));
            }
        }, coefficient);
    }

    private static IntFunction<BigFraction> derivatives(long... derivatives) {
        return k -> new BigFraction(derivatives[k]).divide(factorial(k));
    }

    /** Of tan: 2²ⁿ (2²ⁿ − 1) |B₂ₙ| / (2n)! at k = 2n − 1. */
    private static BigFraction tangent(int k) {
        if (k % 2 == 0) {
            return BigFraction.ZERO;
        }
        BigFraction four = new BigFraction(4).pow((k + 1) / 2);
        return Bernoulli.even((k + 1) / 2).get(k / 2).abs().multiply(four).multiply(four.subtract(1))
                .divide(factorial(k + 1));
    }

    /** Of asin: binom(2n, n) / (4ⁿ (2n + 1)) at k = 2n + 1. */
    private static BigFraction arcsine(int k) {
        return k % 2 == 0 ? BigFraction.ZERO
                : factorial(k - 1).divide(factorial(k / 2).multiply(factorial(k / 2)))
                        .divide(new BigFraction(4).pow(k / 2)).divide(k);
    }

    private static BigFraction binomial(BigFraction a, int k) {
        BigFraction result = BigFraction.ONE;
        for (int j = 0; j < k; j++) {
            result = result.multiply(a.subtract(j)).divide(j + 1);
        }
        return result;
    }

    private static BigFraction sign(int k) {
        return k % 2 == 0 ? BigFraction.ONE : BigFraction.MINUS_ONE;
    }

    private static BigFraction factorial(int k) {
        BigInteger product = BigInteger.ONE;
        for (int j = 2; j <= k; j++) {
            product = product.multiply(BigInteger.valueOf(j));
        }
        return new BigFraction(product);
    }

    private static Dfp decimal(BigFraction fraction) {
        return DECIMALS.parse(fraction.getNumerator().toString())
                .divide(DECIMALS.parse(fraction.getDenominator().toString()));
    }
}
