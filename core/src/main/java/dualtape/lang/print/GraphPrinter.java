package dualtape.lang.print;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Numerals;
import dualtape.ir.Tensor;

/** Graphs as drawings for other tools: DOT (Graphviz) and Mermaid. Boxes are inputs and operations, arrows go to uses. */
public final class GraphPrinter {
    private GraphPrinter() {}

    /** DOT. */
    public static String dot(Graph graph) {
        StringBuilder text = new StringBuilder("digraph program {\n  rankdir=BT;\n  node [fontname=\"sans-serif\"];\n");
        for (Node node : graph.nodes()) {
            if (!(node instanceof Node.Result)) {
                String style = node instanceof Node.Input ? "shape=box" : "shape=plaintext";
                text.append("  n").append(graph.position(node)).append(" [").append(style).append(", label=\"")
                        .append(escape(label(graph, node))).append("\"];\n");
            }
        }
        for (Application application : graph.applications()) {
            int at = graph.position(application.results().get(0));
            text.append("  n").append(at).append(" [shape=ellipse, label=\"")
                    .append(escape(label(graph, application.results().get(0))))
                    .append("\"];\n");
            application.operands()
                    .forEach(operand -> text.append("  n").append(owner(graph, operand)).append(" -> n").append(at)
                            .append(";\n"));
        }
        return text.append("}\n").toString();
    }

    /** Mermaid. */
    public static String mermaid(Graph graph) {
        StringBuilder text = new StringBuilder("flowchart BT\n");
        for (Node node : graph.nodes()) {
            if (!(node instanceof Node.Result)) {
                text.append("  n").append(graph.position(node)).append("[\"").append(entity(label(graph, node)))
                        .append("\"]\n");
            }
        }
        for (Application application : graph.applications()) {
            int at = graph.position(application.results().get(0));
            text.append("  n").append(at).append("([\"").append(entity(label(graph, application.results().get(0))))
                    .append("\"])\n");
            application.operands()
                    .forEach(operand -> text.append("  n").append(owner(graph, operand)).append(" --> n").append(at)
                            .append("\n"));
        }
        return text.toString();
    }

    /** The first result of an application stands for all of it. */
    private static int owner(Graph graph, Node node) {
        return node instanceof Node.Result result ? graph.position(result.application().results().get(0))
                : graph.position(node);
    }

    private static String label(Graph graph, Node node) {
        if (node instanceof Node.Constant constant) {
            Tensor value = constant.value();
            return value.size() == 1 ? Numerals.text(value.at(0)) : "constant " + value.shape();
        }
        String name = graph.name(node);
        String symbol = node instanceof Node.Result result ? result.application().op().symbol() : "";
        String both = name == null ? symbol : symbol.isEmpty() ? name : name + " = " + symbol;
        return node.shape().isScalar() ? both : both + " " + node.shape();
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static String entity(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " =,.-_".indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append("#").append(c).append(';');
            }
        });
        return safe.toString();
    }
}
