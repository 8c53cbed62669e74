package dualtape.ir.numbers;

import org.apache.commons.math3.dfp.Dfp;

/** Powers of decimals with all special cases of {@link Math#pow}. */
final class DecimalPowers {
    /** Integer exponents up to here are products. */
    private static final int PRODUCT_BOUND = 1 << 20;

    private DecimalPowers() {
    }

    static Dfp pow(DecimalFunctions f, Dfp x, Dfp y) {
        if (f.isZero(y)) {
            return f.one;
        }
        if (x.isNaN() || y.isNaN()) {
            return f.nan();
        }
        Dfp a = x.abs();
        if (y.isInfinite()) {
            if (a.equals(f.one)) {
                return f.nan();
            }
            return a.greaterThan(f.one) == y.greaterThan(f.zero) ? f.infinity(true) : f.zero;
        }
        boolean integer = f.isInteger(y);
        boolean minus = f.isNegative(x) && integer && !f.isInteger(y.multiply(f.half));
        if (f.isZero(x) || x.isInfinite()) {
            boolean large = x.isInfinite() == y.greaterThan(f.zero);
            return large ? f.infinity(!minus) : minus ? f.zero.negate() : f.zero;
        }
        if (f.isNegative(x) && !integer) {
            return f.nan();
        }
        Dfp value = integer && y.abs().lessThan(f.number(PRODUCT_BOUND))
                ? power(f, y.lessThan(f.zero) ? f.one.divide(a) : a, y.abs().intValue())
                : f.exp(y.multiply(f.log(a)));
        return minus ? value.negate() : value;
    }

    /** xⁿ for n ≥ 0, by repeated squares. */
    static Dfp power(DecimalFunctions f, Dfp x, int n) {
        Dfp result = f.one;
        Dfp square = x;
        for (int m = n; m > 0; m >>= 1) {
            if ((m & 1) != 0) {
                result = result.multiply(square);
            }
            if (m > 1) {
                square = square.multiply(square);
            }
        }
        return result;
    }
}
