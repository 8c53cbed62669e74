package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.ir.numbers.Series;
import dualtape.ir.numbers.SeriesNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Series through every operation of the catalogue: over decimals against values alone, over doubles against decimals. */
class SeriesTest {
    private static final int ORDER = 8;
    /** Of the largest coefficient of its order and the one before: decimals against interpolated values, then doubles against decimals. */
    private static final double EXACT = 1e-15;
    private static final double ROUNDED = 1e-12;

    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final NumbersAlgebra<Double> DOUBLES = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    private static final Set<Reached.Case> SEEN = new HashSet<>();

    private static int compared;

    @AfterAll
    static void sayHowManyWereCompared() {
        System.out.println("series: " + compared + " orders of samples, " + SEEN.size() + " applications compared");
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void decimalSeriesAgreeWithInterpolatedValuesAndDoublesWithDecimals(Operation operation) {
        List<String> failures = new ArrayList<>();
        int cases = 0;
        for (Sample sample : operation.samples()) {
            Graph graph = Reached.graph(operation, sample);
            List<Tensor> direction = direction(graph, sample.operands());
            String where = operation.name() + sample;
            List<Array<Dfp>> exact = coefficients(DECIMALS, DECIMALS::of, graph, sample.operands(), direction, ORDER);
            List<Array<Double>> rounded = coefficients(DoubleNumbers.INSTANCE, x -> x, graph, sample.operands(),
                    direction, ORDER);
            List<Array<Dfp>> witness = Interpolation.coefficients(DECIMALS, graph, sample.operands(), direction, ORDER);
            for (int k = 0; k <= ORDER; k++) {
                Dfp scale = scale(exact, k);
                if (k > 0) {
                    compare(failures, where + " by values, order " + k, scale, exact.get(k), witness.get(k), EXACT);
                }
                compare(failures, where + " in doubles, order " + k, scale, decimals(rounded.get(k)), exact.get(k),
                        ROUNDED);
                cases++;
            }
        }
        assertTrue(cases > 0);
        compared += cases;
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n", failures));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theValueIsThatOfTheBaseBitForBitAndTheFirstCoefficientTheTangentOfTheRules(Operation operation) {
        List<String> failures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        NumbersAlgebra<Series<Double>> algebra = new NumbersAlgebra<>(new SeriesNumbers<>(DoubleNumbers.INSTANCE, 3));
        for (Reached.Case reached : Reached.cases(operation)) {
            // The tangent of factors is stated by who reads them.
            if (!SEEN.add(reached) || reached.op().factors()) {
                continue;
            }
            List<Array<Double>> x = reached.operands().stream().map(DOUBLES::constant).toList();
            List<Array<Double>> results = DOUBLES.apply(reached.op(), x);
            Array<Double> y = results.get(0);
            for (int i = 0; i < x.size(); i++) {
                Tensor direction = Witness.direction(random, reached.operands().get(i));
                List<Array<Double>> dx = new ArrayList<>(Collections.nCopies(x.size(), null));
                dx.set(i, DOUBLES.constant(direction));
                Array<Double> dy = Chain.push(DOUBLES, reached.op(), x, results, dx).get(0);
                List<Array<Series<Double>>> moving = new ArrayList<>();
                reached.operands().forEach(operand -> moving.add(algebra.constant(operand)));
                moving.set(i, line(new SeriesNumbers<>(DoubleNumbers.INSTANCE, 3), v -> v, reached.operands().get(i),
                        direction));
                Array<Series<Double>> series = Reached.results(algebra, reached.op(), moving).get(0);
                for (int e = 0; e < y.size(); e++) {
                    assertEquals(y.get(e), series.get(e).value(), reached + " element " + e);
                }
                double scale = 1e-30;
                for (int e = 0; dy != null && e < y.size(); e++) {
                    double size = Math.max(Math.abs(dy.get(e)), 1e-3 * Math.abs(y.get(e)));
                    scale = Double.isFinite(size) ? Math.max(scale, size) : scale;
                }
                for (int e = 0; e < y.size(); e++) {
                    double slope = dy == null ? 0 : dy.get(e);
                    double got = series.get(e).get(1);
                    boolean same = got == slope || Double.isNaN(got) && Double.isNaN(slope);
                    if (!same && !(Math.abs(got - slope) <= ROUNDED * scale)) {
                        failures.add(
                                reached + " operand " + i + " element " + e + ": " + got + ", by the rules " + slope);
                    }
                }
            }
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n", failures));
    }

    /** Random, and zero for inputs on which the output does not depend through operands with a derivative. */
    private static List<Tensor> direction(Graph graph, List<Tensor> point) {
        SplittableRandom random = new SplittableRandom(3);
        List<Tensor> direction = new ArrayList<>();
        for (int i = 0; i < point.size(); i++) {
            boolean active = graph.activeFrom(List.of(graph.inputs().get(i))).get(graph.position(graph.output()));
            direction.add(active ? Witness.direction(random, point.get(i)) : Tensor.uniform(0, point.get(i).shape()));
        }
        return direction;
    }

    /** The coefficients of a graph's output along a line, order by order. */
    static <N> List<Array<N>> coefficients(Numbers<N> base, Function<Double, N> lift, Graph graph, List<Tensor> point,
            List<Tensor> direction, int order) {
        SeriesNumbers<N> numbers = new SeriesNumbers<>(base, order);
        List<Array<Series<N>>> x = new ArrayList<>();
        for (int i = 0; i < point.size(); i++) {
            x.add(line(numbers, lift, point.get(i), direction.get(i)));
        }
        Array<Series<N>> y = graph.evaluate(new NumbersAlgebra<>(numbers), x).get(0);
        List<Array<N>> coefficients = new ArrayList<>();
        for (int k = 0; k <= order; k++) {
            coefficients.add(part(y, k));
        }
        return coefficients;
    }

    private static <N> Array<Series<N>> line(SeriesNumbers<N> numbers, Function<Double, N> lift, Tensor at,
            Tensor direction) {
        Array<Series<N>> line = new Array<>(at.shape());
        for (int i = 0; i < line.size(); i++) {
            line.set(i, numbers.line(lift.apply(at.at(i)), lift.apply(direction.at(i))));
        }
        return line;
    }

    private static <N> Array<N> part(Array<Series<N>> series, int k) {
        Array<N> part = new Array<>(series.shape());
        for (int i = 0; i < part.size(); i++) {
            part.set(i, series.get(i).get(k));
        }
        return part;
    }

    private static Array<Dfp> decimals(Array<Double> doubles) {
        Array<Dfp> decimals = new Array<>(doubles.shape());
        for (int i = 0; i < decimals.size(); i++) {
            decimals.set(i, DECIMALS.of(doubles.get(i)));
        }
        return decimals;
    }

    /** The largest coefficient of an order and the one before, or a thousandth of those of lower orders. */
    private static Dfp scale(List<Array<Dfp>> coefficients, int k) {
        Dfp largest = DECIMALS.parse("1e-40");
        for (int order = 0; order <= k; order++) {
            for (int i = 0; i < coefficients.get(order).size(); i++) {
                Dfp size = coefficients.get(order).get(i).abs().divide(order < k - 1 ? 1000 : 1);
                largest = !size.isNaN() && !size.isInfinite() && size.greaterThan(largest) ? size : largest;
            }
        }
        return largest;
    }

    private static void compare(List<String> failures, String what, Dfp scale, Array<Dfp> got, Array<Dfp> expected,
            double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            double error = DECIMALS.toDouble(got.get(i).subtract(expected.get(i)).abs().divide(scale));
            boolean both = DECIMALS.toDouble(got.get(i)) == DECIMALS.toDouble(expected.get(i))
                    || got.get(i).isNaN() && expected.get(i).isNaN();
            if (!both && !(error <= tolerance)) {
                failures.add(what + ", element " + i + ": " + DECIMALS.toDouble(got.get(i)) + " instead of "
                        + DECIMALS.toDouble(expected.get(i)) + ", error " + error);
            }
        }
    }

    /** Taylor coefficients from values alone: of the polynomial through the values at 13 points of a line, 10⁻⁷ apart. */
    private static final class Interpolation {
        private static final int SIDE = 6;

        static List<Array<Dfp>> coefficients(DecimalNumbers n, Graph graph, List<Tensor> point, List<Tensor> direction,
                int order) {
            NumbersAlgebra<Dfp> algebra = new NumbersAlgebra<>(n);
            Dfp step = n.parse("1e-7");
            List<Array<Dfp>> values = new ArrayList<>();
            for (int j = -SIDE; j <= SIDE; j++) {
                List<Array<Dfp>> x = new ArrayList<>();
                for (int i = 0; i < point.size(); i++) {
                    Array<Dfp> moved = new Array<>(point.get(i).shape());
                    for (int e = 0; e < moved.size(); e++) {
                        Dfp shift = n.of(direction.get(i).at(e)).multiply(step).multiply(j);
                        moved.set(e, direction.get(i).at(e) == 0 ? n.of(point.get(i).at(e))
                                : n.of(point.get(i).at(e)).add(shift));
                    }
                    x.add(moved);
                }
                values.add(graph.evaluate(algebra, x).get(0));
            }
            List<Array<Dfp>> coefficients = new ArrayList<>();
            Dfp scale = n.of(1);
            for (int k = 0; k <= order; k++) {
                coefficients.add(sum(n, values, WEIGHTS, k, scale));
                scale = scale.multiply(step);
            }
            return coefficients;
        }

        private static Array<Dfp> sum(DecimalNumbers n, List<Array<Dfp>> values, Dfp[][] weights, int k,
                Dfp scale) {
            Array<Dfp> sum = new Array<>(values.get(0).shape());
            for (int e = 0; e < sum.size(); e++) {
                Dfp total = n.of(0);
                for (int j = 0; j < values.size(); j++) {
                    total = total.add(weights[j][k].multiply(values.get(j).get(e)));
                }
                sum.set(e, total.divide(scale));
            }
            return sum;
        }

        /** The coefficients of the polynomial that is 1 at one of the points and 0 at the others. */
        private static final Dfp[][] WEIGHTS = weights();

        private static Dfp[][] weights() {
            Dfp[][] weights = new Dfp[2 * SIDE + 1][];
            for (int j = -SIDE; j <= SIDE; j++) {
                List<Dfp> polynomial = new ArrayList<>(List.of(DECIMALS.of(1)));
                for (int i = -SIDE; i <= SIDE; i++) {
                    if (i != j) {
                        polynomial.add(DECIMALS.of(0));
                        for (int k = polynomial.size() - 1; k >= 0; k--) {
                            Dfp lower = k == 0 ? DECIMALS.of(0) : polynomial.get(k - 1);
                            polynomial.set(k, lower.subtract(polynomial.get(k).multiply(i)).divide(DECIMALS.of(j - i)));
                        }
                    }
                }
                weights[j + SIDE] = polynomial.toArray(Dfp[]::new);
            }
            return weights;
        }
    }
}
