package dualtape.lang.print;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph in the text language: parts that are used once stand where they are used, shared and long parts get a line
 * and a name of their own. What is printed parses back to the same function.
 */
public final class TextPrinter {
    private final Graph graph;
    private final int longest;
    private int[] uses;
    private final Written[] written;
    private final Set<String> taken = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private int next;

    private TextPrinter(Graph graph, int longest) {
        this.graph = graph;
        this.longest = longest;
        this.written = new Written[graph.nodes().size()];
        graph.inputs().forEach(input -> taken.add(input.name()));
        for (Node node : graph.nodes()) {
            String name = graph.name(node);
            if (name != null) {
                taken.add(name);
            }
        }
    }

    /** The program of a graph's first output. */
    public static String print(Graph graph) {
        return print(graph, graph.output(), 100);
    }

    /**
     * The program of one output.
     *
     * @param longest characters of an expression before a part of it gets a line of its own
     */
    public static String print(Graph graph, Node output, int longest) {
        return new TextPrinter(graph, longest).program(output);
    }

    private String program(Node output) {
        boolean[] needed = needed(output);
        uses = uses(needed);
        for (Node node : graph.nodes()) {
            int position = graph.position(node);
            if (node instanceof Node.Input input) {
                written[position] = new Written(input.name(), Notation.ATOM);
            } else if (node instanceof Node.Constant constant) {
                written[position] = Style.TEXT.constant(constant.value());
            } else if (needed[position]) {
                result((Node.Result) node, node == output);
            }
        }
        lines.add(written[graph.position(output)].text());
        return String.join("\n", lines);
    }

    private boolean[] needed(Node output) {
        boolean[] needed = new boolean[written.length];
        needed[graph.position(output)] = true;
        for (int i = needed.length - 1; i >= 0; i--) {
            if (needed[i] && graph.nodes().get(i) instanceof Node.Result result) {
                Written.operands(result.application()).forEach(operand -> needed[graph.position(operand)] = true);
            }
        }
        return needed;
    }

    /** How often what is needed writes each node. */
    private int[] uses(boolean[] needed) {
        int[] counts = new int[needed.length];
        for (Application application : graph.applications()) {
            if (application.results().stream().anyMatch(result -> needed[graph.position(result)])) {
                Written.operands(application).forEach(operand -> counts[graph.position(operand)]++);
            }
        }
        return counts;
    }

    private void result(Node.Result node, boolean last) {
        Application application = node.application();
        List<Written> operands = new ArrayList<>();
        boolean clear = Repetition.clear(application);
        application.operands().forEach(operand -> operands.add(operand(operand, clear)));
        Written expression = Written.of(application, operands, Style.TEXT);
        int position = graph.position(node);
        boolean own = uses[position] > 1 || expression.text().length() > longest;
        if (own && !last) {
            String name = name(node);
            lines.add(name + " = " + expression.text());
            expression = new Written(name, Notation.ATOM);
        }
        written[position] = expression;
    }

    private Written operand(Node node, boolean clear) {
        if (clear && Repetition.is(node)) {
            Node number = Repetition.number(node);
            if (number == null) {
                return Style.TEXT.number(((Node.Constant) node).value().at(0));
            } else if (uses[graph.position(node)] == 1) { // else it has a line of its own
                return written[graph.position(number)];
            }
        }
        return written[graph.position(node)];
    }

    private String name(Node node) {
        String given = graph.name(node);
        if (given != null && taken.remove(given)) {
            return given;
        }
        String name;
        do {
            name = "v" + ++next;
        } while (taken.contains(name));
        return name;
    }
}
