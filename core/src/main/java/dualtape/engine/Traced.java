package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * What ran: a source, the graph that it left at a point, and the guards under which that graph is the function.
 * Immutable.
 */
public final class Traced {
    private final Source source;
    private final Graph graph;
    private final List<Guard> guards;
    private final Graph guarded;
    private Graph rerolled;

    /** A graph that no value steered, or whose steering is covered by these guards, which must be outputs of {@code guarded}. */
    public Traced(Source source, Graph graph, List<Guard> guards, Graph guarded) {
        this.source = source;
        this.graph = graph;
        this.guards = List.copyOf(guards);
        this.guarded = guarded;
    }

    /** A graph without guards. */
    public Traced(Source source, Graph graph, List<Guard> guards) {
        this(source, graph, guards, graph);
        if (!guards.isEmpty()) {
            throw new IllegalArgumentException("guards need a graph that computes them");
        }
    }

    /** What was traced. */
    public Source source() {
        return source;
    }

    /** The graph of what ran. */
    public Graph graph() {
        return graph;
    }

    /** The graph with its repetitions as loops, as {@link Rerolled#of} gives it: found once, for all engines that prepare it. */
    public synchronized Graph rerolled() {
        if (rerolled == null) {
            rerolled = Rerolled.of(graph);
        }
        return rerolled;
    }

    /** The values that steered it. */
    public List<Guard> guards() {
        return guards;
    }

    /** A graph over the same inputs whose outputs are the guards' nodes, in their order. */
    public Graph guarded() {
        return guarded;
    }

    /**
     * The first guard that would flip at a point, or null if the graph is the function there too.
     *
     * @throws InputException if an input has no value
     */
    public Guard flipped(Point at) {
        if (guards.isEmpty()) {
            return null;
        }
        List<Tensor> values = guarded.evaluate(Tensors.INSTANCE, inputs(guarded, at));
        for (int i = 0; i < values.size(); i++) {
            if (!guards.get(i).holds(values.get(i).value())) {
                return guards.get(i);
            }
        }
        return null;
    }

    /** The values of a graph's inputs at a point, in order. */
    public static List<Tensor> inputs(Graph graph, Point at) {
        List<Tensor> values = new ArrayList<>();
        graph.inputs().forEach(input -> values.add(at.get(input.name())));
        return values;
    }
}
