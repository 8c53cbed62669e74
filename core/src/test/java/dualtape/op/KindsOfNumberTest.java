package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.ComplexNumbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.ir.numbers.IndexSet;
import dualtape.ir.numbers.IndexSets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The definitions over complex numbers and over sets of indices: a second witness, and patterns that leave nothing out. */
class KindsOfNumberTest {
    private static final double STEP = 1e-90;

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
    private final NumbersAlgebra<Complex> complexes = new NumbersAlgebra<>(ComplexNumbers.INSTANCE);
    private final NumbersAlgebra<IndexSet> sets = new NumbersAlgebra<>(IndexSets.INSTANCE);

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void complexStepsAgreeWithTheRules(Operation operation) {
        List<String> failures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(11);
        for (Reached.Case reached : Reached.cases(operation)) {
            for (int i = 0; i < reached.operands().size(); i++) {
                Tensor direction = Witness.direction(random, reached.operands().get(i));
                List<Array<Double>> dy = pushed(reached, i, direction);
                List<Array<Complex>> x = new ArrayList<>(reached.operands().stream().map(complexes::constant).toList());
                Array<Complex> moved = new Array<>(direction.shape());
                for (int k = 0; k < moved.size(); k++) {
                    moved.set(k, new Complex(x.get(i).get(k).re(), direction.at(k) * STEP));
                }
                x.set(i, moved);
                List<Array<Complex>> y = Reached.results(complexes, reached.op(), x);
                for (int j = 0; j < y.size(); j++) {
                    if (dy.get(j) != null) {
                        compare(failures, reached + " operand " + i + " result " + j, dy.get(j), y.get(j));
                    }
                }
            }
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n", failures));
    }

    private static void compare(List<String> failures, String what, Array<Double> dy, Array<Complex> y) {
        double scale = 1e-30;
        for (int k = 0; k < dy.size(); k++) {
            if (Double.isFinite(dy.get(k)) && Double.isFinite(y.get(k).re())) {
                scale = Math.max(scale, Math.max(Math.abs(dy.get(k)), 1e-3 * Math.abs(y.get(k).re())));
            }
        }
        for (int k = 0; k < dy.size(); k++) {
            double step = y.get(k).im() / STEP;
            if (Double.isFinite(y.get(k).re()) && !(Math.abs(step - dy.get(k)) <= 1e-11 * scale)
                    && !(Double.isNaN(step) && Double.isNaN(dy.get(k)))) {
                failures.add(what + " element " + k + ": " + dy.get(k) + ", by a complex step " + step);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void patternsHoldEveryNonZeroDerivative(Operation operation) {
        for (Reached.Case reached : Reached.cases(operation)) {
            for (int i = 0; i < reached.operands().size(); i++) {
                List<Array<IndexSet>> x = new ArrayList<>(reached.operands().stream().map(sets::constant).toList());
                Array<IndexSet> indices = new Array<>(reached.operands().get(i).shape());
                for (int k = 0; k < indices.size(); k++) {
                    indices.set(k, IndexSet.of(k));
                }
                x.set(i, indices);
                List<Array<IndexSet>> y = Reached.results(sets, reached.op(), x);
                for (int k = 0; k < indices.size(); k++) {
                    double[] unit = new double[indices.size()];
                    unit[k] = 1;
                    List<Array<Double>> dy = pushed(reached, i, Tensor.of(indices.shape(), unit));
                    for (int j = 0; j < y.size(); j++) {
                        if (dy.get(j) != null) {
                            check(reached + " operand " + i + " result " + j, k, dy.get(j), y.get(j));
                        }
                    }
                }
            }
        }
    }

    private static void check(String what, int operand, Array<Double> dy, Array<IndexSet> y) {
        for (int j = 0; j < dy.size(); j++) {
            assertTrue(dy.get(j) == 0 || y.get(j).contains(operand),
                    what + ": element " + j + " depends on " + operand + ", not in " + y.get(j));
        }
    }

    private List<Array<Double>> pushed(Reached.Case reached, int operand, Tensor direction) {
        List<Array<Double>> x = reached.operands().stream().map(doubles::constant).toList();
        List<Array<Double>> dx = new ArrayList<>(Collections.nCopies(x.size(), null));
        dx.set(operand, doubles.constant(direction));
        return Chain.push(doubles, reached.op(), x, doubles.apply(reached.op(), x), dx);
    }
}
