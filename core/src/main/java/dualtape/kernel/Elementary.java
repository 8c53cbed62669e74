package dualtape.kernel;

import java.util.function.DoubleUnaryOperator;

/** The functions of one number that have a kernel over arrays. */
public enum Elementary implements DoubleUnaryOperator {
    /** {@link Exponentials#exp}. */
    EXP(Exponentials::exp, 0.7),
    /** {@link Logarithm#log}. */
    LOG(Logarithm::log, 0.8),
    /** {@link Exponentials#tanh}. */
    TANH(Exponentials::tanh, 1),
    /** {@link Exponentials#sigmoid}. */
    SIGMOID(Exponentials::sigmoid, 2.3),
    /** {@link Circular#sin}. */
    SIN(Circular::sin, 0.8),
    /** {@link Circular#cos}. */
    COS(Circular::cos, 0.8);

    private final DoubleUnaryOperator function;
    private final double ulps;

    Elementary(DoubleUnaryOperator function, double ulps) {
        this.function = function;
        this.ulps = ulps;
    }

    /** The greatest error, in ulps, where the polynomial serves; outside, where {@link StrictMath} is asked, 1 or this. */
    public double ulps() {
        return ulps;
    }

    @Override
    public double applyAsDouble(double x) {
        return function.applyAsDouble(x);
    }
}
