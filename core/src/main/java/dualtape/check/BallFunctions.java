package dualtape.check;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.Doubles;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions over balls: how far the value moves over the ball, and the rounding of the function itself. */
abstract class BallFunctions implements Numbers<Ball> {
    /** Of the functions that are not exactly rounded. Those with worse errors are given more where they stand. */
    static final double ULPS = 4;

    /** A function of one ball by its values at the ends, with so many ulps for itself. */
    static Ball function(DoubleUnaryOperator f, Ball x, double ulps) {
        double y = f.applyAsDouble(x.middle());
        double own = y == 0 && x.radius() == 0 && isZeroOrOne(x.middle()) ? 0 : ulps * Math.ulp(y);
        return new Ball(y, moved(f, x, y) + own);
    }

    /** Where functions have their exact zeros. */
    private static boolean isZeroOrOne(double x) {
        return x == 0 || x == 1;
    }

    static Ball function(DoubleUnaryOperator f, Ball x) {
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
    static Ball function(DoubleBinaryOperator f, Ball x, Ball y, double ulps) {
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
    public Ball erf(Ball x) {
        return function(Doubles::erf, x);
    }
}
