package dualtape.junit;

import dualtape.check.GradientCheck;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions about derivatives written by hand:
 *
 * <pre>{@code
 * assertThatGradient(f, gradient).at(1, 2, 3).agrees();
 * }</pre>
 */
public final class GradientAssertions {
    private GradientAssertions() {}

    /** A function and its gradient. */
    public static GradientAssert assertThatGradient(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient) {
        return assertThat(GradientCheck.of(f, gradient));
    }

    /** A function of several results and its Jacobian. */
    public static GradientAssert assertThatJacobian(UnaryOperator<double[]> f,
            Function<double[], double[][]> jacobian) {
        return assertThat(GradientCheck.ofJacobian(f, jacobian));
    }

    /** A gradient and the product of the Hessian at x with a direction v, {@code hvp.apply(x, v)}. */
    public static GradientAssert assertThatHessianProduct(UnaryOperator<double[]> gradient,
            BinaryOperator<double[]> hvp) {
        return assertThat(GradientCheck.ofHessianProduct(gradient, hvp));
    }

    /** Any check. */
    public static GradientAssert assertThat(GradientCheck check) {
        return new GradientAssert(check, message -> {
            throw new AssertionFailedError(message);
        });
    }
}
