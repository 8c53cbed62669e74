package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The chain rule at its plainest, in both directions over any algebra: enough of an engine to prove rules with. */
final class Chain {
    private Chain() {}

    /** The tangent of an operation's single result; null where it does not vary. {@code dx}: null where an operand does not. */
    static <V> V push(Algebra<V> a, Op op, List<V> x, V y, List<V> dx) {
        Whole whole = op.whole();
        if (whole != null) {
            return whole.pushforward(a, null, x, dx).tangents().get(0);
        }
        V sum = null;
        for (int i = 0; i < dx.size(); i++) {
            V part = dx.get(i) == null ? null : push(a, op.rule(i), x, y, dx.get(i));
            sum = part == null ? sum : sum == null ? part : a.add(sum, part);
        }
        return sum;
    }

    private static <V> V push(Algebra<V> a, Rule rule, List<V> x, V y, V dx) {
        if (rule instanceof Rule.Slope slope) {
            return a.scale(slope.slope(a, x, y), dx);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.push(a, x, dx);
        }
        return rule == Rule.ONE ? dx : null;
    }

    /** The adjoints of an operation's operands; null where not wanted or where it has no derivative. */
    static <V> List<V> pull(Algebra<V> a, Op op, List<V> x, V y, V by, boolean[] wanted) {
        Whole whole = op.whole();
        if (whole != null) {
            return whole.pullback(a, null, x, List.of(y), List.of(by), wanted);
        }
        List<V> adjoints = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            adjoints.add(wanted[i] ? pull(a, op.rule(i), x, y, by) : null);
        }
        return adjoints;
    }

    private static <V> V pull(Algebra<V> a, Rule rule, List<V> x, V y, V by) {
        if (rule instanceof Rule.Slope slope) {
            return a.scale(slope.slope(a, x, y), by);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.pull(a, x, by);
        }
        return rule == Rule.ONE ? by : null;
    }

    /** The tangent of a graph's output, zero where it does not vary. */
    static <V> V forward(Algebra<V> a, Graph graph, List<V> x, List<V> dx) {
        List<V> values = values(a, graph, x);
        List<V> tangents = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        for (int i = 0; i < dx.size(); i++) {
            tangents.set(graph.position(graph.inputs().get(i)), dx.get(i));
        }
        for (Application application : graph.applications()) {
            List<V> operands = at(graph, values, application.operands());
            List<V> directions = at(graph, tangents, application.operands());
            int result = graph.position(application.results().get(0));
            if (directions.stream().anyMatch(direction -> direction != null)) {
                tangents.set(result, push(a, application.op(), operands, values.get(result), directions));
            }
        }
        int output = graph.position(graph.output());
        V dy = tangents.get(output);
        return dy != null ? dy : a.fill(0, a.shape(values.get(output)));
    }

    /** The adjoints of a graph's inputs, zero where the output does not depend on one. */
    static <V> List<V> reverse(Algebra<V> a, Graph graph, List<V> x, V by) {
        List<V> values = values(a, graph, x);
        List<V> adjoints = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        adjoints.set(graph.position(graph.output()), by);
        for (int k = graph.applications().size() - 1; k >= 0; k--) {
            Application application = graph.applications().get(k);
            int result = graph.position(application.results().get(0));
            if (adjoints.get(result) == null) {
                continue;
            }
            boolean[] wanted = new boolean[application.operands().size()];
            Arrays.fill(wanted, true);
            List<V> parts = pull(a, application.op(), at(graph, values, application.operands()), values.get(result),
                    adjoints.get(result), wanted);
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i) != null) {
                    int to = graph.position(application.operands().get(i));
                    V sum = adjoints.get(to);
                    adjoints.set(to, sum == null ? parts.get(i) : a.add(sum, parts.get(i)));
                }
            }
        }
        List<V> result = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            V adjoint = adjoints.get(graph.position(input));
            result.add(adjoint != null ? adjoint : a.fill(0, input.shape()));
        }
        return result;
    }

    /** The value of every node, by position. */
    static <V> List<V> values(Algebra<V> a, Graph graph, List<V> x) {
        List<V> values = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        graph.evaluate(a, x, (node, value) -> values.set(graph.position(node), value));
        return values;
    }

    private static <V> List<V> at(Graph graph, List<V> all, List<Node> nodes) {
        List<V> list = new ArrayList<>();
        nodes.forEach(node -> list.add(all.get(graph.position(node))));
        return list;
    }
}
