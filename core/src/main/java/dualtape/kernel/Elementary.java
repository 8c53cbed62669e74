package dualtape.kernel;

import java.util.function.DoubleUnaryOperator;

/** The functions of one number that have a kernel over arrays. */
public enum Elementary implements DoubleUnaryOperator {
    /** {@link Exponentials#exp}. */
    EXP(Exponentials::exp),
    /** {@link Logarithm#log}. */
    LOG(Logarithm::log),
    /** {@link Exponentials#tanh}. */
    TANH(Exponentials::tanh),
    /** {@link Exponentials#sigmoid}. */
    SIGMOID(Exponentials::sigmoid),
    /** {@link Circular#sin}. */
    SIN(Circular::sin),
    /** {@link Circular#cos}. */
    COS(Circular::cos);

    private final DoubleUnaryOperator function;

    Elementary(DoubleUnaryOperator function) {
        this.function = function;
    }

    @Override
    public double applyAsDouble(double x) {
        return function.applyAsDouble(x);
    }
}
