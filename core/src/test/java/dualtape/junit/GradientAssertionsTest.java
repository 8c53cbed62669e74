package dualtape.junit;

import static dualtape.junit.GradientAssertions.assertThatGradient;
import static dualtape.junit.GradientAssertions.assertThatHessianProduct;
import static dualtape.junit.GradientAssertions.assertThatJacobian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.lang.Language;
import dualtape.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.opentest4j.MultipleFailuresError;

class GradientAssertionsTest {
    private static final ToDoubleFunction<double[]> F = x -> Math.sin(x[0]) * x[1];
    private static final UnaryOperator<double[]> RIGHT = x -> new double[] {Math.cos(x[0]) * x[1], Math.sin(x[0])};
    private static final UnaryOperator<double[]> WRONG = x -> new double[] {Math.cos(x[0]), Math.sin(x[0])};
    private static final List<String> NAMES = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void whatIsRightPasses() {
        assertThatGradient(F, RIGHT).at(1, 2).at(0.5, -3).agrees().agreesStrictly().isSmooth();
        assertThatGradient(F, RIGHT).symmetric().within("(0, 10)", 2, 10).agrees();
        assertThatJacobian(RIGHT, x -> new double[][] {{-Math.sin(x[0]) * x[1], Math.cos(x[0])}, {Math.cos(x[0]), 0}})
                .at(1, 2)
                .agrees();
        assertThatHessianProduct(RIGHT, (x, v) -> new double[] {-Math.sin(x[0]) * x[1] * v[0] + Math.cos(x[0]) * v[1],
            Math.cos(x[0]) * v[0]}).at(1, 2).agrees();
    }

    @Test
    void whatIsWrongFailsWithAMessageToMendItFrom() {
        assertThatThrownBy(() -> assertThatGradient(F, WRONG).named("angle", "length").as("wave").at(1, 2).agrees())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wave: the gradient is wrong in 1 of 2 numbers\n  at x = [1, 2]\n"
                        + "  gradient by angle is 0.5403023058681398, should be 1.080605")
                .hasMessageContaining("1/2 what it should be");
    }

    @Test
    void anEdgeIsNoFailureUnlessItIsForbidden() {
        ToDoubleFunction<double[]> f = x -> Math.abs(x[0]);
        GradientAssert edge = assertThatGradient(f, x -> new double[] {0}).at(0).agreesStrictly();
        assertThatThrownBy(edge::isSmooth).isInstanceOf(AssertionError.class).hasMessageContaining("at an edge");
    }

    @Test
    void softAssertionsCollect() {
        SoftGradientAssertions soft = new SoftGradientAssertions();
        soft.assertThatGradient(F, WRONG).at(1, 2).agrees();
        soft.assertThatGradient(F, RIGHT).at(1, 2).agrees();
        soft.assertThatGradient(F, WRONG).at(1, 3).agrees();
        assertThatThrownBy(soft::assertAll).isInstanceOfSatisfying(MultipleFailuresError.class,
                failures -> assertThat(failures.getFailures()).hasSize(2));
        new SoftGradientAssertions().assertAll();
    }

    @Test
    void anAssertionWithoutAPointIsRefused() {
        assertThatThrownBy(() -> assertThatGradient(F, RIGHT).agrees()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no point");
    }

    @GradientTest(points = 5, seed = 7, size = 2, order = 2, domain = "(0, 3)")
    void pointsOfATemplate(GradientPoint at, TestInfo info) {
        at.agrees(F, RIGHT);
        assertThat(info.getDisplayName()).isEqualTo(at.toString()).startsWith("point ");
        NAMES.add(info.getDisplayName());
    }

    @GradientTest(points = 3, domain = "(1, 2)")
    void plainNumbersOfATemplate(double[] x) {
        assertThat(x).hasSize(1);
        assertThat(x[0]).isBetween(1.0, 2.0);
        assertThatThrownBy(() -> new GradientPoint(1, new double[] {x[0], 2}, 1, 1).agrees(F, WRONG))
                .isInstanceOf(AssertionError.class);
    }

    @GradientTest(points = 2, size = 3, order = 2, domain = "(1, 2)")
    void programsOfATemplate(GradientPoint at) {
        at.agrees(Language.parse("sum(log(x) * x)"));
    }

    @AfterAll
    static void everyPointHasItsOwnName() {
        assertThat(NAMES).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @PointSource(domain = "(0, 10)", size = 3, points = 4)
    void pointsOfASource(double[] x) {
        assertThat(x).hasSize(3);
        assertThat(x[2]).isBetween(0.0, 10.0);
    }

    @ParameterizedTest
    @ScenarioSource("lecture/*")
    void scenariosOfASource(Scenario scenario) {
        assertThat(scenario.name()).startsWith("lecture/");
    }

    @Test
    void goldenFilesAreWrittenOnRequestAndComparedBitByBit() {
        System.setProperty("dualtape.golden.dir", folder.toString());
        try {
            assertThatThrownBy(() -> Golden.verify("wave", 1, 2)).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("-Ddualtape.golden=update");
            System.setProperty("dualtape.golden", "update");
            Golden.verify("wave", 1, 0.1);
            System.clearProperty("dualtape.golden");
            Golden.verify("wave", 1, 0.1);
            Golden.verify("wave", 1.0, new double[] {1, Math.nextUp(0.1)});
            assertThatThrownBy(() -> Golden.verify("wave", 1, Math.nextUp(0.1))).isInstanceOf(AssertionError.class)
                    .hasMessageContaining("1 of 2 numbers", "wave[1]: was 0.1, is 0.10000000000000002, 1 ulp apart");
        } finally {
            System.clearProperty("dualtape.golden");
            System.clearProperty("dualtape.golden.dir");
        }
    }
}
