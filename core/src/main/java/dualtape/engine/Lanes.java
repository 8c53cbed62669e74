package dualtape.engine;

import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * A plan whose program runs several sweeps at once: the graph with the swept seeds several times, in which everything that does
 * not depend on them is there once. So eight directions cost one primal and eight tangents; in reverse, one forward run and
 * eight backward runs. Each sweep has the operations, and the bits, that it has alone.
 *
 * @param graph inputs as in the plan, but the swept seeds once for each lane; the value, then the derivatives lane by lane
 * @param boundary as in {@link Plan}
 * @param seeds for each lane the names of its seeds
 */
record Lanes(Graph graph, int boundary, List<List<String>> seeds) {
    /** Sweeps at once: two vectors of four doubles in a register each. */
    static final int MOST = 8;

    /** Applications of all lanes together, so that a program does not grow without measure. */
    private static final int LARGEST = 20_000;

    /** Numbers in all lanes together, at the most: 32 MB if all were held at once. */
    private static final long WIDEST = 4_000_000;

    /** As many lanes as the plan has sweeps, {@code most} at the most, and is small enough for; one where nothing would be shared. */
    static Lanes of(Plan plan, int most) {
        int count = plan.swept().size() == 1 ? (int) Math.min(most, plan.sweeps()) : 1;
        Graph graph = plan.graph();
        boolean loops = graph.applications().stream().anyMatch(application -> application.op() instanceof Bodied);
        long numbers = graph.nodes().stream().mapToLong(node -> node.shape().size()).sum();
        if (count < 2 || loops || count * numbers > WIDEST || (long) count * graph.applications().size() > LARGEST) {
            return new Lanes(graph, plan.boundary(), plan.swept().size() == 1 ? plan.swept() : List.of());
        }
        List<String> swept = plan.swept().get(0);
        GraphBuilder builder = new GraphBuilder();
        List<Node> shared = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            shared.add(swept.contains(input.name()) ? null : builder.input(input.name(), input.shape()));
        }
        int[] boundary = {plan.boundary()};
        List<Node> outputs = new ArrayList<>();
        List<List<String>> seeds = new ArrayList<>();
        for (int lane = 0; lane < count; lane++) {
            List<Node> inputs = new ArrayList<>(shared);
            List<String> names = new ArrayList<>();
            for (String name : swept) {
                Node.Input seed = builder.fresh(name, graph.input(name).shape());
                inputs.set(graph.inputIndex(name), seed);
                names.add(seed.name());
            }
            seeds.add(names);
            boolean first = lane == 0;
            List<Node> values = graph.evaluate(builder, inputs, (node, value) -> {
                if (first && node.number() < plan.boundary()) {
                    boundary[0] = builder.size();
                }
            });
            outputs.addAll(lane == 0 ? values : values.subList(1, values.size()));
        }
        boolean forwardOnly = plan.boundary() == Integer.MAX_VALUE;
        return new Lanes(builder.graph(outputs), forwardOnly ? plan.boundary() : boundary[0], seeds);
    }

    /** The number of sweeps at once. */
    int count() {
        return Math.max(1, seeds.size());
    }
}
