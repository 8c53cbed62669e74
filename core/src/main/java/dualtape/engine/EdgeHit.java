package dualtape.engine;

import dualtape.ir.Application;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An edge that an evaluation hits: where a derivative is a convention.
 *
 * @param application what was evaluated
 * @param edge which of its edges
 * @param element the flat index of the first element there
 * @param operands the operands' values at that element, where they have as many; else their first elements
 */
public record EdgeHit(Application application, Edge edge, int element, List<Double> operands) {
    /**
     * The edges that an evaluation of a graph at a point hits, in the order in which it runs, at most {@code most}. Only
     * operations on which some of the inputs {@code wrt} bear count, conditions among them. The bodies of loops are not looked into.
     */
    public static List<EdgeHit> find(Graph graph, Point at, List<String> wrt, int most) {
        List<EdgeHit> hits = new ArrayList<>();
        if (graph.applications().stream().allMatch(application -> application.op().edges().isEmpty())) {
            return hits; // so that what has no edges is not evaluated
        }
        BitSet depends = depends(graph, wrt);
        Tensor[] values = new Tensor[graph.nodes().size()];
        int[] last = graph.lastUses();
        int[] step = {0};
        graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at), (node, value) -> {
            int position = graph.position(node);
            values[position] = value;
            if (node instanceof Node.Result result && result.index() == 0) {
                Application application = result.application();
                if (hits.size() < most && depends.get(position) && !application.op().edges().isEmpty()) {
                    look(application, graph, values, hits);
                }
                for (Node operand : application.operands()) {
                    if (last[graph.position(operand)] == step[0]) {
                        values[graph.position(operand)] = null; // never read again
                    }
                }
                step[0]++;
            }
        });
        return hits;
    }

    private static void look(Application application, Graph graph, Tensor[] values, List<EdgeHit> hits) {
        List<Tensor> x = new ArrayList<>();
        application.operands().forEach(operand -> x.add(values[graph.position(operand)]));
        for (Edge edge : application.op().edges()) {
            int element = edge.hit().first(x);
            if (element >= 0) {
                List<Double> there = new ArrayList<>();
                x.forEach(operand -> there.add(operand.at(element < operand.size() ? element : 0)));
                hits.add(new EdgeHit(application, edge, element, there));
            }
        }
    }

    /** The nodes on whose values some inputs bear in any way. */
    private static BitSet depends(Graph graph, List<String> wrt) {
        BitSet depends = new BitSet(graph.nodes().size());
        wrt.forEach(name -> depends.set(graph.position(graph.input(name))));
        for (Application application : graph.applications()) {
            boolean any = application.operands().stream().anyMatch(o -> depends.get(graph.position(o)));
            for (Node result : application.results()) {
                depends.set(graph.position(result), any);
            }
        }
        return depends;
    }

    /** As in {@code abs at program:1:1, kink at x = 0: slope 0}. */
    public String text(Conventions conventions) {
        String where = application.origin() == null ? "" : " at " + application.origin();
        return application.op().symbol() + where + ", " + edge.kind().name().toLowerCase(java.util.Locale.ROOT) + " at "
                + edge.where() + ": " + edge.used(conventions);
    }
}
