package dualtape.ir.numbers;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.SeriesArithmetic.Growing;

/**
 * Powers and roots of series. y = xᵃ satisfies x y′ = a x′ y, so k x₀ yₖ = Σ (a j − (k − j)) xⱼ yₖ₋ⱼ (Griewank and Walther 2008, table
 * 13.2). Where the power is a polynomial in x, that recurrence would divide by x₀ what is no pole, and its error would grow like
 * (1/x₀)ᵏ; there the series is multiplied out.
 */
final class SeriesPowers<N> {
    /** The greatest exponent that is multiplied out: ten squarings. Beyond it the recurrence is used, which is stable up to k = a. */
    private static final int MULTIPLIED_OUT = 1024;

    private final SeriesArithmetic<N> s;
    private final Numbers<N> base;

    SeriesPowers(SeriesArithmetic<N> arithmetic) {
        this.s = arithmetic;
        this.base = arithmetic.base;
    }

    Series<N> sqrt(Series<N> x) {
        return power(base.sqrt(x.value()), x, base.of(0.5));
    }

    Series<N> cbrt(Series<N> x) {
        return power(base.cbrt(x.value()), x, base.divide(s.one, base.of(3)));
    }

    /** x to a number; x⁰ is 1, whatever x. */
    Series<N> power(Series<N> x, N a) {
        return power(base.pow(x.value(), a), x, a);
    }

    /** The same with this value. */
    Series<N> power(N value, Series<N> x, N a) {
        if (x.isConstant() || s.isZero(a)) {
            return s.constant(value);
        }
        boolean whole = s.holds(base.equal(base.floor(a), a)) && !s.isNegative(a);
        if (whole && !s.holds(base.less(base.of(MULTIPLIED_OUT), a))) {
            return s.withValue(value, multipliedOut(x, integer(a, MULTIPLIED_OUT)));
        } else if (!s.isZero(x.value())) {
            return recurrence(value, x, a);
        } else if (!whole) {
            return singular(value, x, a);
        }
        // x = tᵐ u, so xᵃ = tᵐᵃ uᵃ: only in a series as long.
        int m = x.firstMove();
        if (s.holds(base.less(base.of(s.order / m), a))) {
            return s.constant(value);
        }
        return s.shifted(power(s.shifted(x, -m), a), m * integer(a, s.order / m));
    }

    /** a as an int, known to be one from 1 to {@code highest}. */
    private int integer(N a, int highest) {
        int low = 1;
        int high = highest;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (s.holds(base.less(a, base.of(middle)))) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private Series<N> multipliedOut(Series<N> x, int n) {
        Series<N> result = null;
        Series<N> square = x;
        for (int m = n;; square = s.product(square, square)) {
            if ((m & 1) != 0) {
                result = result == null ? square : s.product(result, square);
            }
            m >>= 1;
            if (m == 0) {
                return result;
            }
        }
    }

    private Series<N> recurrence(N value, Series<N> x, N a) {
        Growing<N> y = s.growing(value);
        for (int k = 1; k <= s.order; k++) {
            N sum = s.zero;
            for (int j = 1; j <= k && j < x.length(); j++) {
                N weight = base.subtract(base.multiply(a, base.of(j)), base.of(k - j));
                if (!x.isZero(j) && !y.isZero(k - j) && !s.isZero(weight)) {
                    sum = base.multiplyAdd(base.multiply(weight, x.get(j)), y.get(k - j), sum);
                }
            }
            y.add(s.isZero(sum) ? sum : base.divide(sum, base.multiply(base.of(k), x.value())));
        }
        return y.series();
    }

    /**
     * xᵃ where x = tᵐ u, u₀ ≠ 0, and a is no integer or negative: no power series. The coefficient of tᵐʲ is binom(a, j) u₀ʲ 0ᵃ⁻ʲ,
     * zero or infinite with the sign that it has on the way there; between those, NaN as soon as one was infinite, unless x is tᵐ u₀.
     */
    private Series<N> singular(N value, Series<N> x, N a) {
        int m = x.firstMove();
        N lead = x.get(m);
        boolean alone = x.length() == m + 1;
        Growing<N> y = s.growing(value);
        N binomial = s.one;
        boolean infinite = false;
        for (int k = 1; k <= s.order; k++) {
            int j = k / m;
            if (k % m != 0) {
                y.add(alone || !infinite ? s.zero : base.of(Double.NaN));
                continue;
            }
            N falling = base.subtract(a, base.of(j - 1));
            binomial = base.divide(base.multiply(binomial, falling), base.of(j));
            N power = base.pow(s.zero, base.subtract(a, base.of(j)));
            infinite = !s.isZero(power);
            y.add(infinite ? base.multiply(base.multiply(binomial, base.pow(lead, base.of(j))), power) : s.zero);
        }
        return y.series();
    }

    /** √(x² + y²) as r₀ √(u² + v²) with u = x / r₀, v = y / r₀: nothing overflows. Not for r₀ = 0. */
    Series<N> hypot(Series<N> x, Series<N> y) {
        N value = base.hypot(x.value(), y.value());
        if (x.isConstant() && y.isConstant()) {
            return s.constant(value);
        }
        Series<N> root = power(squares(s.over(x, value), s.over(y, value)), base.of(0.5));
        return s.product(value, root, s.constant(value), s.constant(s.zero));
    }

    /** The angle of the point (x, y): θ′ = (u v′ − v u′) / (u² + v²), scaled as in {@link #hypot}. Not for the point 0. */
    Series<N> angle(N value, Series<N> y, Series<N> x) {
        N radius = base.hypot(x.value(), y.value());
        Series<N> u = s.over(x, radius);
        Series<N> v = s.over(y, radius);
        Series<N> turn = s.subtract(s.product(u, s.derivative(v)), s.product(v, s.derivative(u)));
        return s.integral(value, s.quotient(turn, squares(u, v)));
    }

    private Series<N> squares(Series<N> u, Series<N> v) {
        return s.add(s.product(u, u), s.product(v, v));
    }
}
