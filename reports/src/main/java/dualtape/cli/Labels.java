package dualtape.cli;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import dualtape.ir.Tensor;
import java.util.List;

/** Short names of a graph's nodes, and each application written with them, as in {@code v3 = v1 * x2}. */
final class Labels {
    private final Graph graph;
    private final int[] numbers;

    Labels(Graph graph) {
        this.graph = graph;
        this.numbers = new int[graph.nodes().size()];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = graph.nodes().get(i) instanceof Node.Result ? ++count : 0;
        }
    }

    /** The name of an input, the digits of a constant, else v and a number, with the program's own name in front. */
    String of(Node node) {
        if (node instanceof Node.Input input) {
            return input.name();
        } else if (node instanceof Node.Constant constant) {
            return TensorText.of(constant.value(), 3);
        }
        return "v" + numbers[graph.position(node)];
    }

    /** The application that gives a node, with the name that the program gave it. */
    String formula(Node node) {
        if (!(node instanceof Node.Result result)) {
            return of(node);
        }
        String name = graph.name(node);
        return of(node) + " = " + written(result.application()) + (name == null ? "" : "  (" + name + ")");
    }

    private String written(Application application) {
        Notation notation = application.op().notation();
        List<String> operands = application.operands().stream().map(this::of).toList();
        String text = notation.text().replace("{*}", String.join(", ", operands));
        for (int i = 0; i < operands.size() && i < 10; i++) {
            String operand = operands.get(i).startsWith("-") && notation.operand(i) > Notation.SUM
                    ? "(" + operands.get(i) + ")"
                    : operands.get(i);
            text = text.replace("{" + i + "}", operand);
        }
        return text.length() > 44 ? text.substring(0, 41) + "..." : text;
    }

    /** A tensor for a cell: six elements at the most unless all are wanted. */
    static String value(Tensor tensor, boolean all) {
        if (tensor.size() == 1 && tensor.shape().isScalar()) {
            return short6(tensor.at(0));
        }
        int shown = all ? tensor.size() : Math.min(tensor.size(), 6);
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(short6(tensor.at(i)));
        }
        return text.append(shown < tensor.size() ? ", ...]" : "]").toString();
    }

    private static String short6(double x) {
        return Double.isFinite(x) && x != 0
                ? dualtape.ir.Numerals
                        .text(new java.math.BigDecimal(x).round(new java.math.MathContext(6)).doubleValue())
                : dualtape.ir.Numerals.text(x);
    }
}
