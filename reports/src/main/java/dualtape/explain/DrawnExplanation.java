package dualtape.explain;

import dualtape.ir.Node;
import dualtape.lang.print.Captions;
import dualtape.lang.print.GraphPrinter;
import dualtape.report.Messages;
import dualtape.report.TensorText;
import java.util.ArrayList;
import java.util.List;

/** The graph as a drawing with the data and the gradient in every box, as micrograd draws it; pale where none came. */
final class DrawnExplanation implements Captions {
    private static final int ELEMENTS = 6;
    private static final int LONGEST = 60;

    private final Explanation e;
    private final Messages messages;

    private DrawnExplanation(Explanation explanation, Messages messages) {
        this.e = explanation;
        this.messages = messages;
    }

    /** For Graphviz. */
    static String dot(Explanation explanation, Messages messages) {
        return GraphPrinter.dot(explanation.graph(), new DrawnExplanation(explanation, messages));
    }

    /** For Mermaid. */
    static String mermaid(Explanation explanation, Messages messages) {
        return GraphPrinter.mermaid(explanation.graph(), new DrawnExplanation(explanation, messages));
    }

    @Override
    public Place place(Node node) {
        return e.rows().contains(node) ? Place.DRAWN : Labels.isInline(node) ? Place.HIDDEN : Place.ELIDED;
    }

    @Override
    public String title(Node node) {
        String shape = node.shape().isScalar() ? "" : "  " + node.shape();
        return e.labels().of(node) + (node instanceof Node.Result result
                ? " = " + LocalRules.value(result).text(e.labels(), e.all() ? Integer.MAX_VALUE : LONGEST)
                : "") + shape;
    }

    @Override
    public List<String> lines(Node node) {
        int elements = e.all() ? Integer.MAX_VALUE : ELEMENTS;
        List<String> lines = new ArrayList<>();
        lines.add(messages.text("explain.data", TensorText.rounded(e.forward().value(node), elements)));
        ReverseTrace.Sum sum = e.reverse().sum(node);
        lines.add(sum == null ? messages.text("explain.no-gradient")
                : messages.text("explain.gradient", TensorText.rounded(sum.value(), elements)));
        return lines;
    }

    @Override
    public boolean pale(Node node) {
        return e.reverse().sum(node) == null;
    }
}
