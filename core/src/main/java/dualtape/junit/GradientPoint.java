package dualtape.junit;

import dualtape.check.Check;
import dualtape.check.Finding;
import dualtape.check.GradientCheck;
import dualtape.check.Verdict;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Numerals;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/**
 * A point of a {@link GradientTest}.
 *
 * @param index which, from 1 on
 * @param x the numbers
 * @param order 1 or 2
 * @param seed of the test
 */
public record GradientPoint(int index, double[] x, int order, long seed) {
    /** Of order 1 the gradient; of order 2 also that its Jacobian is symmetric, as that of every gradient is. */
    public void agrees(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient) {
        GradientCheck check = GradientCheck.of(f, gradient).seeded(seed);
        GradientAssertions.assertThat(order == 2 ? check.symmetric() : check).at(x).agrees();
    }

    /** The gradient, and the product of the Hessian at x with a direction v, {@code hvp.apply(x, v)}. */
    public void agrees(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient, BinaryOperator<double[]> hvp) {
        agrees(f, gradient);
        GradientAssertions.assertThat(GradientCheck.ofHessianProduct(gradient, hvp).seeded(seed)).at(x).agrees();
    }

    /** The exact engines' derivatives of a function, of this order, by one vector input. */
    public void agrees(Source f) {
        if (f.inputs().size() != 1) {
            throw new IllegalArgumentException("the function must read one input, the vector; it reads " + f.inputs());
        }
        Point at = Point.of(f.inputs().get(0), x);
        Traced traced = f.trace(at);
        for (Engine engine : Engines.all()) {
            for (int k = 1; k <= order && engine.exact(); k++) {
                Finding finding = Check.of(engine).seeded(seed).ofOrder(k).run(f.text(), traced, at, at.names());
                if (finding.verdict() == Verdict.DISAGREE) {
                    throw new AssertionFailedError(
                            engine.name() + ", order " + k + ": " + finding.firstWrong().text() + "\n"
                                    + finding.culprits().stream().map(c -> c.where() + ": " + c.note())
                                            .collect(Collectors.joining("\n")));
                }
            }
        }
    }

    /** As in {@code point 3: [0.5, 2.25]}. */
    @Override
    public String toString() {
        String numbers = Arrays.stream(x).limit(6).mapToObj(Numerals::text).collect(Collectors.joining(", "));
        return "point " + index + ": [" + numbers + (x.length > 6 ? ", ... (" + x.length + ")" : "") + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GradientPoint that && index == that.index && order == that.order && seed == that.seed
                && Arrays.equals(x, that.x);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(x) + index;
    }
}
