package dualtape.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
    private static Graph graph(String program) {
        Map<String, Tensor> point = new LinkedHashMap<>();
        Language.parse(program).inputs().forEach(name -> point.put(name, Tensor.scalar(2)));
        return Language.parse(program).trace(Point.of(point)).graph();
    }

    private static List<Node> rows(Graph graph) {
        return graph.nodes().stream().filter(node -> !Labels.isInline(node)).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x * v1 + v2 * x", "dx * x + bx", "d_x + x * dx", "b = x; b = b * 2; b = b * 3; b1 * b",
                "v = x + 1; v = v + 1; v = v * v; v + v1 * 2", "s = 1; for i in 0..3 { s = s * x + y }; s * s_1 + s1",
                "y = x * 2; dy = y * 3; by = dy * y; y * dy * by + x * x", "bb = b * 2; bb * b + b * b"})
    void noTwoNamesAreAlike(String program) {
        Graph graph = graph(program);
        Labels labels = new Labels(graph);
        List<String> names = new ArrayList<>();
        for (Node node : rows(graph)) {
            names.add(labels.of(node));
            names.add(labels.tangent(node));
            names.add(labels.adjoint(node));
        }
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void theProgramsOwnNamesAreKept() {
        Graph graph = graph("a = x * w; b = a - y; b^2");
        Labels labels = new Labels(graph);
        assertThat(rows(graph).stream().map(labels::of)).containsExactly("x", "w", "y", "a", "b", "v1");
    }

    @Test
    void aNameThatIsGivenAgainIsNumbered() {
        Graph graph = graph("b = 2 * a; b = 3 * b; b");
        assertThat(rows(graph).stream().map(new Labels(graph)::of)).containsExactly("a", "b1", "b2");
    }

    @Test
    void tangentsAndAdjointsHaveDotsAndBarsInLatex() {
        Graph graph = graph("loss = x1 * x1; loss");
        Labels labels = new Labels(graph);
        Node x = graph.input("x1");
        assertThat(labels.latex(new Formula.Symbol(Formula.Kind.TANGENT, x))).isEqualTo("\\dot{x}_{1}");
        assertThat(labels.latex(new Formula.Symbol(Formula.Kind.ADJOINT, x))).isEqualTo("\\bar{x}_{1}");
        assertThat(labels.latex(new Formula.Symbol(Formula.Kind.ADJOINT, graph.output())))
                .isEqualTo("\\overline{\\mathit{loss}}");
    }
}
