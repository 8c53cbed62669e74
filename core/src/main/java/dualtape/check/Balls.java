package dualtape.check;

import dualtape.ir.numbers.Doubles;
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
public final class Balls extends BallFunctions {
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

    @Override
    public Ball sqrt(Ball x) {
        return function(Doubles::sqrt, x, 1);
    }

    @Override
    public Ball atan2(Ball y, Ball x) {
        return function(Doubles::atan2, y, x, ULPS);
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
