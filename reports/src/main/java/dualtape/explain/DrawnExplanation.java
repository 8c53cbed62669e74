package dualtape.explain;

import dualtape.ir.Node;
import dualtape.lang.print.Captions;
import dualtape.lang.print.GraphPrinter;
import dualtape.report.TensorText;
import java.util.ArrayList;
import java.util.List;

/** The graph as a drawing with the data and the gradient in every box, as micrograd draws it; pale where none came. */
final class DrawnExplanation implements Captions {
    private static final int ELEMENTS = 6;
    private static final int LONGEST = 60;

    private final Explanation e;

    private DrawnExplanation(Explanation explanation) {
        this.e = explanation;
    }

    /** For Graphviz. */
    static String dot(Explanation explanation) {
        return GraphPrinter.dot(explanation.graph(), new DrawnExplanation(explanation));
    }

    /** For Mermaid. */
    static String mermaid(Explanation explanation) {
        return GraphPrinter.mermaid(explanation.graph(), new DrawnExplanation(explanation));
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
        lines.add("data " + TensorText.rounded(e.forward().value(node), elements));
        ReverseTrace.Sum sum = e.reverse().sum(node);
        lines.add(sum == null ? "no gradient" : "grad " + TensorText.rounded(sum.value(), elements));
        return lines;
    }

    @Override
    public boolean pale(Node node) {
        return e.reverse().sum(node) == null;
    }
}
