package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.op.PaddedSum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a graph adds up what it has padded with zeros: each such tree of additions becomes one operation. */
final class PaddedSums {
    private final Graph graph;
    private final int[] uses;
    private final Map<Application, Parts> roots = new HashMap<>();

    /**
     * What one tree adds up.
     *
     * @param op the operation that does it at once
     * @param operands its operands, in order
     */
    record Parts(PaddedSum op, List<Node> operands) {}

    PaddedSums(Graph graph) {
        this.graph = graph;
        this.uses = new int[graph.nodes().size()];
        boolean pads = graph.applications().stream().anyMatch(each -> PaddedSum.axis(each.op()) >= 0);
        if (pads) {
            find();
        }
    }

    /** What an application is the root of, or null. */
    Parts at(Application application) {
        return roots.isEmpty() ? null : roots.get(application);
    }

    private void find() {
        for (Application application : graph.applications()) {
            application.operands().forEach(operand -> uses[graph.position(operand)]++);
        }
        graph.outputs().forEach(output -> uses[graph.position(output)] += 2);
        boolean[] inner = new boolean[uses.length];
        for (int k = graph.applications().size() - 1; k >= 0; k--) {
            Application application = graph.applications().get(k);
            if (application.op() == ChainRule.ADD && !inner[graph.position(application.results().get(0))]) {
                root(application, inner);
            }
        }
    }

    /** Collects the leaves below a root, from left to right; marks the additions between as inner. */
    private void root(Application root, boolean[] inner) {
        List<Node> leaves = new ArrayList<>();
        Deque<Node> open = new ArrayDeque<>(List.of(root.results().get(0)));
        int axis = -1;
        while (!open.isEmpty()) {
            Node node = open.pop();
            Application application = node instanceof Node.Result result ? result.application() : null;
            boolean passed = application == root || application != null && application.op() == ChainRule.ADD
                    && uses[graph.position(node)] == 1;
            if (passed) {
                inner[graph.position(node)] = true;
                open.push(application.operands().get(1));
                open.push(application.operands().get(0));
            } else {
                leaves.add(node);
                axis = axis < 0 && application != null ? PaddedSum.axis(application.op()) : axis;
            }
        }
        if (axis >= 0) {
            roots.put(root, parts(leaves, axis));
        }
    }

    private static Parts parts(List<Node> leaves, int axis) {
        List<Integer> before = new ArrayList<>();
        List<Node> operands = new ArrayList<>();
        for (Node leaf : leaves) {
            Application application = leaf instanceof Node.Result result ? result.application() : null;
            int place = application == null ? -1 : PaddedSum.before(application.op(), axis);
            before.add(Math.max(0, place));
            operands.add(place < 0 ? leaf : application.operands().get(0));
        }
        return new Parts(new PaddedSum(axis, leaves.get(0).shape().extent(axis), List.copyOf(before)), operands);
    }
}
