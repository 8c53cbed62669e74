package dualtape.explain;

import dualtape.ir.Node;
import dualtape.lang.print.ExpressionPrinter;
import java.util.Map;

/**
 * An expression over the nodes of a graph, their tangents and adjoints, which can be written as text and in LaTeX.
 *
 * @param expression a node of a small graph of its own
 * @param symbols what that graph's inputs stand for
 */
record Formula(Node expression, Map<Node, Symbol> symbols) {
    /** What a symbol is of a node. */
    enum Kind {
        PRIMAL, TANGENT, ADJOINT
    }

    /** A node's value, tangent or adjoint. */
    record Symbol(Kind kind, Node node) {}

    /** In the text language. */
    String text(Labels labels, int longest) {
        return ExpressionPrinter.text(expression,
                node -> symbols.containsKey(node) ? labels.of(symbols.get(node)) : null, longest);
    }

    /** In LaTeX. */
    String latex(Labels labels, int longest) {
        return ExpressionPrinter.latex(expression,
                node -> symbols.containsKey(node) ? labels.latex(symbols.get(node)) : null, longest);
    }
}
