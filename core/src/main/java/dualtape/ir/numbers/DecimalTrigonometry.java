package dualtape.ir.numbers;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.apache.commons.math3.dfp.Dfp;

/**
 * The trigonometric functions of decimals and their inverses.
 *
 * <p>Arguments are reduced by multiples of π/2 with so many digits of π that the remainder keeps all of its own, next to the
 * zeros too.
 */
final class DecimalTrigonometry {
    /** Arguments from 10 to the 4 · this on are not reduced: NaN. */
    private static final int LARGEST_LOG10K = 500;

    /** Up to 10 to the 4 · this, arguments are reduced by π/2 in two parts. */
    private static final int SMALL_LOG10K = 1;

    private final DecimalFunctions f;
    /** π/2, with four digits of base 10,000 less than all: its multiples up to 10,000² are exact. */
    private final Dfp quarter;
    /** What it lacks. */
    private final Dfp quarterRest;

    DecimalTrigonometry(DecimalFunctions functions) {
        this.f = functions;
        BigDecimal exact = pi(2 * functions.digits).multiply(new BigDecimal("0.5"));
        BigDecimal head = exact.setScale(functions.digits - 16, RoundingMode.FLOOR);
        this.quarter = functions.decimal(head);
        this.quarterRest = functions.decimal(exact.subtract(head));
    }

