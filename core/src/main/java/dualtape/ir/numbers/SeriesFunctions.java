package dualtape.ir.numbers;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.SeriesArithmetic.Growing;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of series, each by the differential equation that it satisfies (Griewank and Walther 2008, table 13.2; R. D.
 * Neidinger, "Introduction to automatic differentiation and MATLAB object-oriented programming", SIAM Review 52 (2010) 545–563,
 * doi:10.1137/080743627; À. Jorba, M. Zou, "A software package for the numerical integration of ODEs by means of high-order Taylor
 * methods", Experimental Mathematics 14 (2005) 99–117, doi:10.1080/10586458.2005.10128904). The value is the base's own, so no bit of
 * it depends on the order.
 *
 * <p>Where the slope is infinite (log at 0, asin at 1), so are the coefficients, with the signs that they have on the way there.
 */
final class SeriesFunctions<N> {
    /** How many poles left of a point count at least where polygamma overflows. */
    private static final int NEIGHBOURS = 10;

    private final SeriesArithmetic<N> s;
    private final SeriesPowers<N> powers;
    private final Numbers<N> base;

    SeriesFunctions(SeriesArithmetic<N> arithmetic, SeriesPowers<N> powers) {
        this.s = arithmetic;
        this.powers = powers;
        this.base = arithmetic.base;
    }

    private N at(Series<N> x) {
        return x.value();
    }

    private Series<N> plusOne(Series<N> x) {
        return s.add(s.constant(s.one), x);
    }

    private Series<N> oneMinus(Series<N> x) {
        return s.subtract(s.constant(s.one), x);
    }

    private Series<N> square(Series<N> x) {
        return s.product(x, x);
    }

    /** y′ = y x′. */
    Series<N> exp(Series<N> x) {
        return exp(base.exp(at(x)), x);
    }

    /** exp(x) times a number: {@code value} is the first coefficient. */
    Series<N> exp(N value, Series<N> x) {
        if (x.isConstant()) {
            return s.constant(value);
        }
        Series<N> slope = s.derivative(x);
        Growing<N> y = s.growing(value);
        for (int k = 1; k <= s.order; k++) {
            y.add(s.step(k, slope, y));
        }
        return y.series();
    }

    Series<N> expm1(Series<N> x) {
        return s.withValue(base.expm1(at(x)), exp(x));
    }

    /** y′ = x′ / x: one quotient instead of a quotient and a product. */
    Series<N> log(Series<N> x) {
        return logarithm(base.log(at(x)), x, x);
    }

    Series<N> log1p(Series<N> x) {
        return logarithm(base.log1p(at(x)), x, plusOne(x));
    }

    Series<N> log2(Series<N> x) {
        return s.withValue(base.log2(at(x)), s.over(log(x), base.log(base.of(2))));
    }

    Series<N> log10(Series<N> x) {
        return s.withValue(base.log10(at(x)), s.over(log(x), base.log(base.of(10))));
    }

    private Series<N> logarithm(N value, Series<N> x, Series<N> argument) {
        return x.isConstant() ? s.constant(value) : s.integral(value, s.quotient(s.derivative(x), argument));
    }

    /**
     * x to the y. With an exponent that varies exp(y log x), which is NaN left of zero; at x₀ = 0 and y₀ ≥ 0 only the base moves
     * it, the slope in the exponent being 0 there.
     */
    Series<N> pow(Series<N> x, Series<N> y) {
        N value = base.pow(at(x), at(y));
        boolean byBaseAlone = y.isConstant() || s.isZero(at(x)) && !s.isNegative(at(y));
        return byBaseAlone ? powers.power(value, x, at(y)) : exp(value, s.product(y, log(x)));
    }

    /** sin and cos together: s′ = c x′, c′ = −s x′. */
    private List<Series<N>> circular(Series<N> x) {
        return pair(base.sin(at(x)), base.cos(at(x)), x, true);
    }

    /** sinh and cosh together: s′ = c x′, c′ = s x′. */
    private List<Series<N>> hyperbolic(Series<N> x) {
        return pair(base.sinh(at(x)), base.cosh(at(x)), x, false);
    }

    private List<Series<N>> pair(N sine, N cosine, Series<N> x, boolean opposite) {
        Growing<N> a = s.growing(sine);
        Growing<N> b = s.growing(cosine);
        Series<N> slope = s.derivative(x);
        for (int k = 1; k <= s.order && !x.isConstant(); k++) {
            N ofSine = s.step(k, slope, b);
            N ofCosine = s.step(k, slope, a);
            a.add(ofSine);
            b.add(opposite ? base.subtract(s.zero, ofCosine) : ofCosine);
        }
        return List.of(a.series(), b.series());
    }

    Series<N> sin(Series<N> x) {
        return circular(x).get(0);
    }

    Series<N> cos(Series<N> x) {
        return circular(x).get(1);
    }

    /** y′ = x′ / cos² x. */
    Series<N> tan(Series<N> x) {
        return s.integral(base.tan(at(x)), s.reciprocal(square(cos(x))), x);
    }

    Series<N> sinh(Series<N> x) {
        return hyperbolic(x).get(0);
    }

    Series<N> cosh(Series<N> x) {
        return hyperbolic(x).get(1);
    }

    /** y′ = x′ / cosh² x: nothing cancels far out, as it would in 1 − y². */
    Series<N> tanh(Series<N> x) {
        return s.integral(base.tanh(at(x)), s.reciprocal(square(cosh(x))), x);
    }

    /** 1 / √(1 − x²), as ((1 − x)(1 + x))^(−½). */
    private Series<N> slopeOfAsin(Series<N> x) {
        return powers.power(s.product(oneMinus(x), plusOne(x)), base.of(-0.5));
    }

    Series<N> asin(Series<N> x) {
        return s.integral(base.asin(at(x)), slopeOfAsin(x), x);
    }

    Series<N> acos(Series<N> x) {
        return s.integral(base.acos(at(x)), s.negate(slopeOfAsin(x)), x);
    }

    /** y′ = x′ / (1 + x²). */
    Series<N> atan(Series<N> x) {
        return s.integral(base.atan(at(x)), s.reciprocal(plusOne(square(x))), x);
    }

    /** y′ = x′ / √(1 + x²), nothing squared that could overflow. */
    Series<N> asinh(Series<N> x) {
        return s.integral(base.asinh(at(x)), s.reciprocal(powers.hypot(s.constant(s.one), x)), x);
    }

    /** y′ = x′ / (√(x − 1) √(x + 1)). */
    Series<N> acosh(Series<N> x) {
        N half = base.of(-0.5);
        Series<N> left = powers.power(s.subtract(x, s.constant(s.one)), half);
        return s.integral(base.acosh(at(x)), s.product(left, powers.power(plusOne(x), half)), x);
    }

    /** y′ = x′ / ((1 − x)(1 + x)). */
    Series<N> atanh(Series<N> x) {
        return s.integral(base.atanh(at(x)), s.reciprocal(s.product(oneMinus(x), plusOne(x))), x);
    }

    /** 2/√π exp(−x²). */
    private Series<N> bell(Series<N> x) {
        N factor = base.divide(base.of(2), base.sqrt(base.acos(base.of(-1))));
        Series<N> exponent = s.negate(square(x));
        return exp(base.multiply(factor, base.exp(at(exponent))), exponent);
    }

    Series<N> erf(Series<N> x) {
        return s.integral(base.erf(at(x)), bell(x), x);
    }

    Series<N> erfc(Series<N> x) {
        return s.integral(base.erfc(at(x)), s.negate(bell(x)), x);
    }

    Series<N> lgamma(Series<N> x) {
        return x.isConstant() ? s.constant(base.lgamma(at(x)))
                : s.integral(base.lgamma(at(x)), polygamma(0, x), x);
    }

    /**
     * ψ⁽ⁿ⁾ satisfies no algebraic differential equation (O. Hölder, Math. Annalen 28 (1887) 1–13), so no recurrence gives its series:
     * the series at x₀, of the coefficients ψ⁽ⁿ⁺ʲ⁾(x₀) / j!, is composed with x − x₀.
     */
    Series<N> polygamma(int n, Series<N> x) {
        List<N> coefficients = new ArrayList<>(List.of(base.polygamma(n, at(x))));
        int most = x.isConstant() ? 0 : s.order / x.firstMove();
        for (int j = 1; j <= most; j++) {
            coefficients.add(polygammaCoefficient(n, j, at(x)));
        }
        return s.compose(coefficients, s.withValue(s.zero, x));
    }

    /** ψ⁽ⁿ⁺ʲ⁾(x) / j!. */
    private N polygammaCoefficient(int n, int j, N x) {
        N value = base.polygamma(n + j, x);
        boolean overflowed = s.holds(base.less(s.zero, base.multiply(value, value)))
                && !s.holds(base.equal(base.subtract(value, value), s.zero));
        if (overflowed) {
            return farPolygammaCoefficient(n, j, x);
        }
        for (int i = 2; i <= j; i++) {
            value = base.divide(value, base.of(i));
        }
        return value;
    }

    /**
     * The same as ± (n + j)! / j! · Σ (x + i)⁻ⁿ⁻ʲ⁻¹ over i ≥ 0, where the derivative overflows: the order is then so high, or a pole
     * so near, that only terms next to zero count.
     */
    private N farPolygammaCoefficient(int n, int j, N x) {
        N exponent = base.of(-(n + j + 1));
        N sum = s.zero;
        N before = s.one;
        N left = base.subtract(base.floor(base.negate(x)), base.of(NEIGHBOURS));
        N start = s.isNegative(left) ? x : base.add(x, left);
        for (N y = start; s.isNegative(y) || !s.holds(base.equal(sum, before)); y = base.add(y, s.one)) {
            before = sum;
            sum = base.add(sum, base.pow(y, exponent));
        }
        for (int i = j + 1; i <= j + n; i++) {
            sum = base.multiply(sum, base.of(i));
        }
        return (n + j) % 2 == 0 ? base.negate(sum) : sum;
    }
}
