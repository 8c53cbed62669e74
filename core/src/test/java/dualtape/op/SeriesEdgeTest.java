package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.ir.numbers.Series;
import dualtape.ir.numbers.SeriesNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Series at kinks, ties, poles and jumps: the first derivative is the one of the conventions, and the edge is found. */
class SeriesEdgeTest {
    private static final SeriesNumbers<Double> SERIES = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 4);
    private static final NumbersAlgebra<Series<Double>> ALGEBRA = new NumbersAlgebra<>(SERIES);

    static Stream<Arguments> scalars() {
        return EdgeTest.scalars();
    }

    static Stream<Arguments> vectors() {
        return EdgeTest.vectors();
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void slopesOfScalarsAreThoseOfTheConventions(String name, double[] x, double value, double[] slopes) {
        List<Tensor> operands = new ArrayList<>();
        for (double element : x) {
            operands.add(Tensor.scalar(element));
        }
        check(name, operands, value, slopes);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void slopesOfVectorsAreThoseOfTheConventions(String name, double[] x, double value, double[] slopes) {
        check(name, List.of(Tensor.vector(x)), value, slopes);
    }

    private static void check(String name, List<Tensor> operands, double value, double[] slopes) {
        Graph graph = Reached.graph(Operations.find(name), new Sample(operands, Map.of()));
        int at = 0;
        for (int i = 0; i < operands.size(); i++) {
            for (int k = 0; k < operands.get(i).size(); k++) {
                List<Array<Series<Double>>> x = new ArrayList<>(operands.stream().map(ALGEBRA::constant).toList());
                Array<Series<Double>> moved = ALGEBRA.constant(operands.get(i));
                moved.set(k, SERIES.line(operands.get(i).at(k), 1.0));
                x.set(i, moved);
                Series<Double> y = graph.evaluate(ALGEBRA, x).get(0).get(0);
                EdgeTest.same(value, y.value(), name + operands + " value");
                EdgeTest.same(slopes[at++], y.get(1) + 0.0, name + operands + " by " + i + ", " + k);
            }
        }
    }

    static Stream<Arguments> atEdges() {
        return Stream.of(Arguments.of("abs", new double[] {0}), Arguments.of("relu", new double[] {0}),
                Arguments.of("sign", new double[] {0}), Arguments.of("floor", new double[] {2}),
                Arguments.of("max", new double[] {0, 0}), Arguments.of("min", new double[] {2, 2}),
                Arguments.of("hypot", new double[] {0, 0}), Arguments.of("atan2", new double[] {0, 0}),
                Arguments.of("atan2", new double[] {0, -2}), Arguments.of("<", new double[] {1, 1}),
                Arguments.of("<=", new double[] {1, 1}), Arguments.of("==", new double[] {1, 1}),
                Arguments.of("!=", new double[] {1, 1}), Arguments.of("not", new double[] {0}),
                Arguments.of("where", new double[] {0, 1, 2}), Arguments.of("and", new double[] {0, 1}),
                Arguments.of("norm", new double[] {0}), Arguments.of("ratio", new double[] {0, 0}));
    }

    @ParameterizedTest
    @MethodSource("atEdges")
    void edgesAreFound(String name, double[] x) {
        List<Tensor> operands = new ArrayList<>();
        for (double element : x) {
            operands.add(Tensor.scalar(element));
        }
        assertTrue(edges(Operations.find(name), new Sample(operands, Map.of()), true).contains(name), name);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void smoothPointsAreNoEdges(Operation operation) {
        for (Sample sample : operation.samples()) {
            List<String> edges = edges(operation, sample, false);
            edges.removeIf("lu"::equals); // factors stand for their matrix, and det is smooth where a pivot is 0
            assertEquals(List.of(), edges, operation.name() + sample);
        }
    }

    /** The order of pivots that tie decides nothing that a result depends on. */
    @Test
    void pivotsThatTieAreNoEdge() {
        for (double[] matrix : new double[][] {{1, 1, 1, -1}, {0, 0, 0, 0}, {2, 2, 2, 2}}) {
            Tensor a = Tensor.of(Shape.of(2, 2), matrix);
            assertEquals(List.of(), edges(Operations.find("det"), Sample.of(a), true));
            assertEquals(List.of(), edges(Operations.find("cofactor"), Sample.of(a), true));
        }
    }

    /** The operations of an entry that are at an edge when all operands move, or only those with a derivative. */
    private static List<String> edges(Operation operation, Sample sample, boolean all) {
        Graph graph = Reached.graph(operation, sample);
        List<Array<Series<Double>>> x = new ArrayList<>();
        for (int i = 0; i < sample.operands().size(); i++) {
            boolean active = graph.activeFrom(List.of(graph.inputs().get(i))).get(graph.position(graph.output()));
            Tensor operand = sample.operands().get(i);
            x.add(all || active ? moving(operand, 1 + 0.3 * i) : ALGEBRA.constant(operand));
        }
        List<String> edges = new ArrayList<>();
        graph.evaluate(new Algebra<Array<Series<Double>>>() {
            @Override
            public Shape shape(Array<Series<Double>> value) {
                return value.shape();
            }

            @Override
            public Array<Series<Double>> constant(Tensor tensor) {
                return ALGEBRA.constant(tensor);
            }

            @Override
            public List<Array<Series<Double>>> apply(Op op, List<Array<Series<Double>>> operands) {
                return SERIES.apply(op, operands, () -> edges.add(op.symbol()));
            }
        }, x);
        return edges;
    }

    private static Array<Series<Double>> moving(Tensor at, double speed) {
        Array<Series<Double>> moving = new Array<>(at.shape());
        for (int i = 0; i < moving.size(); i++) {
            moving.set(i, SERIES.line(at.at(i), speed + i));
        }
        return moving;
    }
}
