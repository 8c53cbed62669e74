package dualtape.engine;

import dualtape.control.Pruning;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A derivative as a graph and the sweeps in which it runs. Its inputs are the function's, then seeds; its first output is
 * the function's value, and what the others hold, one after the other, is what one sweep gives. A sweep runs the graph
 * with a unit vector for the swept seeds: a one in one of their elements, zeros in all others.
 *
 * @param graph the graph
 * @param boundary nodes numbered below it belong to the forward run, those from it on to the backward run; the number of
 *     nodes if there is only a forward run
 * @param seeds names of the seeds that the user gives, in the order of {@link Selection#seeds}
 * @param swept names of the seeds that are swept; two lists are swept in all pairs; none where one run gives everything
 * @param rows whether a sweep gives a row of the derivative, or a column
 */
public record Plan(Graph graph, int boundary, List<String> seeds, List<List<String>> swept, boolean rows) {
    /** One run that gives everything, from these seeds. */
    public static Plan once(DerivingEngine.Derived derived, List<String> seeds) {
        return new Plan(derived.graph(), derived.boundary(), seeds, List.of(), true);
    }

    /** The same plan, its loops without what nothing reads. */
    Plan pruned() {
        int[] moved = {boundary};
        Graph smaller = Pruning.of(graph, moved);
        return new Plan(smaller, moved[0], seeds, swept, rows);
    }

    /** The layout of some seeds. */
    public Layout layout(List<String> names) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        names.forEach(name -> shapes.put(name, graph.input(name).shape()));
        return new Layout(shapes);
    }

    /** The number of runs. */
    public long sweeps() {
        long sweeps = 1;
        for (List<String> names : swept) {
            sweeps = Math.multiplyExact(sweeps, layout(names).size());
        }
        return sweeps;
    }

    /** The numbers that one sweep gives. */
    public int width() {
        return graph.outputs().stream().skip(1).map(Node::shape).mapToInt(Shape::size).sum();
    }
}
