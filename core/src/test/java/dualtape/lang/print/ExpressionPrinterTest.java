package dualtape.lang.print;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExpressionPrinterTest {
    private static final int LONG = 10_000;

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    private static String inputs(Node node) {
        return node instanceof Node.Input input ? input.name() : null;
    }

    private static Graph graph(String program) {
        return Language.parse(program).trace(Point.of("x", new double[] {1, 2}, "y", 3.0)).graph();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"y * x|y * x", "x / 2 + 1|x / 2 + 1", "sum(x) * x|sum(x) * x",
                "(y + 1) * (x - y)|(y + 1) * (x - y)",
                "[y, 0.123456789]|[y, 0.123457]"})
    void aScalarThatIsRepeatedStandsForItself(String program, String printed) {
        assertThat(ExpressionPrinter.text(graph(program).output(), ExpressionPrinterTest::inputs, LONG))
                .isEqualTo(printed);
        assertThat(TextPrinter.print(graph(program))).isEqualTo(program);
    }

    @Test
    void namedNodesAreNotWrittenOut() {
        Graph graph = graph("a = y + 1; a * a");
        assertThat(ExpressionPrinter.text(graph.output(),
                node -> graph.name(node) == null ? null : graph.name(node) + "'", LONG)).isEqualTo("a' * a'");
    }

    @Test
    void whatIsTooLongIsCut() {
        Graph graph = graph("s = y; for i in 0..100000 { s = s + y * i }; s");
        assertThat(ExpressionPrinter.text(graph.output(), ExpressionPrinterTest::inputs, 60))
                .hasSizeLessThanOrEqualTo(60)
                .contains("...");
        assertThat(ExpressionPrinter.latex(graph.output(), ExpressionPrinterTest::inputs, 60)).contains("\\ldots");
    }

    @ParameterizedTest
    @CsvSource(
            value = {"x,x", "x1,x_{1}", "x_1,x_{1}", "lambda,\\lambda", "σ2,\\sigma_{2}", "loss,\\mathit{loss}",
                "my_loss3,\\mathit{my\\_loss}_{3}", "é,\\mathit{\\acute{e}}",
                "变,\\mathit{\\langle\\mathrm{U53D8}\\rangle }",
                "Ω,\\Omega"})
    void namesAreWrittenForPdflatex(String name, String latex) {
        assertThat(ExpressionPrinter.latexName(name)).isEqualTo(latex);
    }

    @ParameterizedTest
    @CsvSource(value = {"1e-7,10^{-7}", "-1e20,-10^{20}", "2.5e-7,2.5 \\cdot 10^{-7}", "Infinity,\\infty", "3,3"})
    void numbersHavePowersOfTen(String numeral, String latex) {
        assertThat(ExpressionPrinter.latexNumber(numeral)).isEqualTo(latex);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationIsWellFormedLatex(Operation operation) {
        for (Reached.Case reached : Reached.cases(operation)) {
            if (reached.op() instanceof Bodied || reached.op().results() > 1) {
                continue; // not written as an expression
            }
            GraphBuilder builder = GraphBuilder.asWritten();
            List<Node> operands = new ArrayList<>();
            for (Tensor operand : reached.operands()) {
                operands.add(builder.input("x" + (50 + operands.size()), operand.shape()));
            }
            Node result = builder.apply(reached.op(), operands).get(0);
            String latex = ExpressionPrinter.latex(result,
                    node -> inputs(node) == null ? null : ExpressionPrinter.latexName(inputs(node)), LONG);
            assertWellFormed(latex);
        }
    }

    /** Braces and delimiters match, every operand is there, and nothing has two indices. */
    private static void assertWellFormed(String latex) {
        assertThat(latex).doesNotContain("{*}").doesNotContain("{0}").contains("x_{50}");
        assertThat(latex.split("\\\\left(?![a-z])", -1)).as(latex)
                .hasSameSizeAs(latex.split("\\\\right(?![a-z])", -1));
        List<Boolean> indexed = new ArrayList<>(List.of(false));
        boolean index = false; // whether what ended here was an index
        for (int i = 0; i < latex.length(); i++) {
            char c = latex.charAt(i);
            if (c == '_' || c == '^') {
                boolean escaped = i > 0 && latex.charAt(i - 1) == '\\';
                assertThat(index && !escaped && latex.charAt(i) == '_').as("two indices at %d of %s", i, latex)
                        .isFalse();
            }
            if (c == '{') {
                indexed.add(i > 0 && latex.charAt(i - 1) == '_' && (i < 2 || latex.charAt(i - 2) != '\\'));
                index = false;
            } else if (c == '}') {
                assertThat(indexed).as(latex).hasSizeGreaterThan(1);
                index = indexed.remove(indexed.size() - 1);
            } else {
                index = false;
            }
        }
        assertThat(indexed).as(latex).hasSize(1);
        assertThat(latex).doesNotContainPattern("\\\\[A-Za-z]+x_\\{5");
    }
}
