package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.BitSet;
import java.util.function.Consumer;

/** How long each value of a graph is needed: until the last application that reads it, or a view of it. */
final class Lifetimes {
    private final Graph graph;
    private final int[] root;
    private final int[] last;
    private final int[] views;

    Lifetimes(Graph graph) {
        this.graph = graph;
        this.last = graph.lastUses();
        this.root = new int[last.length];
        this.views = new int[graph.applications().size()];
        for (int position = 0; position < root.length; position++) {
            root[position] = position;
        }
        int step = 0;
        for (Application application : graph.applications()) {
            int view = application.results().size() == 1 ? application.op().view(application.operandShapes()) : -1;
            views[step++] = view;
            if (view >= 0) {
                int result = graph.position(application.results().get(0));
                int shown = root[graph.position(application.operands().get(0))];
                root[result] = shown;
                last[shown] = Math.max(last[shown], last[result]);
            }
        }
    }

    /** Where an application's result begins in what it is a view of, or −1. */
    int view(int step) {
        return views[step];
    }

    /** Shows each value that nothing reads after an application: what it was the last to read, and results never read. */
    void ended(Application application, int step, Consumer<Node> taker) {
        if (views[step] < 0) {
            for (Node result : application.results()) {
                if (last[graph.position(result)] == -1) {
                    taker.accept(result);
                }
            }
        }
        for (Node operand : application.operands()) {
            int position = root[graph.position(operand)];
            Node node = graph.nodes().get(position);
            if (last[position] == step && node instanceof Node.Result) {
                last[position] = -2;
                taker.accept(node);
            }
        }
    }

    /** The positions of the values with memory of their own that are read, or of which a view is, from a step on. */
    BitSet readFrom(int step) {
        BitSet read = new BitSet(root.length);
        for (Application application : graph.applications().subList(step, graph.applications().size())) {
            application.operands().forEach(operand -> read.set(root[graph.position(operand)]));
        }
        return read;
    }

    /** The last step that reads a value or a view of it; the number of steps if it is an output, −1 if it is never read. */
    int last(Node node) {
        return last[root[graph.position(node)]];
    }
}
