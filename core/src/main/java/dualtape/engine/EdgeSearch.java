package dualtape.engine;

import dualtape.ir.Application;
import dualtape.ir.Bodied;
import dualtape.ir.Edge;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs a graph, and the bodies of its loops and branches trip by trip, and gathers the edges that are hit. */
final class EdgeSearch implements Bodied.Visitor<EdgeSearch.Seen> {
    /** Runs of bodies that are looked at, all together. */
    private static final int MOST_RUNS = 10_000;

    private final int most;
    private final List<EdgeHit> hits = new ArrayList<>();
    private final Set<List<Object>> known = new HashSet<>();
    private final Map<Graph, Boolean> edged = new HashMap<>();
    private int runs;

    /** A value, and whether the inputs of interest bear on it in any way. */
    record Seen(Tensor tensor, boolean depends) {}

    private EdgeSearch(int most) {
        this.most = most;
    }

    static List<EdgeHit> of(Graph graph, Point at, List<String> wrt, int most) {
        EdgeSearch search = new EdgeSearch(most);
        if (search.hasEdges(graph)) { // what has none is not evaluated
            List<Seen> inputs = new ArrayList<>();
            List<Tensor> tensors = Traced.inputs(graph, at);
            for (int i = 0; i < tensors.size(); i++) {
                inputs.add(new Seen(tensors.get(i), wrt.contains(graph.inputs().get(i).name())));
            }
            search.walk(graph, inputs);
        }
        return search.hits;
    }

    /** Whether an operation of a graph, or of a body within, has edges. */
    private boolean hasEdges(Graph graph) {
        Boolean before = edged.get(graph);
        if (before == null) {
            before = graph.applications().stream().anyMatch(application -> !application.op().edges().isEmpty()
                    || application.op() instanceof Bodied bodied && bodied.bodies().stream().anyMatch(this::hasEdges));
            edged.put(graph, before);
        }
        return before;
    }

    private List<Seen> walk(Graph graph, List<Seen> inputs) {
        Seen[] values = new Seen[graph.nodes().size()];
        int[] last = graph.lastUses();
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                values[graph.position(node)] = new Seen(constant.value(), false);
            }
        }
        for (int i = 0; i < inputs.size(); i++) {
            values[graph.position(graph.inputs().get(i))] = inputs.get(i);
        }
        for (int step = 0; step < graph.applications().size(); step++) {
            Application application = graph.applications().get(step);
            List<Seen> operands = new ArrayList<>();
            List<Tensor> x = new ArrayList<>();
            boolean depends = false;
            for (Node operand : application.operands()) {
                Seen seen = values[graph.position(operand)];
                operands.add(seen);
                x.add(seen.tensor());
                depends |= seen.depends();
            }
            if (depends && hits.size() < most) {
                look(application, operands, x);
            }
            List<Tensor> y = Tensors.INSTANCE.apply(application.op(), x);
            for (int j = 0; j < application.results().size(); j++) {
                values[graph.position(application.results().get(j))] = new Seen(y.get(j), depends);
            }
            for (Node operand : application.operands()) {
                if (last[graph.position(operand)] == step) {
                    values[graph.position(operand)] = null; // never read again
                }
            }
        }
        return graph.outputs().stream().map(output -> values[graph.position(output)]).toList();
    }

    private void look(Application application, List<Seen> operands, List<Tensor> x) {
        for (Edge edge : application.op().edges()) {
            int element = edge.hit().first(x);
            if (element >= 0 && hits.size() < most && known.add(List.of(application, edge.kind(), edge.where()))) {
                hits.add(new EdgeHit(application, edge, element,
                        x.stream().map(operand -> operand.at(element < operand.size() ? element : 0)).toList()));
            }
        }
        if (application.op() instanceof Bodied bodied && bodied.bodies().stream().anyMatch(this::hasEdges)) {
            bodied.visit(operands, this);
        }
    }

    @Override
    public List<Seen> run(Graph body, List<Seen> inputs) {
        return runs++ < MOST_RUNS && hits.size() < most ? walk(body, inputs) : null;
    }

    @Override
    public double number(Seen single) {
        return single.tensor().at(0);
    }

    @Override
    public Seen slice(Seen sequence, int index) {
        return new Seen(sequence.tensor().slice(index), sequence.depends());
    }
}
