package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
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

    /** The tangents of an operation's results; null where one does not vary. {@code dx}: null where an operand does not. */
    static <V> List<V> push(Algebra<V> a, Op op, List<V> x, List<V> y, List<V> dx) {
        Whole whole = op.whole();
        if (whole != null) {
            return whole.pushforward(a, Chain::pushforward, x, dx).tangents();
        }
        List<V> tangents = new ArrayList<>();
        for (V result : y) {
            V sum = null;
            for (int i = 0; i < dx.size(); i++) {
                V part = dx.get(i) == null ? null : push(a, rule(op, i), x, result, dx.get(i));
                sum = part == null ? sum : sum == null ? part : a.add(sum, part);
            }
            tangents.add(sum);
        }
        return tangents;
    }

    private static <V> V push(Algebra<V> a, Rule rule, List<V> x, V y, V dx) {
        if (rule instanceof Rule.Slope slope) {
            return a.scale(slope.slope(a, x, y), dx);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.push(a, x, dx);
        }
        return rule == Rule.ONE ? dx : null;
    }

    /**
     * The adjoints of an operation's operands; null where not wanted or where it has no derivative.
     *
     * @param by the results' adjoints; null where one has none
     */
    static <V> List<V> pull(Algebra<V> a, Op op, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        Whole whole = op.whole();
        if (whole != null) {
            List<V> recorded = whole.recording() == op ? y : a.apply(whole.recording(), x);
            return whole.pullback(a, Chain::pullback, x, recorded, by, wanted);
        }
        List<V> adjoints = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            boolean none = !wanted[i] || by.get(0) == null;
            adjoints.add(none ? null : pull(a, rule(op, i), x, y.get(0), by.get(0)));
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

    private static Rule rule(Op op, int operand) {
        Rule rule = op.rule(operand);
        if (op.results() > 1 && rule != Rule.NONE) {
            throw new IllegalStateException(
                    op + " has " + op.results() + " results: its derivative must be a Whole, or NONE");
        }
        return rule;
    }

    /** The tangent of a graph's first output, zero where it does not vary. */
    static <V> V forward(Algebra<V> a, Graph graph, List<V> x, List<V> dx) {
        return both(a, graph, x, dx).tangents().get(0);
    }

    /** The values of a graph's outputs and their tangents, zero where one does not vary. */
    private static <V> Whole.Both<V> both(Algebra<V> a, Graph graph, List<V> x, List<V> dx) {
        List<V> values = values(a, graph, x);
        List<V> tangents = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        for (int i = 0; i < dx.size(); i++) {
            tangents.set(graph.position(graph.inputs().get(i)), dx.get(i));
        }
        for (Application application : graph.applications()) {
            List<V> directions = at(graph, tangents, application.operands());
            if (directions.stream().anyMatch(direction -> direction != null)) {
                List<V> dy = push(a, application.op(), at(graph, values, application.operands()),
                        at(graph, values, application.results()), directions);
                for (int j = 0; j < dy.size(); j++) {
                    tangents.set(graph.position(application.results().get(j)), dy.get(j));
                }
            }
        }
        List<V> y = at(graph, values, graph.outputs());
        List<V> dy = at(graph, tangents, graph.outputs());
        for (int j = 0; j < y.size(); j++) {
            dy.set(j, dy.get(j) != null ? dy.get(j) : a.fill(0, a.shape(y.get(j))));
        }
        return new Whole.Both<>(y, dy);
    }

    /** The adjoints of a graph's inputs from that of its first output, zero where that does not depend on one. */
    static <V> List<V> reverse(Algebra<V> a, Graph graph, List<V> x, V by) {
        List<V> seeds = new ArrayList<>(Collections.nCopies(graph.outputs().size(), null));
        seeds.set(0, by);
        return adjoints(a, graph, x, seeds);
    }

    /** The adjoints of a graph's inputs from those of its outputs, null where one has none. */
    private static <V> List<V> adjoints(Algebra<V> a, Graph graph, List<V> x, List<V> seeds) {
        List<V> values = values(a, graph, x);
        List<V> adjoints = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        for (int j = 0; j < seeds.size(); j++) {
            accumulate(a, adjoints, graph.position(graph.outputs().get(j)), seeds.get(j));
        }
        for (int k = graph.applications().size() - 1; k >= 0; k--) {
            Application application = graph.applications().get(k);
            List<V> by = at(graph, adjoints, application.results());
            if (by.stream().allMatch(adjoint -> adjoint == null)) {
                continue;
            }
            boolean[] wanted = new boolean[application.operands().size()];
            Arrays.fill(wanted, true);
            List<V> parts = pull(a, application.op(), at(graph, values, application.operands()),
                    at(graph, values, application.results()), by, wanted);
            for (int i = 0; i < parts.size(); i++) {
                accumulate(a, adjoints, graph.position(application.operands().get(i)), parts.get(i));
            }
        }
        List<V> result = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            V adjoint = adjoints.get(graph.position(input));
            result.add(adjoint != null ? adjoint : a.fill(0, input.shape()));
        }
        return result;
    }

    private static <V> void accumulate(Algebra<V> a, List<V> adjoints, int to, V part) {
        if (part != null) {
            V sum = adjoints.get(to);
            adjoints.set(to, sum == null ? part : a.add(sum, part));
        }
    }

    /** The pushforward of a body: see {@link Whole.Forward}. */
    static Graph pushforward(Graph body, boolean[] active) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = numbered(builder, body.inputs());
        List<Node> dx = new ArrayList<>();
        for (int i = 0; i < active.length; i++) {
            dx.add(active[i] ? numbered(builder, List.of(x.get(i))).get(0) : null);
        }
        Whole.Both<Node> both = both(builder, body, x, dx);
        List<Node> outputs = new ArrayList<>(both.values());
        outputs.addAll(both.tangents());
        return builder.graph(outputs);
    }

    /** The pullback of a body: see {@link Whole.Reverse}. */
    static Graph pullback(Graph body, boolean[] seeded, boolean[] wanted) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = numbered(builder, body.inputs());
        List<Node> seeds = new ArrayList<>();
        for (int j = 0; j < seeded.length; j++) {
            seeds.add(seeded[j] ? numbered(builder, List.of(body.outputs().get(j))).get(0) : null);
        }
        List<Node> adjoints = adjoints(builder, body, x, seeds);
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                outputs.add(adjoints.get(i));
            }
        }
        return builder.graph(outputs);
    }

    /** Inputs shaped like these nodes, named by their number: derivatives of derivatives must not meet a name twice. */
    private static List<Node> numbered(GraphBuilder builder, List<? extends Node> like) {
        List<Node> inputs = new ArrayList<>();
        like.forEach(node -> inputs.add(builder.input("x" + builder.inputs().size(), node.shape())));
        return inputs;
    }

    /** Inputs like those of a graph, in another builder. */
    static List<Node> inputs(GraphBuilder builder, Graph graph) {
        List<Node> x = new ArrayList<>();
        graph.inputs().forEach(input -> x.add(builder.input(input.name(), input.shape())));
        return x;
    }

    /** The value of every node, by position. */
    static <V> List<V> values(Algebra<V> a, Graph graph, List<V> x) {
        List<V> values = new ArrayList<>(Collections.nCopies(graph.nodes().size(), null));
        graph.evaluate(a, x, (node, value) -> values.set(graph.position(node), value));
        return values;
    }

    private static <V> List<V> at(Graph graph, List<V> all, List<? extends Node> nodes) {
        List<V> list = new ArrayList<>();
        nodes.forEach(node -> list.add(all.get(graph.position(node))));
        return list;
    }
}
