package dualtape.explain;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.lang.print.ExpressionPrinter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of a graph's nodes: the program's own, numbered where it gives one name to several ({@code b1}, {@code b2}), and
 * {@code v1}, {@code v2}, … for what it does not name. A tangent is written with a {@code d} before the name, an adjoint
 * with a {@code b}; in LaTeX they have a dot and a bar. No two of all these are alike.
 */
final class Labels {
    private static final int INLINE = 6;

    private final Graph graph;
    private final int[] numbers;
    private final Map<String, String> bases = new HashMap<>();
    private final Set<String> plain = new HashSet<>();
    private String own = "v";
    private String mark = "";

    Labels(Graph graph) {
        this.graph = graph;
        this.numbers = new int[graph.nodes().size()];
        Map<String, Integer> counts = count();
        counts.forEach((name, count) -> {
            if (count == 1) {
                plain.add(name);
            }
        });
        counts.forEach((name, count) -> {
            if (count > 1) {
                String base = name;
                while (numbered(base)) {
                    base = base + "_";
                }
                bases.put(name, base);
            }
        });
        while (numbered(own) || bases.containsValue(own)) {
            own = own + "v";
        }
        while (clashes("d" + mark) || clashes("b" + mark)) {
            mark = mark + "_";
        }
    }

    /** How often the program gives each name; numbers the nodes of one name, and those without one. */
    private Map<String, Integer> count() {
        Map<String, Integer> counts = new HashMap<>();
        int unnamed = 0;
        for (int i = 0; i < numbers.length; i++) {
            Node node = graph.nodes().get(i);
            String name = graph.name(node);
            if (!isInline(node)) {
                numbers[i] = name != null ? counts.merge(name, 1, Integer::sum) : ++unnamed;
            }
        }
        return counts;
    }

    /** Whether a name of the program is this one with a number behind it. */
    private boolean numbered(String base) {
        return plain.stream().anyMatch(name -> name.length() > base.length() && name.startsWith(base)
                && name.substring(base.length()).chars().allMatch(Character::isDigit));
    }

    /** Whether a name with this mark before it is another name. */
    private boolean clashes(String prefix) {
        List<String> names = new ArrayList<>(plain);
        names.addAll(bases.values());
        names.add(own);
        Set<String> known = new HashSet<>(names);
        return names.stream().anyMatch(name -> name.startsWith(prefix)
                && known.contains(name.substring(prefix.length())));
    }

    /** Whether a node is a constant that is short enough to stand where it is used. */
    static boolean isInline(Node node) {
        return node instanceof Node.Constant && node.shape().size() <= INLINE;
    }

    /** The name of a node that is not inline. */
    String of(Node node) {
        String name = graph.name(node);
        int number = numbers[graph.position(node)];
        return name == null ? own + number : bases.containsKey(name) ? bases.get(name) + number : name;
    }

    /** The name of a node's tangent. */
    String tangent(Node node) {
        return "d" + mark + of(node);
    }

    /** The name of a node's adjoint. */
    String adjoint(Node node) {
        return "b" + mark + of(node);
    }

    /** The name of a symbol in a formula. */
    String of(Formula.Symbol symbol) {
        return switch (symbol.kind()) {
            case PRIMAL -> of(symbol.node());
            case TANGENT -> tangent(symbol.node());
            case ADJOINT -> adjoint(symbol.node());
        };
    }

    /** The same in LaTeX. */
    String latex(Formula.Symbol symbol) {
        String name = ExpressionPrinter.latexName(of(symbol.node()));
        int index = name.endsWith("}") ? name.lastIndexOf("_{") : -1;
        String base = index < 0 ? name : name.substring(0, index);
        String rest = index < 0 ? "" : name.substring(index);
        boolean word = base.startsWith("\\mathit");
        return switch (symbol.kind()) {
            case PRIMAL -> name;
            case TANGENT -> (word ? "\\overset{.}{" : "\\dot{") + base + "}" + rest;
            case ADJOINT -> (word ? "\\overline{" : "\\bar{") + base + "}" + rest;
        };
    }
}
