package dualtape.lang.print;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.program.Tensors;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextPrinterTest {
    static List<Scenario> scenarios() {
        return Scenarios.all().stream().filter(scenario -> !keepsLoops(scenario)).toList();
    }

    /** Whether it has structured loops or branches, which the language has no words for. */
    private static boolean keepsLoops(Scenario scenario) {
        return scenario.source().trace(scenario.point()).graph().applications().stream()
                .anyMatch(application -> application.op() instanceof Bodied);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsPrintedParsesBackToTheSameFunction(Scenario scenario) {
        Point at = scenario.point();
        Graph graph = scenario.source().trace(at).graph();
        String text = TextPrinter.print(graph);
        Graph again = Language.parse(text).trace(at).graph();
        assertThat(value(again, at)).as(text).isEqualTo(value(graph, at));
    }

    private static Tensor value(Graph graph, Point at) {
        return graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at)).get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"(x+y)*2|(x + y) * 2", "x+(y*2)|x + y * 2", "-x^2|-x^2", "(-x)^2|(-x)^2", "x-(y-2)|x - (y - 2)",
                "x^y^2|x^y^2", "(x^y)^2|(x^y)^2", "2^-x|2^(-x)", "x/(y/2)|x / (y / 2)", "sin(x)*-y|sin(x) * -y"})
    void parenthesesStandWhereTheyAreNeeded(String program, String printed) {
        assertThat(TextPrinter.print(Language.parse(program).trace(Point.of("x", 1.5, "y", 2.0)).graph()))
                .isEqualTo(printed);
    }

    @Test
    void aSharedPartGetsALineWithItsName() {
        assertThat(TextPrinter.print(Language.parse("a = x + 1; a * a").trace(Point.of("x", 1.0)).graph()))
                .isEqualTo("a = x + 1\na * a");
    }

    @Test
    void theBaseOfALogarithmIsNoOperand() {
        Graph graph = Language.parse("log2(x) + log10(x)").trace(Point.of("x", 1.5)).graph();
        assertThat(LatexPrinter.print(graph)).contains("\\log_{2}", "\\log_{10}");
    }

    @Test
    void drawingsOfEveryKindNameTheirInputs() {
        Graph graph = Language.parse("log(x1) + x1*x2").trace(Point.of("x1", 1.0, "x2", 2.0)).graph();
        assertThat(GraphPrinter.dot(graph)).contains("label=\"x1\"", "label=\"log\"", "->");
        assertThat(GraphPrinter.mermaid(graph)).startsWith("flowchart").contains("x2", "-->");
        assertThat(LatexPrinter.print(graph)).contains("x_{1}", "\\log");
    }
}
