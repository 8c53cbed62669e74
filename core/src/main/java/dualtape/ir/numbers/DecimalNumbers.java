package dualtape.ir.numbers;

import dualtape.ir.Numbers;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;

/**
 * Decimal numbers with as many digits as asked for: the reference for everything that is computed in doubles.
 *
 * <p>Arithmetic, square root, rounding and comparison are those of Commons Math's {@link Dfp}; the functions are our own
 * ({@link DecimalFunctions}, {@link DecimalErrorFunctions}, {@link DecimalGammas}), since Dfp's lack half of them, return
 * NaN for log(0), lose digits next to zeros and do not end for large arguments.
 *
 * <p>All work is done with {@value #GUARD} more digits than asked for, and formulas are chosen so that none of the asked
 * digits is lost, next to zeros of a function either; exceptions, where the error is absolute, are the zeros of lgamma and
 * of polygamma other than 1 and 2. Exponents reach ±131,000: exp(800) is a number like another. Special cases (NaN,
 * infinities, domain ends) are those of {@link Doubles}; zeros have signs as far as Dfp keeps them. sin, cos and tan are NaN from
 * 10²⁰⁰⁰ on.
 *
 * <p>Numbers of two instances with different digits must not be mixed: Dfp makes that NaN. Values are immutable.
 */
public final class DecimalNumbers implements Numbers<Dfp> {
    private static final int GUARD = 30;
    private static final Map<Integer, DecimalNumbers> MADE = new ConcurrentHashMap<>();

    private final DecimalFunctions functions;
    private final DecimalErrorFunctions errors;
    private final DecimalGammas gammas;
    private final Dfp zero;
    private final Dfp one;

    private DecimalNumbers(int digits) {
        DfpField field = new DfpField(digits + GUARD);
        this.functions = new DecimalFunctions(field, digits + GUARD);
        this.errors = new DecimalErrorFunctions(functions);
        this.gammas = new DecimalGammas(functions);
        this.zero = functions.zero;
        this.one = functions.one;
    }

    /**
     * Decimals whose results are right in this many significant digits. Made once and shared; the first one takes 0.1 s for 50
     * digits, 1.5 s for 200.
     *
     * @throws IllegalArgumentException if {@code digits} is below 20 or above 200
     */
    public static DecimalNumbers digits(int digits) {
        if (digits < 20 || digits > 200) {
            throw new IllegalArgumentException("decimal numbers: 20 to 200 digits, got " + digits);
        }
        return MADE.computeIfAbsent(digits, DecimalNumbers::new);
    }

    /**
     * The number c: exact while all its digits fit (2⁻⁶⁰ to 2²⁵⁰ for 50), else rounded to the working digits, since 2⁻¹⁰⁷⁴ has 751.
     * sin, cos and tan take a large number that is a rounded double for that double.
     */
    @Override
    public Dfp of(double c) {
        if (Double.isNaN(c)) {
            return functions.nan();
        }
        if (Double.isInfinite(c)) {
            return functions.infinity(c > 0);
        }
        if (c == 0) {
            return 1 / c < 0 ? zero.negate() : zero;
        }
        return functions.number(c);
    }

    /**
     * The number that this text says, as in {@code -1.25e-7}.
     *
     * @throws NumberFormatException if it says none
     */
    public Dfp parse(String text) {
        return functions.decimal(new BigDecimal(text));
    }

