package dualtape.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.lang.Language;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several sweeps at once give the bits that each gives alone, and cost less. */
class LanesTest {
    private static final int N = 11;

    private static double[] at() {
        double[] x = new double[N];
        java.util.Arrays.setAll(x, i -> 0.3 + Math.sin(i));
        return x;
    }

    private static Traced traced(String text) {
        return Language.parse(text).trace(Point.of("x", at()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp(sin(x)) * x[0] / (2 + x^2)", "cumsum(tanh(x)) * x", "x[2:5] * sum(log(x^2))"})
    void columnsAreThoseOfSingleSweeps(String text) {
        Traced traced = traced(text);
        Prepared jacobian = Engines.forward().prepare(traced, Request.of(Operator.JACOBIAN, List.of("x")));
        Prepared jvp = Engines.forward().prepare(traced, Request.of(Operator.JVP, List.of("x")));
        double[] matrix = new double[jacobian.derivativeSize()];
        double[] value = new double[jacobian.rows()];
        jacobian.run(at(), value, matrix);
        double[] column = new double[jacobian.rows()];
        for (int k = 0; k < N; k++) {
            double[] seed = new double[N];
            seed[k] = 1;
            jvp.seed(seed);
            jvp.run(at(), value, column);
            for (int row = 0; row < column.length; row++) {
                assertEquals(Double.doubleToLongBits(column[row]), Double.doubleToLongBits(matrix[row * N + k]),
                        "row " + row + ", column " + k);
            }
        }
        assertEquals(N, jacobian.cost().sweeps());
        assertTrue(jacobian.cost().operations() < N * jvp.cost().operations(),
                "what directions share is computed once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp(sin(x)) * x[0] / (2 + x^2)", "cumsum(tanh(x)) * x"})
    void rowsAreThoseOfSingleSweeps(String text) {
        Traced traced = traced(text);
        Prepared jacobian = Engines.reverse().prepare(traced, Request.of(Operator.JACOBIAN, List.of("x")));
        Prepared vjp = Engines.reverse().prepare(traced, Request.of(Operator.VJP, List.of("x")));
        double[] matrix = new double[jacobian.derivativeSize()];
        double[] value = new double[jacobian.rows()];
        jacobian.run(at(), value, matrix);
        double[] row = new double[N];
        for (int k = 0; k < jacobian.rows(); k++) {
            double[] seed = new double[jacobian.rows()];
            seed[k] = 1;
            vjp.seed(seed);
            vjp.run(at(), value, row);
            for (int j = 0; j < N; j++) {
                assertEquals(Double.doubleToLongBits(row[j]), Double.doubleToLongBits(matrix[k * N + j]),
                        "row " + k + ", column " + j);
            }
        }
    }
}
