package dualtape.ir.numbers;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;

/**
 * Exponential, logarithm, powers and hyperbolic functions of decimals; the trigonometric ones are in
 * {@link DecimalTrigonometry}. Each is reduced by exact steps to a short interval around zero and summed from its
 * Taylor series there.
 */
final class DecimalFunctions {
    /** Results beyond 10^±131,000 are infinite or zero: |x| for which exp(x) surely is. */
    private static final int EXP_BOUND = 302_000;
    /** The argument of exp is divided by 2 to this. */
    private static final int HALVINGS = 10;
    /** From here on powers of two are kept; all have no more than 77 digits. */
    private static final int LEAST_POWER = -110;
    private static final int MOST_POWER = 150;

    final int digits;
    final Dfp zero;
    final Dfp one;
    final Dfp half;
    final Dfp pi;
    private final Dfp ln2;
    private final Dfp ln10;
    private final Dfp[] powers;
    private final DecimalTrigonometry trigonometry;

    DecimalFunctions(DfpField field, int digits) {
        this.digits = digits;
        this.zero = new QuickDfp(field); // all numbers are made from it, so all are of its kind
        this.one = zero.newInstance(1);
        this.half = one.divide(2);
        this.powers = powers();
        this.pi = decimal(DecimalTrigonometry.pi(digits + 8));
        // log 2 = 2 atanh(1/3), log 10 = 3 log 2 + 2 atanh(1/9).
        this.ln2 = atanhSeries(one.divide(3)).multiply(2);
        this.ln10 = ln2.multiply(3).add(atanhSeries(one.divide(9)).multiply(2));
        this.trigonometry = new DecimalTrigonometry(this);
    }

    Dfp nan() {
        return zero.newInstance((byte) 1, Dfp.QNAN);
    }

    Dfp infinity(boolean positive) {
        return zero.newInstance((byte) (positive ? 1 : -1), Dfp.INFINITE);
    }

    /** The decimal rounded to the working digits. Dfp reads and writes long numbers without an exponent wrongly, so they are scaled. */
    Dfp decimal(BigDecimal exact) {
        if (exact.signum() == 0) {
            return zero;
        }
        BigDecimal rounded = exact.round(new MathContext(digits + 4));
        int scale = Math.floorDiv(rounded.precision() - rounded.scale() - 1, 4);
        if (Math.abs(scale) > 32_000) {
            return scale < 0 ? zero : infinity(exact.signum() > 0);
        }
        return zero.newInstance(rounded.scaleByPowerOfTen(-4 * scale).toPlainString()).multiply(one.power10K(scale));
    }

    /** A double that is neither zero nor infinite nor NaN: an integer times a power of two. */
    Dfp number(double c) {
        int exponent = Math.max(Math.getExponent(c), Double.MIN_EXPONENT) - 52;
        long mantissa = (long) Math.scalb(c, -exponent);
        int even = Long.numberOfTrailingZeros(mantissa);
        int at = exponent + even - LEAST_POWER;
        return at < 0 || at >= powers.length ? decimal(new BigDecimal(c))
                : zero.newInstance(mantissa >> even).multiply(powers[at]);
    }

