package dualtape.program;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.lang.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products with a matrix and its transpose by blocks of rows have the bits of whole products. */
@Tag("compiled")
class RowFusionTest {
    private static final int COLUMNS = 9;

    @ParameterizedTest
    @ValueSource(strings = {"r = X @ w - y; sum(r * r)", "sum(log(1 + exp(-y * (X @ w))))",
        "r = X @ w - y; sum(r * r) / sum(y) + sum(w * w)", "sum(sqrt(X @ w) * y)"})
    void blocksHaveTheBitsOfTheWhole(String text) {
        for (int rows : new int[] {1, 2, 7, 8_001}) {
            for (double hole : new double[] {1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
                Traced traced = Language.parse(text)
                        .trace(Point.of("X", new double[rows][COLUMNS], "w", new double[COLUMNS], "y",
                                new double[rows]));
                double[] x = new Random(3).doubles((rows + 1) * COLUMNS + rows, -1, 1).toArray();
                Arrays.fill(x, 0, COLUMNS, hole); // the first row
                x[x.length - 1] = 0;
                List<Long> whole = bits(Generation.OFF, traced, x);
                for (Generation generation : Generation.values()) {
                    assertThat(bits(generation, traced, x)).as("%s, %d rows, %s", generation, rows, hole)
                            .isEqualTo(whole);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 8_001})
    void onlyLargeMatricesGoByRows(int rows) {
        Graph graph = Language.parse("r = X @ w - y; sum(r * r)")
                .trace(Point.of("X", new double[rows][COLUMNS], "w", new double[COLUMNS], "y", new double[rows]))
                .graph();
        Graph gradient = Engines.reverse().derive(graph, List.of("w"), Operator.GRADIENT).graph();
        assertThat(Program.of(gradient).listing(9).contains("rows[" + rows + "]")).isEqualTo(rows > 7_300);
    }

    private static List<Long> bits(Generation generation, Traced traced, double[] x) {
        return generation.during(() -> {
            Prepared prepared = Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, List.of("w")));
            double[] gradient = new double[prepared.derivativeSize()];
            List<Long> bits = new ArrayList<>();
            for (int run = 0; run < 2; run++) {
                bits.add(Double.doubleToLongBits(prepared.valueAndGradient(x, gradient)));
                Arrays.stream(gradient).forEach(g -> bits.add(Double.doubleToLongBits(g)));
            }
            return bits;
        });
    }
}
