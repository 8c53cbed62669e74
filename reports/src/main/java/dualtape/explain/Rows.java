package dualtape.explain;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The rows of a trace: all nodes but constants that stand where they are used. Of a long trace the middle is left out. */
final class Rows {
    /** A trace of more rows than this is elided. */
    static final int MOST = 200;

    private final Graph graph;
    private final List<Node> shown = new ArrayList<>();
    private final BitSet positions = new BitSet();
    private final int count;
    private final int before;

    Rows(Graph graph, boolean all) {
        this.graph = graph;
        int total = 0;
        for (Node node : graph.nodes()) {
            total += Labels.isInline(node) ? 0 : 1;
        }
        this.count = total;
        this.before = all || total <= MOST ? total : MOST / 2;
        int row = 0;
        for (Node node : graph.nodes()) {
            if (Labels.isInline(node)) {
                continue;
            }
            if (row < before || row >= total - (MOST - before)) {
                shown.add(node);
                positions.set(graph.position(node));
            }
            row++;
        }
    }

    /** The rows that are shown, in the order of the run. */
    List<Node> shown() {
        return shown;
    }

    /** Whether a node has a row that is shown. */
    boolean contains(Node node) {
        return positions.get(graph.position(node));
    }

    /** The number of all rows. */
    int count() {
        return count;
    }

    /** The number of rows that are left out. */
    int elided() {
        return count - shown.size();
    }

    /** How many shown rows stand before those that are left out. */
    int before() {
        return before;
    }
}