    /** 2^n, rounded or not, for n from {@link #LEAST_POWER} on. */
    private Dfp[] powers() {
        Dfp[] made = new Dfp[MOST_POWER - LEAST_POWER + 1];
        for (int i = 0; i < made.length; i++) {
            int n = i + LEAST_POWER;
            BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(n));
            made[i] = decimal(n < 0 ? BigDecimal.ONE.divide(power) : power);
        }
        return made;
    }

    /** All digits of a finite number. */
    BigDecimal exact(Dfp x) {
        if (isZero(x)) {
            return BigDecimal.ZERO;
        }
        int scale = x.log10K();
        return new BigDecimal(x.divide(one.power10K(scale)).toString()).scaleByPowerOfTen(4 * scale);
    }

    Dfp number(int n) {
        return zero.newInstance(n);
    }

    /** x / n; Dfp's own division by an int takes divisors below 10,000 only. */
    Dfp over(Dfp x, int n) {
        return n < 10_000 ? x.divide(n) : x.divide(number(n));
    }

    boolean isZero(Dfp x) {
        return !x.isNaN() && x.equals(zero);
    }

    boolean isInteger(Dfp x) {
        return !x.isNaN() && !x.isInfinite() && x.equals(x.rint());
    }

    /** Whether a term no longer changes a sum. */
    boolean negligible(Dfp term, Dfp sum) {
        return isZero(term) || term.log10K() < sum.log10K() - digits / 4 - 2;
    }

    /** x / y, with the signs of zeros and infinities as in IEEE 754. */
    Dfp divide(Dfp x, Dfp y) {
        if (x.isNaN() || y.isNaN() || isZero(x) && isZero(y) || x.isInfinite() && y.isInfinite()) {
            return nan();
        }
        boolean positive = isNegative(x) == isNegative(y);
        if (isZero(y) || x.isInfinite()) {
            return infinity(positive);
        }
        if (isZero(x) || y.isInfinite()) {
            return positive ? zero : zero.negate();
        }
        return x.divide(y);
    }

    /** Whether the sign is minus, of zeros too. */
    boolean isNegative(Dfp x) {
        return !x.isNaN() && Dfp.copysign(one, x).lessThan(zero);
    }

    Dfp sqrt(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x;
        }
        return x.lessThan(zero) ? nan() : x.isInfinite() ? x : x.sqrt();
    }

    Dfp exp(Dfp x) {
        if (x.isNaN()) {
            return x;
        }
        if (x.abs().greaterThan(number(EXP_BOUND))) {
            return x.lessThan(zero) ? zero : infinity(true);
        }
        Dfp base = ln10.multiply(4);
        int k = (int) Math.rint(approximately(x) / approximately(base));
        Dfp r = x.subtract(base.multiply(k));
        return expm1Reduced(r).add(1).multiply(one.power10K(k));
    }

    Dfp expm1(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x;
        }
        return x.abs().lessThan(one) ? expm1Reduced(x) : exp(x).subtract(one);
    }

    /** exp(x) − 1 for |x| &lt; 5: Taylor series of x / 2ᵏ, then k times e ← e (2 + e). */
    private Dfp expm1Reduced(Dfp x) {
        Dfp r = x.divide(1 << HALVINGS);
        Dfp term = r;
        Dfp sum = r;
        for (int n = 2; !negligible(term, sum); n++) {
            term = term.multiply(r).divide(n);
            sum = sum.add(term);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum.add(2));
        }
        return sum;
    }

    Dfp log(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x.isNaN() ? x : infinity(false);
        }
        if (x.lessThan(zero) || x.isInfinite()) {
            return x.lessThan(zero) ? nan() : x;
        }
        Dfp fromOne = x.subtract(one);
        if (fromOne.abs().lessThan(one.divide(10))) {
            return log1p(fromOne);
        }
        int k = x.log10K();
        Dfp m = x.multiply(one.power10K(-k));
        // A double is nearly right, and what remains is a logarithm next to 0.
        Dfp near = zero.newInstance((long) (1e14 * Math.log(approximately(m)))).multiply(one.power10K(-3))
                .divide(100);
        Dfp rest = m.multiply(exp(near.negate())).subtract(one);
        return near.add(atanhSeries(rest.divide(rest.add(2))).multiply(2)).add(ln10.multiply(4).multiply(k));
    }

    /** About 15 digits of a number that a double can be. */
    static double approximately(Dfp x) {
        return ((QuickDfp) x).approximately();
    }

    Dfp log1p(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x;
        }
        return x.abs().lessThan(one.divide(10)) ? atanhSeries(x.divide(x.add(2))).multiply(2) : log(x.add(one));
    }

    /** x + x³/3 + x⁵/5 + … */
    private Dfp atanhSeries(Dfp x) {
        Dfp square = x.multiply(x);
        Dfp power = x;
        Dfp sum = x;
        for (int n = 3; !negligible(power, sum); n += 2) {
            power = power.multiply(square);
            sum = sum.add(power.divide(n));
        }
        return sum;
    }

    Dfp log2(Dfp x) {
        return log(x).divide(ln2);
    }

    Dfp log10(Dfp x) {
        return log(x).divide(ln10);
    }

    Dfp cbrt(Dfp x) {
        if (x.isNaN() || isZero(x) || x.isInfinite()) {
            return x;
        }
        Dfp root = exp(log(x.abs()).divide(3));
        Dfp square = root.multiply(root);
        return Dfp.copysign(root.subtract(square.multiply(root).subtract(x.abs()).divide(square.multiply(3))), x);
    }

    Dfp sinh(Dfp x) {
        if (x.isNaN() || isZero(x) || x.isInfinite()) {
            return x;
        }
        if (x.abs().lessThan(one)) {
            Dfp e = expm1(x);
            return e.add(e.divide(e.add(1))).multiply(half);
        }
        Dfp e = exp(x.abs());
        return Dfp.copysign(e.isInfinite() ? e : e.subtract(one.divide(e)).multiply(half), x);
    }

    Dfp cosh(Dfp x) {
        Dfp e = exp(x.abs());
        return e.isNaN() || e.isInfinite() ? e : e.add(one.divide(e)).multiply(half);
    }

    Dfp tanh(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x;
        }
        if (x.abs().greaterThan(number(3 * digits))) {
            return Dfp.copysign(one, x);
        }
        Dfp e = expm1(x.multiply(2));
        return e.divide(e.add(2));
    }

    Dfp asinh(Dfp x) {
        if (x.isNaN() || isZero(x) || x.isInfinite()) {
            return x;
        }
        Dfp a = x.abs();
        if (a.log10K() > digits) {
            return Dfp.copysign(log(a).add(ln2), x);
        }
        Dfp square = a.multiply(a);
        return Dfp.copysign(log1p(a.add(square.divide(square.add(1).sqrt().add(1)))), x);
    }

    Dfp acosh(Dfp x) {
        if (x.isNaN() || x.isInfinite() || x.lessThan(one)) {
            return isNegative(x) || x.lessThan(one) ? nan() : x;
        }
        if (x.log10K() > digits) {
            return log(x).add(ln2);
        }
        Dfp t = x.subtract(one);
        return log1p(t.add(sqrt(t.multiply(t.add(2)))));
    }

    Dfp atanh(Dfp x) {
        if (x.isNaN() || isZero(x)) {
            return x;
        }
        Dfp a = x.abs();
        if (!a.lessThan(one)) {
            return a.equals(one) ? infinity(!isNegative(x)) : nan();
        }
        return Dfp.copysign(log1p(a.multiply(2).divide(one.subtract(a))).multiply(half), x);
    }

    Dfp hypot(Dfp x, Dfp y) {
        if (x.isInfinite() || y.isInfinite()) {
            return infinity(true);
        }
        if (x.isNaN() || y.isNaN()) {
            return nan();
        }
        Dfp large = x.abs().lessThan(y.abs()) ? y.abs() : x.abs();
        Dfp small = x.abs().lessThan(y.abs()) ? x.abs() : y.abs();
        if (isZero(large)) {
            return large;
        }
        Dfp ratio = small.divide(large);
        return large.multiply(ratio.multiply(ratio).add(1).sqrt());
    }

    Dfp pow(Dfp x, Dfp y) {
        return DecimalPowers.pow(this, x, y);
    }

    Dfp sin(Dfp x) {
        return trigonometry.sin(x);
    }

    Dfp cos(Dfp x) {
        return trigonometry.cos(x);
    }

    Dfp tan(Dfp x) {
        return trigonometry.tan(x);
    }

    Dfp asin(Dfp x) {
        return trigonometry.asin(x);
    }

    Dfp acos(Dfp x) {
        return trigonometry.acos(x);
    }

    Dfp atan(Dfp x) {
        return trigonometry.atan(x);
    }

    Dfp atan2(Dfp y, Dfp x) {
        return trigonometry.atan2(y, x);
    }
}
