package dualtape.control;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes from scans what nothing reads: stacks and sums, carries that only feed themselves, and constants and sequences
 * that the rest of the body does not need. A recording stores every carry, and a pullback reads few of them; this is what
 * makes the tape of a loop as short as it can be. Bodies are pruned first.
 */
public final class Pruning {
    private final Graph graph;
    private final boolean[] needed;
    private final Map<Application, Trimmed> trimmed = new IdentityHashMap<>();

    private Pruning(Graph graph) {
        this.graph = graph;
        this.needed = new boolean[graph.nodes().size()];
    }

    /** The graph with its scans pruned; itself if it has none. Inputs and outputs stay. */
    public static Graph of(Graph graph) {
        boolean scans = graph.applications().stream().anyMatch(application -> application.op() instanceof Scan);
        return scans ? new Pruning(graph).rebuild(new GraphBuilder(), new int[] {Integer.MAX_VALUE}) : graph;
    }

    /**
     * {@link #of(Graph)}, following a boundary between node numbers.
     *
     * @param boundary replaced by where it is in the result
     */
    public static Graph of(Graph graph, int[] boundary) {
        boolean scans = graph.applications().stream().anyMatch(application -> application.op() instanceof Scan);
        return scans ? new Pruning(graph).rebuild(new GraphBuilder(), boundary) : graph;
    }

    /**
     * A scan without what nothing reads.
     *
     * @param operands the positions of the operands that are left
     * @param results where each result is now, −1 if it is gone
     */
    private record Trimmed(Scan scan, List<Integer> operands, int[] results) {}

    private Graph rebuild(GraphBuilder builder, int[] boundary) {
        graph.outputs().forEach(output -> needed[graph.position(output)] = true);
        for (int k = graph.applications().size() - 1; k >= 0; k--) {
            Application application = graph.applications().get(k);
            if (application.results().stream().anyMatch(result -> needed[graph.position(result)])) {
                need(application);
            }
        }
        Map<Node, Node> made = new HashMap<>();
        graph.inputs().forEach(input -> made.put(input, builder.input(input.name(), input.shape())));
        int from = boundary[0];
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                made.put(node, builder.constant(constant.value()));
            } else if (node instanceof Node.Result result && result.index() == 0) {
                apply(result.application(), builder, made);
            }
            if (from != Integer.MAX_VALUE && node.number() < from) {
                boundary[0] = builder.size();
            }
        }
        return builder.graph(graph.outputs().stream().map(made::get).toList());
    }

    private void need(Application application) {
        List<Node> operands = application.operands();
        if (application.op() instanceof Scan scan) {
            boolean[] read = new boolean[scan.results()];
            for (int j = 0; j < read.length; j++) {
                read[j] = needed[graph.position(application.results().get(j))];
            }
            Trimmed trim = trim(scan, read);
            trimmed.put(application, trim);
            trim.operands().forEach(i -> needed[graph.position(operands.get(i))] = true);
        } else {
            operands.forEach(operand -> needed[graph.position(operand)] = true);
        }
    }

    private void apply(Application application, GraphBuilder builder, Map<Node, Node> made) {
        Trimmed trim = trimmed.get(application);
        boolean read = application.results().stream().anyMatch(result -> needed[graph.position(result)]);
        if (!read) {
            return;
        }
        builder.at(application.origin());
        List<Node> operands = new ArrayList<>();
        if (trim == null) {
            application.operands().forEach(operand -> operands.add(made.get(operand)));
            List<Node> results = builder.apply(application.op(), operands);
            for (int j = 0; j < results.size(); j++) {
                made.put(application.results().get(j), results.get(j));
            }
            return;
        }
        trim.operands().forEach(i -> operands.add(made.get(application.operands().get(i))));
        List<Node> results = builder.apply(trim.scan(), operands);
        for (int j = 0; j < trim.results().length; j++) {
            if (trim.results()[j] >= 0) {
                made.put(application.results().get(j), results.get(trim.results()[j]));
            }
        }
    }

    private static Trimmed trim(Scan scan, boolean[] read) {
        int consts = scan.consts();
        int carries = scan.carries();
        boolean[] kept = read.clone();
        Graph body = scan.body();
        for (boolean changed = true; changed;) {
            changed = false;
            Graph rest = body.select(Loops.chosen(body.outputs(), kept));
            for (int c = 0; c < carries; c++) {
                if (!kept[c] && reads(rest, body.inputs().get(consts + c))) {
                    kept[c] = true;
                    changed = true;
                }
            }
        }
        Graph rest = of(body.select(Loops.chosen(body.outputs(), kept)));
        List<Integer> operands = new ArrayList<>();
        List<Node.Input> inputs = new ArrayList<>();
        int[] counts = new int[2];
        for (int i = 0; i < body.inputs().size(); i++) {
            Node.Input input = rest.inputs().get(i);
            boolean carry = i >= consts && i < consts + carries;
            if (carry ? kept[i - consts] : reads(rest, input)) {
                operands.add(i);
                inputs.add(input);
                counts[0] += i < consts ? 1 : 0;
                counts[1] += carry ? 1 : 0;
            }
        }
        int[] results = new int[read.length];
        int sums = 0;
        for (int j = 0, at = 0; j < results.length; j++) {
            results[j] = kept[j] ? at++ : -1;
            sums += kept[j] && j >= carries && j < carries + scan.sums() ? 1 : 0;
        }
        Graph smaller = rest.narrowed(inputs);
        return new Trimmed(new Scan(smaller, counts[0], counts[1], sums, scan.length(), scan.reverse()), operands,
                results);
    }

    private static boolean reads(Graph graph, Node input) {
        int position = graph.position(input);
        return position >= 0 && graph.lastUses()[position] >= 0;
    }
}
