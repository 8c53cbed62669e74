package dualtape.lang.print;

import dualtape.ir.Node;
import dualtape.ir.Notation;
import dualtape.ir.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One node as a single expression: named nodes stand as their names, what lies between them is written out where it is
 * used, constants with six digits. For rows of listings; {@link TextPrinter} and {@link LatexPrinter} print whole programs.
 */
public final class ExpressionPrinter {
    private final Style style;
    private final Function<Node, String> names;
    private final int longest;
    private final Map<Node, Written> written = new HashMap<>();

    private ExpressionPrinter(Style style, Function<Node, String> names, int longest) {
        this.style = style;
        this.names = names;
        this.longest = longest;
    }

    /**
     * In the text language.
     *
     * @param names how a node is called, or null for one that is written out; inputs must have names
     * @param longest characters; a longer part is left out, a longer whole is cut
     */
    public static String text(Node node, Function<Node, String> names, int longest) {
        String text = new ExpressionPrinter(Style.TEXT, names, longest).print(node);
        return text.length() > longest ? text.substring(0, Math.max(0, longest - 4)) + " ..." : text;
    }

    /** {@link #text} in LaTeX mathematics. A whole that is longer is left out but for its operation. */
    public static String latex(Node node, Function<Node, String> names, int longest) {
        String text = new ExpressionPrinter(Style.LATEX, names, longest).print(node);
        if (text.length() <= longest || !(node instanceof Node.Result result)) {
            return text;
        }
        return "\\operatorname{" + result.application().op().symbol().replaceAll("[^A-Za-z0-9]", "\\\\_")
                + "}\\left(\\ldots\\right)";
    }

    /** A name of a program in LaTeX mathematics: {@code x1} with an index, a Greek letter's name as the letter. */
    public static String latexName(String name) {
        return LatexNames.of(name);
    }

    /** A numeral in LaTeX mathematics: an exponent as a power of ten. */
    public static String latexNumber(String numeral) {
        return LatexNames.number(numeral);
    }

    private String print(Node output) {
        for (Node node : unnamed(output)) {
            Written expression;
            if (node instanceof Node.Constant constant) {
                expression = style.constant(rounded(constant.value()));
            } else if (node instanceof Node.Result result) {
                List<Written> operands = new ArrayList<>();
                boolean clear = Repetition.clear(result.application());
                result.application().operands().forEach(operand -> operands.add(operand(operand, clear)));
                expression = Written.of(result.application(), operands, style);
                if (result.application().results().size() > 1) {
                    expression = new Written(expression.text() + "." + result.index(), Notation.ATOM);
                }
            } else {
                throw new IllegalArgumentException("the input " + node + " has no name");
            }
            boolean cut = expression.text().length() > longest && node != output;
            written.put(node, cut ? new Written(style.dots(), Notation.ATOM) : expression);
        }
        return operand(output).text();
    }

    /** Six significant digits. */
    private static Tensor rounded(Tensor value) {
        double[] elements = value.toArray();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = rounded(elements[i]);
        }
        return Tensor.wrap(value.shape(), elements);
    }

    private static double rounded(double x) {
        return Double.isFinite(x) && x != 0 ? new BigDecimal(x).round(new MathContext(6)).doubleValue() : x;
    }

    private Written operand(Node node, boolean clear) {
        if (clear && names.apply(node) == null && Repetition.is(node)) {
            Node number = Repetition.number(node);
            return number != null ? operand(number)
                    : style.number(rounded(((Node.Constant) node).value().at(0)));
        }
        return operand(node);
    }

    private Written operand(Node node) {
        String name = names.apply(node);
        return name != null ? new Written(name, Notation.ATOM) : written.get(node);
    }

    /** What has no name, from the output back to what has, operands before results. */
    private List<Node> unnamed(Node output) {
        Deque<Node> open = new ArrayDeque<>(List.of(output));
        Map<Node, Boolean> seen = new HashMap<>();
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (names.apply(node) == null && seen.put(node, true) == null && node instanceof Node.Result result) {
                open.addAll(result.application().operands());
            }
        }
        return seen.keySet().stream().sorted(Comparator.comparingInt(Node::number)).toList();
    }
}
