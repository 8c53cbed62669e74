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
    private final long bytes;
    private Graph rerolled;

    private Traced(Traced traced, long bytes) {
        this.source = traced.source;
        this.graph = traced.graph;
        this.guards = traced.guards;
        this.guarded = traced.guarded;
        this.bytes = bytes;
    }

    /** A graph that no value steered, or whose steering is covered by these guards, which must be outputs of {@code guarded}. */
    public Traced(Source source, Graph graph, List<Guard> guards, Graph guarded) {
        this.source = source;
        this.graph = graph;
        this.guards = List.copyOf(guards);
        this.guarded = guarded;
        this.bytes = Long.MAX_VALUE;
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
            Graph loops = Rerolled.of(graph);
            rerolled = bytes == Long.MAX_VALUE ? loops : Checkpoints.within(loops, bytes);
        }
        return rerolled;
    }

    /**
     * The same, whose loops, written or found, each store so many bytes of carries at the most for reverse accumulation, and
     * compute the others again: see {@link Checkpoints}. What is smaller is as it was. Last digits may differ.
     */
    public Traced within(long most) {
        return new Traced(this, most);
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
