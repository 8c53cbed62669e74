package dualtape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Traced;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario by every exact engine against references computed from values alone, at 50 digits. */
class ScenarioTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final int MOST_COLUMNS = 12;

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyExactEngineAgreesWithValuesAtFiftyDigits(Scenario scenario) {
        Point at = scenario.point();
        Traced traced = scenario.source().trace(at);
        for (Engine engine : Engines.all()) {
            if (engine.exact()) {
                Prepared prepared = engine.prepare(traced, scenario.selected(), Operator.JACOBIAN);
                double[] x = prepared.inputs().flatten(at);
                double[] derivative = new double[prepared.rows() * prepared.derivatives().size()];
                prepared.run(x, new double[prepared.rows()], derivative);
                compareKnown(scenario, engine, prepared, derivative);
                if (scenario.smooth()) {
                    compareDecimals(traced.graph(), scenario, engine, prepared, x, derivative);
                }
            }
        }
    }

    private static void compareKnown(Scenario scenario, Engine engine, Prepared prepared, double[] derivative) {
        Layout layout = prepared.derivatives();
        for (int i = 0; i < layout.names().size(); i++) {
            Tensor known = scenario.known(layout.names().get(i));
            for (int k = 0; known != null && prepared.rows() == 1 && k < known.size(); k++) {
                assertClose(derivative[layout.offset(i) + k], known.at(k), Math.abs(known.at(k)),
                        scenario.name() + " by " + engine.name() + ", " + layout.describe(layout.offset(i) + k));
            }
        }
    }

    private static void compareDecimals(Graph graph, Scenario scenario, Engine engine, Prepared prepared, double[] x,
            double[] derivative) {
        int n = prepared.derivatives().size();
        int m = prepared.rows();
        double largest = 0;
        for (double d : derivative) {
            largest = Math.max(largest, Math.abs(d));
        }
        for (int k = 0; k < n; k += Math.max(1, n / MOST_COLUMNS)) {
            String name = prepared.derivatives().describe(k).replaceAll("\\[.*", "");
            int i = prepared.inputs().names().indexOf(name);
            int j = prepared.derivatives().names().indexOf(name);
            int at = prepared.inputs().offset(i) + k - prepared.derivatives().offset(j);
            double[] reference = difference(graph, prepared.inputs(), x, at);
            for (int row = 0; row < m; row++) {
                assertClose(derivative[row * n + k], reference[row], largest,
                        scenario.name() + " by " + engine.name() + ", " + prepared.derivatives().describe(k) + ", row "
                                + row);
            }
        }
    }

    private static double[] difference(Graph graph, Layout layout, double[] x, int at) {
        Dfp h = DECIMALS.of(Math.max(Math.abs(x[at]), 1e-2)).multiply(DECIMALS.parse("1e-17"));
        Array<Dfp> up = evaluate(graph, layout, x, at, h);
        Array<Dfp> down = evaluate(graph, layout, x, at, h.negate());
        double[] slopes = new double[up.size()];
        for (int row = 0; row < slopes.length; row++) {
            slopes[row] = DECIMALS.toDouble(up.get(row).subtract(down.get(row)).divide(h.multiply(2)));
        }
        return slopes;
    }

    private static Array<Dfp> evaluate(Graph graph, Layout layout, double[] x, int at, Dfp shift) {
        List<Array<Dfp>> inputs = new ArrayList<>();
        for (int i = 0; i < layout.names().size(); i++) {
            Array<Dfp> input = new Array<>(layout.shape(i));
            for (int k = 0; k < input.size(); k++) {
                Dfp value = DECIMALS.of(x[layout.offset(i) + k]);
                input.set(k, layout.offset(i) + k == at ? value.add(shift) : value);
            }
            inputs.add(input);
        }
        return graph.evaluate(new NumbersAlgebra<>(DECIMALS), inputs).get(0);
    }

    private static void assertClose(double given, double reference, double scale, String where) {
        if (given == reference) {
            return;
        }
        assertThat(Math.abs(given - reference)).as("%s: %s against %s", where, given, reference)
                .isLessThanOrEqualTo(1e-12 * Math.max(scale, 1e-20));
    }
}
