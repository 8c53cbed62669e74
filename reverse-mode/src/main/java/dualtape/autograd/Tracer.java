package dualtape.autograd;

import dualtape.engine.Guard;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Origin;
import java.util.ArrayList;
import java.util.List;

/** Writes the graph of what runs, beside the values, with a guard for every number that left it to steer Java. */
final class Tracer {
    private final GraphBuilder builder = GraphBuilder.asWritten();
    private final List<Guard> guards = new ArrayList<>();

    GraphBuilder builder() {
        return builder;
    }

    /** The node of a variable: its own, or its value as a constant. */
    Node node(Variable variable) {
        return variable.tracer() == this ? variable.node() : builder.constant(variable.value());
    }

    List<Node> apply(Op op, List<Variable> operands) {
        List<Node> nodes = new ArrayList<>(operands.size());
        operands.forEach(operand -> nodes.add(node(operand)));
        StackTraceElement caller = Callers.line();
        builder.at(caller == null ? null : new Origin(caller.getFileName(), caller.getLineNumber(), 1));
        return builder.apply(op, nodes);
    }

    void guard(Node scalar, Guard.Kind kind, double value) {
        StackTraceElement caller = Callers.line();
        guards.add(new Guard(scalar, kind, value,
                caller == null ? null : new Origin(caller.getFileName(), caller.getLineNumber(), 1)));
    }

    Traced traced(Source source, Variable result) {
        Graph graph = builder.graph(node(result));
        return guards.isEmpty() ? new Traced(source, graph, List.of())
                : new Traced(source, graph, guards, builder.graph(guards.stream().map(Guard::node).toList()));
    }
}
