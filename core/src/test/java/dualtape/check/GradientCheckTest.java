package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.InputException;
import java.util.Arrays;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.MultivariateVectorFunction;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.analysis.differentiation.MultivariateDifferentiableFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientCheckTest {
    private static double energy(double[] x) {
        return Arrays.stream(x).map(e -> Math.exp(e) * e).sum();
    }

    private static double[] slope(double[] x) {
        return Arrays.stream(x).map(e -> Math.exp(e) * (1 + e)).toArray();
    }

    /** Moderate numbers, all different. */
    private static double[] numbers(int n) {
        double[] x = new double[n];
        Arrays.setAll(x, i -> 1.5 + Math.sin(i));
        return x;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1_000, 5_000})
    void oneComponentThatIsTwiceTooLargeIsNamed(int n) {
        int wrong = n * 2 / 3;
        GradientResult result = GradientCheck.of(GradientCheckTest::energy, x -> {
            double[] g = slope(x);
            g[wrong] *= 2;
            return g;
        }).at(numbers(n));
        assertThat(result.verdict()).isEqualTo(Verdict.DISAGREE);
        assertThat(result.judged(Judgement.WRONG)).singleElement()
                .satisfies(component -> assertThat(component.column()).isEqualTo(wrong));
        assertThat(result.text()).contains("gradient[" + wrong + "]", "2 times what it should be");
        assertThat(GradientCheck.of(GradientCheckTest::energy, GradientCheckTest::slope).at(numbers(n)).verdict())
                .isEqualTo(Verdict.AGREE);
    }

    /** What an additive tolerance lets pass. */
    @Test
    void smallDerivativesAreHeldAgainstTheirOwnSize() {
        assertThat(GradientCheck.of(x -> 1e-12 * x[0] * x[0], x -> new double[] {1e-12 * x[0]}).at(2).verdict())
                .isEqualTo(Verdict.DISAGREE);
        assertThat(GradientCheck.of(x -> 1e-12 * x[0] * x[0], x -> new double[] {2e-12 * x[0]}).at(2).verdict())
                .isEqualTo(Verdict.AGREE);
    }

    @Test
    void whatIsLostInTheRoundingOfTheValuesIsNotCertified() {
        GradientResult result = GradientCheck.of(x -> 1e6 + 1e-12 * x[0], x -> new double[] {2e-12}).at(1);
        assertThat(result.verdict()).isEqualTo(Verdict.UNRESOLVED);
        assertThat(result.text()).contains("lost in the rounding");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.5, 1})
    void everySlopeBetweenTheSidesOfAKinkIsAnEdge(double slope) {
        GradientResult result = GradientCheck.of(x -> Math.abs(x[0]) + x[1] * x[1], x -> new double[] {slope, 2 * x[1]})
                .at(0, 3);
        assertThat(result.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(result.count(Judgement.EDGE)).isEqualTo(1);
    }

    @Test
    void aSlopeBeyondTheSidesOfAKinkIsWrong() {
        GradientResult result = GradientCheck.of(x -> Math.abs(x[0]), x -> new double[] {1.5}).at(0);
        assertThat(result.verdict()).isEqualTo(Verdict.DISAGREE);
        assertThat(result.text()).contains("slope -1 on the left, 1 on the right");
    }

    @Test
    void undefinedOnBothSidesIsAClassOfItsOwn() {
        GradientResult result = GradientCheck.of(x -> Math.sqrt(x[0]), x -> new double[] {Double.NaN}).at(-2);
        assertThat(result.verdict()).isEqualTo(Verdict.AGREE);
        assertThat(result.count(Judgement.UNDEFINED)).isEqualTo(1);
        assertThat(GradientCheck.of(x -> x[0], x -> new double[] {Double.NaN}).at(2).verdict())
                .isEqualTo(Verdict.DISAGREE);
    }

    @Test
    void messagesSayWhatTheErrorLooksLike() {
        assertThat(GradientCheck
                .of(x -> Math.log(x[0] * x[1]) - x[2] * x[2], x -> new double[] {1 / x[0], -1 / x[1], -x[2]})
                .named("rate", "scale", "shift").at(2, 3, 0.5).text())
                .contains("wrong in 2 of 3", "gradient by scale is -0.3333333333333333, should be 0.3333333",
                        "the sign is the other way round", "gradient by shift", "1/2 what it should be");
        assertThat(GradientCheck.of(x -> x[0] * x[1] * x[1], x -> new double[] {2 * x[0] * x[1], x[1] * x[1]}).at(2, 3)
                .text())
                .contains("that is what gradient[1] should be: are indices swapped?");
        assertThat(GradientCheck.of(x -> x[0] * x[1], x -> new double[] {x[1], 0}).at(2, 3).text())
                .contains("a term is missing");
    }

    @Test
    void jacobiansAndHessianProducts() {
        GradientCheck right = GradientCheck.ofJacobian(x -> new double[] {x[0] * x[1], Math.sin(x[1]), x[0]},
                x -> new double[][] {{x[1], x[0]}, {0, Math.cos(x[1])}, {1, 0}});
        assertThat(right.at(2, 3).verdict()).isEqualTo(Verdict.AGREE);
        GradientResult wrong = GradientCheck.ofJacobian(x -> new double[] {x[0] * x[1], Math.sin(x[1])},
                x -> new double[][] {{x[1], 0}, {x[0], Math.cos(x[1])}}).at(2, 3);
        assertThat(wrong.judged(Judgement.WRONG)).extracting(Component::where)
                .containsExactlyInAnyOrder("Jacobian[0][1]", "Jacobian[1][0]");
        GradientCheck product = GradientCheck.ofHessianProduct(x -> new double[] {2 * x[0] * x[1], x[0] * x[0]},
                (x, v) -> new double[] {2 * x[1] * v[0] + 2 * x[0] * v[1], 2 * x[0] * v[0]});
        assertThat(product.at(2, 3).verdict()).isEqualTo(Verdict.AGREE);
        assertThat(GradientCheck.ofHessianProduct(x -> new double[] {2 * x[0] * x[1], x[0] * x[0]},
                (x, v) -> new double[] {2 * x[1] * v[0] + 2 * x[0] * v[1], x[0] * v[0]}).at(2, 3).verdict())
                .isEqualTo(Verdict.DISAGREE);
    }

    @Test
    void whatIsTheGradientOfNothingIsNotSymmetric() {
        GradientCheck rotation = GradientCheck.of(x -> x[0] * x[1], x -> new double[] {x[1], x[0] + x[0] * x[1]})
                .symmetric();
        assertThat(rotation.at(2, 3).judged(Judgement.WRONG))
                .anyMatch(component -> component.where().contains("the change of"));
        assertThat(
                GradientCheck.of(GradientCheckTest::energy, GradientCheckTest::slope).symmetric().at(1, 2, 3).verdict())
                .isEqualTo(Verdict.AGREE);
    }

    @Test
    void functionsOfCommonsMath() {
        MultivariateFunction f = GradientCheckTest::energy;
        MultivariateVectorFunction gradient = GradientCheckTest::slope;
        assertThat(GradientCheck.ofCommons(f, gradient).at(1, 2).verdict()).isEqualTo(Verdict.AGREE);
        assertThat(GradientCheck.ofCommons(new ObjectiveFunction(f), new ObjectiveFunctionGradient(gradient)).at(1, 2)
                .verdict())
                .isEqualTo(Verdict.AGREE);
        assertThat(GradientCheck.ofCommonsJacobian(gradient, x -> {
            double[][] second = new double[x.length][x.length];
            for (int i = 0; i < x.length; i++) {
                second[i][i] = Math.exp(x[i]) * (2 + x[i]);
            }
            return second;
        }).at(1, 2).verdict()).isEqualTo(Verdict.AGREE);
        assertThat(GradientCheck.ofCommons(new MultivariateDifferentiableFunction() {
            @Override
            public double value(double[] x) {
                return Math.sin(x[0]) * x[1];
            }

            @Override
            public DerivativeStructure value(DerivativeStructure[] x) {
                return x[0].sin().multiply(x[1]).add(x[0]); // not the same function
            }
        }).at(1, 2).judged(Judgement.WRONG)).extracting(Component::column).containsExactly(0);
    }

    @Test
    void randomPointsOfADomain() {
        GradientCheck check = GradientCheck.of(x -> Math.log(x[0]), x -> new double[] {1 / x[0]});
        assertThat(check.within("(0, 10)", 1, 50).verdict()).isEqualTo(Verdict.AGREE);
        assertThat(GradientCheck.of(x -> Math.abs(x[0]), x -> new double[] {1}).within("(-1, 1)", 1, 50).verdict())
                .isEqualTo(Verdict.DISAGREE);
    }

    @Test
    void aGradientOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> GradientCheck.of(x -> x[0] * x[1], x -> new double[] {x[1]}).at(1, 2))
                .isInstanceOf(InputException.class).hasMessageContaining("must have 2 numbers, got 1");
    }
}
