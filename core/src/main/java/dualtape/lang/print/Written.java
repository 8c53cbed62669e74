package dualtape.lang.print;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import java.util.ArrayList;
import java.util.List;

/**
 * An expression that is written, and how tightly it binds.
 *
 * @param text the expression
 * @param level one of the levels of {@link Notation}
 */
record Written(String text, int level) {
    /** The operands of an application that are written. */
    static List<Node> operands(Application application) {
        Notation notation = application.op().notation();
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < application.operands().size(); i++) {
            if (notation.writes(i)) {
                operands.add(application.operands().get(i));
            }
        }
        return operands;
    }

    /** How often each node of a graph is written as an operand, by its position. */
    static int[] uses(Graph graph) {
        int[] uses = new int[graph.nodes().size()];
        for (Application application : graph.applications()) {
            operands(application).forEach(operand -> uses[graph.position(operand)]++);
        }
        return uses;
    }

    /** An application's operands put into its pattern, with parentheses where one binds too loosely. */
    static Written of(Application application, List<Written> operands, Style style) {
        Notation notation = application.op().notation();
        String pattern = style.pattern(notation);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            int end = pattern.charAt(i) == '{' ? pattern.indexOf('}', i) : -1;
            String inside = end < 0 ? "" : pattern.substring(i + 1, end);
            if (inside.equals("*")) {
                for (int k = 0; k < operands.size(); k++) {
                    text.append(k == 0 ? "" : ", ");
                    style.append(text, operands.get(k).bound(notation.operand(k), style), ',');
                }
                i = end;
            } else if (isOperand(inside, operands.size())) {
                int k = Integer.parseInt(inside);
                char next = end + 1 < pattern.length() ? pattern.charAt(end + 1) : ' ';
                style.append(text, operands.get(k).bound(notation.operand(k), style), next);
                i = end;
            } else {
                text.append(pattern.charAt(i));
            }
        }
        return new Written(text.toString(), notation.level());
    }

    /** Whether what stands in braces is the number of an operand, and not that of a logarithm's base. */
    private static boolean isOperand(String inside, int operands) {
        return !inside.isEmpty() && inside.length() < 10 && inside.chars().allMatch(c -> c >= '0' && c <= '9')
                && Integer.parseInt(inside) < operands;
    }

    private String bound(int needed, Style style) {
        return level < needed ? style.open() + text + style.close() : text;
    }
}