    /** π with this many decimals, by Machin's formula 16 acot 5 − 4 acot 239. */
    static BigDecimal pi(int decimals) {
        BigInteger unit = BigInteger.TEN.pow(decimals + 10);
        BigInteger value = acot(unit, 5).shiftLeft(4).subtract(acot(unit, 239).shiftLeft(2));
        return new BigDecimal(value, decimals + 10).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** unit · acot(n) = unit (1/n − 1/3n³ + 1/5n⁵ − …). */
    private static BigInteger acot(BigInteger unit, int n) {
        BigInteger square = BigInteger.valueOf((long) n * n);
        BigInteger power = unit.divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum;
    }

    Dfp sin(Dfp x) {
        if (f.isZero(x)) {
            return x;
        }
        return reduce(x, (r, quadrant) -> quadrant % 2 == 0 ? signed(sine(r), quadrant) : signed(cosine(r), quadrant));
    }

    Dfp cos(Dfp x) {
        return reduce(x,
                (r, quadrant) -> quadrant % 2 == 0 ? signed(cosine(r), quadrant) : signed(sine(r), (quadrant + 2) % 4));
    }

    Dfp tan(Dfp x) {
        if (f.isZero(x)) {
            return x;
        }
        return reduce(x,
                (r, quadrant) -> quadrant % 2 == 0 ? sine(r).divide(cosine(r)) : cosine(r).divide(sine(r)).negate());
    }

    private interface Reduced {
        Dfp at(Dfp r, int quadrant);
    }

    private static Dfp signed(Dfp value, int quadrant) {
        return quadrant < 2 ? value : value.negate();
    }

    /** x = quadrant · π/2 + r with |r| ≤ π/4, the quadrant modulo 4. */
    private Dfp reduce(Dfp x, Reduced function) {
        if (x.isNaN() || x.isInfinite() || x.log10K() >= LARGEST_LOG10K) {
            return f.nan();
        }
        if (x.abs().lessThan(f.half)) {
            return function.at(x, 0);
        }
        if (x.log10K() <= SMALL_LOG10K) {
            int k = (int) Math.rint(DecimalFunctions.approximately(x) / (Math.PI / 2));
            Dfp r = x.subtract(quarter.multiply(f.number(k))); // exact: what remains starts no digit lower than it ends
            return function.at(r.subtract(quarterRest.multiply(f.number(k))), k & 3);
        }
        BigDecimal exact = meant(x);
        int decimals = 2 * f.digits + 4 * Math.max(0, x.log10K());
        BigDecimal quarter = pi(decimals).multiply(new BigDecimal("0.5"));
        BigInteger k = exact.divide(quarter, 0, RoundingMode.HALF_EVEN).toBigInteger();
        BigDecimal r = exact.subtract(quarter.multiply(new BigDecimal(k)));
        return function.at(f.decimal(r), k.intValue() & 3);
    }

    /**
     * The number meant: a large double has more digits than we keep, so a number that a double rounds to is that double.
     */
    private BigDecimal meant(Dfp x) {
        BigDecimal kept = f.exact(x);
        double near = kept.doubleValue();
        if (4 * x.log10K() < f.digits || Double.isInfinite(near)) {
            return kept;
        }
        BigDecimal candidate = new BigDecimal(near);
        return f.decimal(candidate).equals(x) ? candidate : kept;
    }

    /** The Taylor series of sin, for |x| ≤ π/2. */
    Dfp sine(Dfp x) {
        Dfp minusSquare = x.multiply(x).negate();
        Dfp term = x;
        Dfp sum = x;
        for (int n = 2; !f.negligible(term, sum); n += 2) {
            term = f.over(term.multiply(minusSquare), n * (n + 1));
            sum = sum.add(term);
        }
        return sum;
    }

    /** The Taylor series of cos, for |x| ≤ π/4. */
    Dfp cosine(Dfp x) {
        Dfp minusSquare = x.multiply(x).negate();
        Dfp term = f.one;
        Dfp sum = f.one;
        for (int n = 1; !f.negligible(term, sum); n += 2) {
            term = f.over(term.multiply(minusSquare), n * (n + 1));
            sum = sum.add(term);
        }
        return sum;
    }

    Dfp atan(Dfp x) {
        if (x.isNaN() || f.isZero(x)) {
            return x;
        }
        Dfp quarter = f.pi.multiply(f.half);
        if (x.isInfinite()) {
            return Dfp.copysign(quarter, x);
        }
        Dfp a = x.abs();
        Dfp value = a.greaterThan(f.one) ? quarter.subtract(atanReduced(f.one.divide(a))) : atanReduced(a);
        return Dfp.copysign(value, x);
    }

    /** atan x for 0 ≤ x ≤ 1: the angle is halved four times, then the series x − x³/3 + x⁵/5 − … */
    private Dfp atanReduced(Dfp x) {
        if (f.isZero(x)) {
            return x;
        }
        Dfp r = x;
        for (int i = 0; i < 4; i++) {
            r = r.divide(r.multiply(r).add(1).sqrt().add(1));
        }
        Dfp minusSquare = r.multiply(r).negate();
        Dfp power = r;
        Dfp sum = r;
        for (int n = 3; !f.negligible(power, sum); n += 2) {
            power = power.multiply(minusSquare);
            sum = sum.add(power.divide(n));
        }
        return sum.multiply(16);
    }

    Dfp asin(Dfp x) {
        if (x.isNaN() || x.abs().greaterThan(f.one)) {
            return f.nan();
        }
        return atan(f.divide(x, f.sqrt(f.one.subtract(x).multiply(f.one.add(x)))));
    }

    Dfp acos(Dfp x) {
        if (x.isNaN() || x.abs().greaterThan(f.one)) {
            return f.nan();
        }
        return atan(f.sqrt(f.divide(f.one.subtract(x), f.one.add(x)))).multiply(2);
    }

    Dfp atan2(Dfp y, Dfp x) {
        if (x.isNaN() || y.isNaN()) {
            return f.nan();
        }
        Dfp angle;
        if (x.isInfinite() && y.isInfinite()) {
            angle = f.pi.divide(4);
        } else if (f.isZero(y)) {
            angle = f.zero;
        } else {
            angle = atan(f.divide(y.abs(), x.abs()));
        }
        return Dfp.copysign(f.isNegative(x) ? f.pi.subtract(angle) : angle, y);
    }
}
