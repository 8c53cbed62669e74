package dualtape.lang.print;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import java.util.ArrayList;
import java.util.List;

/** A graph in LaTeX: one aligned equation for each operation that is shared, named or long. */
public final class LatexPrinter {
    private static final int LONGEST = 300;

    private LatexPrinter() {}

    /** The equations of a graph's first output, in an {@code aligned} environment. */
    public static String print(Graph graph) {
        Written[] written = new Written[graph.nodes().size()];
        int[] uses = Written.uses(graph);
        List<String> lines = new ArrayList<>();
        int next = 0;
        for (Node node : graph.nodes()) {
            int position = graph.position(node);
            if (node instanceof Node.Input input) {
                written[position] = new Written(Style.LATEX.name(input.name()), Notation.ATOM);
            } else if (node instanceof Node.Constant constant) {
                written[position] = Style.LATEX.constant(constant.value());
            } else if (node instanceof Node.Result result && (uses[position] > 0 || node == graph.output())) {
                List<Written> operands = new ArrayList<>();
                result.application().operands().forEach(operand -> operands.add(written[graph.position(operand)]));
                Written expression = Written.of(result.application(), operands, Style.LATEX);
                if (node == graph.output()) {
                    lines.add("y &= " + expression.text());
                } else if (uses[position] > 1 || graph.name(node) != null || expression.text().length() > LONGEST) {
                    String own = graph.name(node) != null ? Style.LATEX.name(graph.name(node)) : "v_{" + ++next + "}";
                    lines.add(own + " &= " + expression.text());
                    expression = new Written(own, Notation.ATOM);
                }
                written[position] = expression;
            }
        }
        if (lines.isEmpty() || !(graph.output() instanceof Node.Result)) {
            lines.add("y &= " + written[graph.position(graph.output())].text());
        }
        return "\\begin{aligned}\n" + String.join(" \\\\\n", lines) + "\n\\end{aligned}";
    }
}