    /** The double next to x, ties to even; subnormals, infinities and NaN included. */
    public double toDouble(Dfp x) {
        if (x.isNaN()) {
            return Double.NaN;
        }
        if (x.isInfinite()) {
            return x.lessThan(zero) ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return functions.exact(x).doubleValue();
    }

    @Override
    public Dfp add(Dfp x, Dfp y) {
        return x.add(y);
    }

    @Override
    public Dfp subtract(Dfp x, Dfp y) {
        return x.subtract(y);
    }

    @Override
    public Dfp multiply(Dfp x, Dfp y) {
        return x.multiply(y);
    }

    @Override
    public Dfp divide(Dfp x, Dfp y) {
        return functions.divide(x, y);
    }

    @Override
    public Dfp negate(Dfp x) {
        return x.negate();
    }

    @Override
    public Dfp sqrt(Dfp x) {
        return functions.sqrt(x);
    }

    @Override
    public Dfp exp(Dfp x) {
        return functions.exp(x);
    }

    @Override
    public Dfp log(Dfp x) {
        return functions.log(x);
    }

    @Override
    public Dfp expm1(Dfp x) {
        return functions.expm1(x);
    }

    @Override
    public Dfp log1p(Dfp x) {
        return functions.log1p(x);
    }

    @Override
    public Dfp log2(Dfp x) {
        return functions.log2(x);
    }

    @Override
    public Dfp log10(Dfp x) {
        return functions.log10(x);
    }

    @Override
    public Dfp cbrt(Dfp x) {
        return functions.cbrt(x);
    }

    @Override
    public Dfp sin(Dfp x) {
        return functions.sin(x);
    }

    @Override
    public Dfp cos(Dfp x) {
        return functions.cos(x);
    }

    @Override
    public Dfp tan(Dfp x) {
        return functions.tan(x);
    }

    @Override
    public Dfp asin(Dfp x) {
        return functions.asin(x);
    }

    @Override
    public Dfp acos(Dfp x) {
        return functions.acos(x);
    }

    @Override
    public Dfp atan(Dfp x) {
        return functions.atan(x);
    }

    @Override
    public Dfp atan2(Dfp y, Dfp x) {
        return functions.atan2(y, x);
    }

    @Override
    public Dfp sinh(Dfp x) {
        return functions.sinh(x);
    }

    @Override
    public Dfp cosh(Dfp x) {
        return functions.cosh(x);
    }

    @Override
    public Dfp tanh(Dfp x) {
        return functions.tanh(x);
    }

    @Override
    public Dfp asinh(Dfp x) {
        return functions.asinh(x);
    }

    @Override
    public Dfp acosh(Dfp x) {
        return functions.acosh(x);
    }

    @Override
    public Dfp atanh(Dfp x) {
        return functions.atanh(x);
    }

    @Override
    public Dfp hypot(Dfp x, Dfp y) {
        return functions.hypot(x, y);
    }

    @Override
    public Dfp pow(Dfp x, Dfp y) {
        return functions.pow(x, y);
    }

    @Override
    public Dfp erf(Dfp x) {
        return errors.erf(x);
    }

    @Override
    public Dfp erfc(Dfp x) {
        return errors.erfc(x);
    }

    @Override
    public Dfp lgamma(Dfp x) {
        return gammas.lgamma(x);
    }

    @Override
    public Dfp polygamma(int n, Dfp x) {
        return gammas.polygamma(n, x);
    }

    @Override
    public Dfp abs(Dfp x) {
        return x.abs();
    }

    @Override
    public Dfp sign(Dfp x) {
        return x.isNaN() || isZero(x) ? x : x.lessThan(zero) ? one.negate() : one;
    }

    @Override
    public Dfp floor(Dfp x) {
        // Not Dfp's own, for which the floor of a tiny negative number is 0.
        Dfp nearest = x.rint();
        return !nearest.isNaN() && nearest.greaterThan(x) ? nearest.subtract(one) : nearest;
    }

    @Override
    public Dfp rint(Dfp x) {
        return x.rint();
    }

    @Override
    public Dfp less(Dfp x, Dfp y) {
        return !x.isNaN() && !y.isNaN() && x.lessThan(y) ? one : zero;
    }

    @Override
    public Dfp equal(Dfp x, Dfp y) {
        return !x.isNaN() && !y.isNaN() && x.equals(y) ? one : zero;
    }

    @Override
    public Dfp select(Dfp condition, Dfp then, Dfp otherwise) {
        return isZero(condition) ? otherwise : then;
    }

    private boolean isZero(Dfp x) {
        return !x.isNaN() && x.equals(zero);
    }
}
