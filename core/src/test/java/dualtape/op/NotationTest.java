package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dualtape.engine.Point;
import dualtape.ir.Array;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.lang.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an application is written as parses back to what it computes, in derivatives too. */
class NotationTest {
    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyApplicationParsesBack(Operation operation) {
        for (Reached.Case reached : Reached.cases(operation)) {
            if (reached.op() == ChainRule.SCALE) {
                continue; // written as the product that it is wherever both factors are finite
            } else if (reached.op() instanceof Lu) {
                continue; // never written: who reads the factors leaves them out
            }
            Map<String, Tensor> point = new LinkedHashMap<>();
            List<String> names = new ArrayList<>();
            for (Tensor operand : reached.operands()) {
                names.add("x" + names.size());
                if (!(reached.op() instanceof Factored) || names.size() != 2) {
                    point.put(names.get(names.size() - 1), operand);
                }
            }
            String text = text(reached.op(), names);
            Graph graph = Language.parse(text).trace(Point.of(point)).graph();
            List<Array<Double>> x = graph.inputs().stream().map(input -> doubles.constant(point.get(input.name())))
                    .toList();
            Tensor expected = reached.op().of(doubles, reached.operands().stream().map(doubles::constant).toList())
                    .toTensor(v -> v);
            Tensor parsed = graph.evaluate(doubles, x).get(0).toTensor(v -> v);
            assertEquals(plain(expected), plain(parsed), text + " at " + point);
            assertFalse(latex(reached.op(), names).contains("{*}"));
        }
    }

    /** Without the signs of zeros. */
    private static Tensor plain(Tensor x) {
        double[] data = x.toArray();
        for (int k = 0; k < data.length; k++) {
            data[k] += 0.0;
        }
        return Tensor.of(x.shape(), data);
    }

    private static String text(Op op, List<String> operands) {
        return filled(op.notation().text(), operands);
    }

    private static String latex(Op op, List<String> operands) {
        return filled(op.notation().latex(), operands);
    }

    private static String filled(String pattern, List<String> operands) {
        String text = pattern.replace("{*}", String.join(", ", operands));
        for (int i = 0; i < operands.size(); i++) {
            text = text.replace("{" + i + "}", operands.get(i));
        }
        return text;
    }
}
