package dualtape.check;

import dualtape.engine.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateMatrixFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.analysis.differentiation.GradientFunction;
import org.apache.commons.math3.analysis.differentiation.MultivariateDifferentiableFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;

/**
 * Checks derivatives that somebody wrote by hand, of functions of which nothing is known but their values:
 *
 * <pre>{@code
 * GradientResult result = GradientCheck.of(f, gradient).at(1, 2, 3);
 * if (result.verdict() != Verdict.AGREE) {
 *     System.err.println(result.text());
 * }
 * }</pre>
 *
 * <p>The witness is {@link Ridders}. How far rounding may have moved a component is found by moving the point by ulps. Other
 * libraries' functions come in as method references: {@code GradientCheck.of(f::value, g::value)}. Immutable.
 */
public final class GradientCheck {
    private final UnaryOperator<double[]> function;
    private final Function<double[], double[][]> jacobian;
    private final BinaryOperator<double[]> product;
    private final String what;
    private final String[] names;
    private final long seed;
    private final boolean symmetric;

    private GradientCheck(UnaryOperator<double[]> function, Function<double[], double[][]> jacobian,
            BinaryOperator<double[]> product, String what, String[] names, long seed, boolean symmetric) {
        this.function = function;
        this.jacobian = jacobian;
        this.product = product;
        this.what = what;
        this.names = names;
        this.seed = seed;
        this.symmetric = symmetric;
    }

    private static GradientCheck of(UnaryOperator<double[]> f, Function<double[], double[][]> jacobian,
            BinaryOperator<double[]> product, String what) {
        return new GradientCheck(f, jacobian, product, what, new String[0], 1, false);
    }

    /** A function and its gradient. */
    public static GradientCheck of(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient) {
        return of(x -> new double[] {f.applyAsDouble(x)}, x -> new double[][] {gradient.apply(x)}, null, "gradient");
    }

    /** A function of several results and its Jacobian: a row for each result. */
    public static GradientCheck ofJacobian(UnaryOperator<double[]> f, Function<double[], double[][]> jacobian) {
        return of(f, jacobian, null, "Jacobian");
    }

    /** A gradient and the product of the Hessian at x with a direction v, {@code hvp.apply(x, v)}; in seeded directions. */
    public static GradientCheck ofHessianProduct(UnaryOperator<double[]> gradient, BinaryOperator<double[]> hvp) {
        return of(gradient, null, hvp, "Hessian product");
    }

    /** Commons Math's function and gradient. */
    public static GradientCheck ofCommons(MultivariateFunction f, MultivariateVectorFunction gradient) {
        return of(f::value, gradient::value);
    }

    /** Commons Math's function of several results and Jacobian. */
    public static GradientCheck ofCommonsJacobian(MultivariateVectorFunction f, MultivariateMatrixFunction jacobian) {
        return ofJacobian(f::value, jacobian::value);
    }

    /** What Commons Math's optimizers take. */
    public static GradientCheck ofCommons(ObjectiveFunction f, ObjectiveFunctionGradient gradient) {
        return ofCommons(f.getObjectiveFunction(), gradient.getObjectiveFunctionGradient());
    }

    /** A function over Commons Math's derivative structures: its derivatives against its own values. */
    public static GradientCheck ofCommons(MultivariateDifferentiableFunction f) {
        return of(f::value, new GradientFunction(f)::value);
    }

    /** The same with names for the inputs, in messages. */
    public GradientCheck named(String... inputs) {
        return new GradientCheck(function, jacobian, product, what, inputs.clone(), seed, symmetric);
    }

    /** The same with other directions. */
    public GradientCheck seeded(long other) {
        return new GradientCheck(function, jacobian, product, what, names, other, symmetric);
    }

    /** The same, and that the gradient's own Jacobian, by differences, is symmetric: else it is the gradient of nothing. */
    public GradientCheck symmetric() {
        return new GradientCheck(function, jacobian, product, what, names, seed, true);
    }

    /**
     * At a point.
     *
     * @throws InputException if the derivative has not as many numbers as it must have
     */
    public GradientResult at(double... point) {
        double[] x = point.clone();
        OpaqueCheck check = new OpaqueCheck(function, x, what, names, seed);
        if (product != null) {
            check.product(product, new SplittableRandom(seed));
        } else {
            check.jacobian(jacobian);
            if (symmetric) {
                check.symmetric(v -> jacobian.apply(v)[0].clone());
            }
        }
        return check.result();
    }

    /** At random points of a domain, as in {@code (0, 10)}: the first that does not agree, else the last. */
    public GradientResult within(String domain, int size, int points) {
        Domain where = Domain.parse(domain);
        SplittableRandom random = new SplittableRandom(seed);
        GradientResult result = null;
        for (int p = 0; p < Math.max(1, points); p++) {
            result = at(where.random(random, size));
            if (result.verdict() != Verdict.AGREE) {
                return result;
            }
        }
        return result;
    }

    /** What has gone wrong in a user's function is told as the user's. */
    static double[] call(UnaryOperator<double[]> f, double[] x, int length, String what) {
        double[] y = f.apply(x.clone());
        if (y == null || length >= 0 && y.length != length) {
            throw new InputException("the " + what + " at " + Arrays.toString(x) + " must have " + length
                    + " numbers, got " + (y == null ? "null" : y.length + ""));
        }
        return y.clone();
    }
}
