package dualtape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.fit.Residuals;
import dualtape.lang.Language;
import dualtape.scenario.NistScenarios;
import dualtape.scenario.NistScenarios.DataSet;
import java.util.stream.Stream;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresBuilder;
import org.apache.commons.math3.fitting.leastsquares.LeastSquaresOptimizer.Optimum;
import org.apache.commons.math3.fitting.leastsquares.LevenbergMarquardtOptimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Least squares from NIST's far start to the certified parameters, with the Jacobian of each exact engine. */
class FitTest {
    static Stream<Arguments> fits() {
        return NistScenarios.dataSets().stream().flatMap(set -> Engines.all().stream().filter(Engine::exact)
                .map(engine -> Arguments.of(set.name(), engine.name(), set, engine)));
    }

    @ParameterizedTest(name = "{0} by {1}")
    @MethodSource("fits")
    void reachesTheCertifiedParameters(String name, String engineName, DataSet set, Engine engine) {
        Residuals residuals = new Residuals(Language.parse(set.residuals()), "b", set.at(set.start()), engine);
        Optimum optimum = new LevenbergMarquardtOptimizer().withCostRelativeTolerance(1e-15)
                .withParameterRelativeTolerance(1e-14)
                .optimize(new LeastSquaresBuilder().model(residuals).start(set.start())
                        .target(new double[residuals.rows()])
                        .maxEvaluations(100_000).maxIterations(100_000).build());
        for (int i = 0; i < set.certified().length; i++) {
            double error = Math.abs(optimum.getPoint().getEntry(i) / set.certified()[i] - 1);
            assertThat(error).as("relative error of b%d of %s", i + 1, name).isLessThan(1e-6);
        }
        double sum = 2 * optimum.getCost() * optimum.getCost() / 2;
        assertThat(sum / set.sumOfSquares() - 1).as("residual sum of squares").isBetween(-1e-8, 1e-8);
    }
}
