package dualtape.check;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.Doubles;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Balls as a kind of number: a running error bound. Middles are the same bits as those of {@link Doubles}. A function's radius is
 * how far its value moves over the operand's ball, found by evaluating it at the ball's ends, and a few ulps for the rounding of
 * the function itself; the sums and products of the chain rule have half an ulp (N. J. Higham, "Accuracy and Stability of
 * Numerical Algorithms", 2nd ed. 2002, section 3.3).
 *
 * <p>A comparison of balls that overlap is uncertain: its result is a ball that holds both answers, and what is selected by it
 * covers both branches. So a bound stays a bound beside a kink. Over exact points the bound is that of the double result; over
 * points with a small radius it tells whether a branch, a pole or the end of a domain is in the neighbourhood.
 *
 * <p>Bounds of functions are measured, not proved: ends of a ball stand for all of it.
 */
public final class Balls implements Numbers<Ball> {
    /** Of the functions that are not exactly rounded. Those with worse errors are given more where they stand. */
    private static final double ULPS = 4;
    private static final Ball UNKNOWN_CONDITION = new Ball(0, 1);

    private long uncertain;

    /** Balls that count uncertain comparisons for one evaluation. */
    public Balls() {}

    /** How many comparisons, signs and roundings were uncertain until now. */
    public long uncertain() {
        return uncertain;
    }

    @Override
    public Ball of(double c) {
        return Ball.exact(c);
    }

    private static double half(double x) {
        return 0.5 * Math.ulp(x) + Double.MIN_VALUE;
    }

    private static Ball rounded(double middle, double radius) {
        return new Ball(middle, radius * (1 + 0x1p-40) + (middle == 0 && radius == 0 ? 0 : half(middle)));
    }

    @Override
    public Ball add(Ball x, Ball y) {
        double sum = x.middle() + y.middle();
        if (x.is(0) || y.is(0)) {
            return new Ball(sum, x.radius() + y.radius());
        }
        return x.radius() == 0 && y.radius() == 0 && isExact(x.middle(), y.middle(), sum)
                ? Ball.exact(sum)
                : rounded(sum, x.radius() + y.radius());
    }

    /** Whether a sum is not rounded (D. E. Knuth's TwoSum): exponents of derivatives are, and must stay whole. */
    private static boolean isExact(double x, double y, double sum) {
        double part = sum - x;
        return (x - (sum - part)) + (y - part) == 0;
    }

    @Override
    public Ball subtract(Ball x, Ball y) {
        return x == y && Double.isFinite(x.middle()) ? Ball.exact(0) : add(x, negate(y)); // a number minus itself
    }

    @Override
    public Ball negate(Ball x) {
        return new Ball(-x.middle(), x.radius());
    }

    @Override
    public Ball multiply(Ball x, Ball y) {
        double product = x.middle() * y.middle();
        if (product == 0 && (x.is(0) || y.is(0))) {
            return x.is(0) && Double.isInfinite(y.radius()) || y.is(0) && Double.isInfinite(x.radius())
                    ? new Ball(product, Double.POSITIVE_INFINITY)
                    : Ball.exact(product);
        }
        boolean exact = x.radius() == 0 && y.radius() == 0 && Math.abs(product) > 0x1p-900;
        if (exact && Math.fma(x.middle(), y.middle(), -product) == 0) {
            return Ball.exact(product);
        }
        return product == 0 || x.radius() == 0 && isPowerOfTwo(x.middle())
                || y.radius() == 0 && isPowerOfTwo(y.middle())
                        ? new Ball(product, spread(x, y) + Double.MIN_VALUE)
                        : rounded(product, spread(x, y));
    }

    private static boolean isPowerOfTwo(double x) {
        return Double.isFinite(x) && Math.abs(x) == Math.scalb(1.0, Math.getExponent(x));
    }

    private static double spread(Ball x, Ball y) {
        return zeroTimes(Math.abs(x.middle()), y.radius()) + zeroTimes(Math.abs(y.middle()), x.radius())
                + zeroTimes(x.radius(), y.radius());
    }

    /** 0 where the radius is 0: an exact factor adds no uncertainty, infinite or not. */
    private static double zeroTimes(double size, double radius) {
        return radius == 0 || size == 0 && Double.isFinite(radius) ? 0 : size * radius;
    }

    @Override
    public Ball divide(Ball x, Ball y) {
        double quotient = x.middle() / y.middle();
        if (y.radius() > 0 && y.touchesZero()) {
            return new Ball(quotient, Double.POSITIVE_INFINITY);
        } else if (x.is(0)) {
            return Ball.exact(quotient);
        }
        double least = Math.abs(y.middle()) - y.radius();
        double spread = (x.radius() + zeroTimes(Math.abs(quotient), y.radius())) / least;
        return rounded(quotient, x.radius() == 0 && y.radius() == 0 ? 0 : spread);
    }

    @Override
    public Ball multiplyAdd(Ball x, Ball y, Ball z) {
        double middle = Math.fma(x.middle(), y.middle(), z.middle());
        Ball exact = add(multiply(x, y), z); // its roundings are more than the one of the fused form
        return new Ball(middle, exact.radius());
    }

    /** A function of one ball by its values at the ends, with so many ulps for itself. */
    private static Ball function(DoubleUnaryOperator f, Ball x, double ulps) {
        double y = f.applyAsDouble(x.middle());
        double own = y == 0 && x.radius() == 0 && isZeroOrOne(x.middle()) ? 0 : ulps * Math.ulp(y);
        return new Ball(y, moved(f, x, y) + own);
    }

    /** Where functions have their exact zeros. */
    private static boolean isZeroOrOne(double x) {
        return x == 0 || x == 1;
    }

    private static Ball function(DoubleUnaryOperator f, Ball x) {
        return function(f, x, ULPS);
    }

    /** How far f moves over a ball: by a step that is long enough to be seen, in proportion, where the radius is below it. */
    private static double moved(DoubleUnaryOperator f, Ball x, double y) {
        if (x.radius() == 0) {
            return 0;
        } else if (Double.isInfinite(x.radius()) || Double.isNaN(y) || Double.isInfinite(y)) {
            return Double.POSITIVE_INFINITY;
        }
        double step = Math.max(x.radius(), 64 * Math.ulp(x.middle()));
        double right = Math.abs(f.applyAsDouble(x.middle() + step) - y);
        double left = Math.abs(f.applyAsDouble(x.middle() - step) - y);
        double most = Math.max(right, left);
        if (Double.isNaN(most)) {
            // The domain ends within the longer step; the ends of the ball itself may still be inside.
            right = Math.abs(f.applyAsDouble(x.high()) - y);
            left = Math.abs(f.applyAsDouble(x.low()) - y);
            return 2 * Math.max(right, left) + 4 * Math.ulp(y);
        }
        return most * (x.radius() / step) * (1 + 1e-3);
    }

    /** A function of two balls: how far it moves over one, and over the other. */
    private static Ball function(DoubleBinaryOperator f, Ball x, Ball y, double ulps) {
        double z = f.applyAsDouble(x.middle(), y.middle());
        double own = z == 0 && x.radius() == 0 && y.radius() == 0 ? 0 : ulps * Math.ulp(z);
        double first = moved(v -> f.applyAsDouble(v, y.middle()), x, z);
        double second = moved(v -> f.applyAsDouble(x.middle(), v), y, z);
        return new Ball(z, (first + second) * (1 + 1e-3) + own);
    }

    @Override
    public Ball exp(Ball x) {
        return function(Doubles::exp, x);
    }

    @Override
    public Ball log(Ball x) {
        return function(Doubles::log, x);
    }

    @Override
    public Ball expm1(Ball x) {
        return function(Doubles::expm1, x);
    }

    @Override
    public Ball log1p(Ball x) {
        return function(Doubles::log1p, x);
    }

    @Override
    public Ball log2(Ball x) {
        return function(Doubles::log2, x);
    }

    @Override
    public Ball log10(Ball x) {
        return function(Doubles::log10, x);
    }

    @Override
    public Ball sqrt(Ball x) {
        return function(Doubles::sqrt, x, 1);
    }

    @Override
    public Ball cbrt(Ball x) {
        return function(Doubles::cbrt, x);
    }

    @Override
    public Ball sin(Ball x) {
        return function(Doubles::sin, x);
    }

    @Override
    public Ball cos(Ball x) {
        return function(Doubles::cos, x);
    }

    @Override
    public Ball tan(Ball x) {
        return function(Doubles::tan, x);
    }

    @Override
    public Ball asin(Ball x) {
        return function(Doubles::asin, x);
    }

    @Override
    public Ball acos(Ball x) {
        return function(Doubles::acos, x);
    }

    @Override
    public Ball atan(Ball x) {
        return function(Doubles::atan, x);
    }

    @Override
    public Ball atan2(Ball y, Ball x) {
        return function(Doubles::atan2, y, x, ULPS);
    }

    @Override
    public Ball sinh(Ball x) {
        return function(Doubles::sinh, x);
    }

    @Override
    public Ball cosh(Ball x) {
        return function(Doubles::cosh, x);
    }

    @Override
    public Ball tanh(Ball x) {
        return function(Doubles::tanh, x);
    }

    @Override
    public Ball asinh(Ball x) {
        return function(Doubles::asinh, x);
    }

    @Override
    public Ball acosh(Ball x) {
        return function(Doubles::acosh, x);
    }

    @Override
    public Ball atanh(Ball x) {
        return function(Doubles::atanh, x);
    }

    @Override
    public Ball hypot(Ball x, Ball y) {
        return function(Doubles::hypot, x, y, ULPS);
    }

    /** A whole, exact exponent makes a function of x alone, also left of zero. */
    @Override
    public Ball pow(Ball x, Ball y) {
        return function(Doubles::pow, x, y, ULPS);
    }

    @Override
    public Ball erf(Ball x) {
        return function(Doubles::erf, x);
    }

    @Override
    public Ball erfc(Ball x) {
        return function(Doubles::erfc, x, 2 * ULPS);
    }

    /** Left of zero its error is one of numbers of size 4. */
    @Override
    public Ball lgamma(Ball x) {
        Ball y = function(Doubles::lgamma, x);
        return x.middle() > 0 ? y : new Ball(y.middle(), y.radius() + ULPS * Math.ulp(4.0));
    }

    /** Left of zero its error is one of numbers of size 40. */
    @Override
    public Ball polygamma(int n, Ball x) {
        Ball y = function(v -> Doubles.polygamma(n, v), x, 5 * ULPS);
        return x.middle() > 0 ? y : new Ball(y.middle(), y.radius() + 2 * ULPS * Math.ulp(40.0));
    }

    @Override
    public Ball abs(Ball x) {
        uncertain += x.radius() > 0 && x.touchesZero() ? 1 : 0;
        return new Ball(Math.abs(x.middle()), x.radius());
    }

    @Override
    public Ball sign(Ball x) {
        return step(Doubles::sign, x);
    }

    @Override
    public Ball floor(Ball x) {
        return step(Doubles::floor, x);
    }

    @Override
    public Ball rint(Ball x) {
        return step(Doubles::rint, x);
    }

    private Ball step(DoubleUnaryOperator f, Ball x) {
        double y = f.applyAsDouble(x.middle());
        double spread = f.applyAsDouble(x.high()) - f.applyAsDouble(x.low());
        uncertain += x.radius() > 0 && !(spread == 0) ? 1 : 0;
        return new Ball(y, x.radius() == 0 ? 0 : spread);
    }

    @Override
    public Ball less(Ball x, Ball y) {
        double answer = Doubles.less(x.middle(), y.middle());
        return compared(x, y, answer);
    }

    @Override
    public Ball equal(Ball x, Ball y) {
        return compared(x, y, Doubles.equal(x.middle(), y.middle()));
    }

    /** The answer of the middles, uncertain where the balls overlap. */
    private Ball compared(Ball x, Ball y, double answer) {
        if (x.radius() == 0 && y.radius() == 0 || x.high() < y.low() || y.high() < x.low()
                || Double.isNaN(x.middle()) || Double.isNaN(y.middle())) {
            return Ball.exact(answer);
        } else if (x == y) {
            return Ball.exact(answer); // a number beside itself
        }
        uncertain++;
        return new Ball(answer, UNKNOWN_CONDITION.radius());
    }

    @Override
    public Ball select(Ball condition, Ball then, Ball otherwise) {
        return condition.radius() == 0
                ? condition.middle() != 0 ? then : otherwise
                : chosen(condition.middle() != 0, condition.touchesZero(), then, otherwise);
    }

    @Override
    public Ball ifZero(Ball x, Ball then, Ball otherwise) {
        return x.radius() == 0
                ? x.middle() == 0 ? then : otherwise
                : chosen(x.middle() != 0, x.touchesZero(), otherwise, then);
    }

    /** What the middles choose, its radius over both branches if the other may be right too. */
    private static Ball chosen(boolean first, boolean open, Ball then, Ball otherwise) {
        Ball chosen = first ? then : otherwise;
        Ball other = first ? otherwise : then;
        if (first && !open) {
            return chosen;
        }
        boolean both = Double.isNaN(chosen.middle()) && Double.isNaN(other.middle());
        double apart = chosen.middle() == other.middle() || both ? 0 : Math.abs(chosen.middle() - other.middle());
        return new Ball(chosen.middle(), Math.max(chosen.radius(), apart + other.radius()));
    }

    @Override
    public Ball isNaN(Ball x) {
        return Ball.exact(Doubles.isNaN(x.middle()));
    }

    @Override
    public boolean holds(Ball condition) {
        return condition.middle() != 0;
    }
}
