package dualtape.program;

import dualtape.control.Keep;
import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Elementary functions that a loop computes again, of the numbers of which an earlier loop has computed them in the same trip: the
 * earlier one stacks them, the later one reads them. The reverse sweep of a loop is such a later one: it has the carries that the
 * loop has stacked, and computes the body again.
 *
 * <p>That is for loops inside others: there a stack is scratch memory, used again in each trip. Outside, what is stored is for the caller
 * to choose, by {@link Keep}, and may be any value.
 */
final class Recomputed {
    /** Doubles of a stack from which on it would be too far from the processor. */
    private static final long LARGEST = 1 << 14;

    private final Graph graph;
    /** Whether only what the caller has chosen is stacked. */
    private final boolean chosen;
    /** What a loop stacks in addition, nodes of its body. */
    private final Map<Application, Set<Node>> kept = new IdentityHashMap<>();
    private final Map<Application, Reading> readings = new IdentityHashMap<>();
    private final Map<Node, Node> made = new HashMap<>();
    private final Map<Application, Map<Node, Node>> stacks = new IdentityHashMap<>();

    /** What a loop reads from an earlier one: nodes of its body, and those of the other's body that are the same. */
    private record Reading(Application from, Map<Node, Node> same) {}

    /** An operation on values of an earlier loop's body; known tensors stand for themselves. */
    private record Key(Op op, List<Object> operands) {}

    private Recomputed(Graph graph, boolean chosen) {
        this.graph = graph;
        this.chosen = chosen;
    }

    /** The body of a loop, its loops without such functions. */
    static Graph of(Graph body) {
        Recomputed recomputed = new Recomputed(body, false);
        recomputed.find();
        return recomputed.readings.isEmpty() ? body : recomputed.rebuild().graph();
    }

    /** A whole graph, its loops with what they keep. */
    static Fusion.Fused kept(Graph graph) {
        boolean keeps = graph.applications().stream()
                .anyMatch(each -> each.op() instanceof Scan scan && !choice(scan.body()).isEmpty());
        Recomputed recomputed = new Recomputed(graph, true);
        if (keeps) {
            recomputed.find();
        }
        return recomputed.readings.isEmpty() ? new Fusion.Fused(graph, null) : recomputed.rebuild();
    }

    private void find() {
        List<Application> loops = graph.applications().stream().filter(each -> each.op() instanceof Scan).toList();
        for (Application later : loops) {
            for (Application earlier : loops) {
                boolean free = !kept.containsKey(later) && !readings.containsKey(later)
                        && !readings.containsKey(earlier);
                if (earlier != later && free && reads(later, earlier)) {
                    Map<Node, Node> same = costly(later, same(later, earlier));
                    if (!same.isEmpty()) {
                        readings.put(later, new Reading(earlier, same));
                        kept.computeIfAbsent(earlier, key -> new LinkedHashSet<>()).addAll(same.values());
                    }
                }
            }
        }
    }

    /** Whether a loop reads, trip by trip, what another has stacked. */
    private static boolean reads(Application later, Application earlier) {
        Scan scan = (Scan) later.op();
        return scan.length() == ((Scan) earlier.op()).length()
                && later.operands().subList(scan.consts() + scan.carries(), later.operands().size()).stream()
                        .anyMatch(operand -> operand instanceof Node.Result result
                                && result.application() == earlier && result.index() >= firstStack(earlier));
    }

    private static int firstStack(Application loop) {
        Scan scan = (Scan) loop.op();
        return scan.carries() + scan.sums();
    }

    /** The nodes of a loop's body that are the same as those of an earlier one's in every trip. */
    private static Map<Node, Object> same(Application later, Application earlier) {
        Scan scan = (Scan) later.op();
        Scan before = (Scan) earlier.op();
        Map<Node, Node> consts = new HashMap<>();
        Map<Node, Node> slices = new HashMap<>();
        for (int i = 0; i < earlier.operands().size(); i++) {
            boolean carry = i >= before.consts() && i < before.consts() + before.carries();
            if (!carry) {
                (i < before.consts() ? consts : slices).put(earlier.operands().get(i), before.body().inputs().get(i));
            }
        }
        for (int j = firstStack(earlier); j < earlier.results().size(); j++) {
            slices.put(earlier.results().get(j), before.body().outputs().get(j));
        }
        Map<Node, Object> same = new HashMap<>();
        for (int i = 0; i < later.operands().size(); i++) {
            Map<Node, Node> others = i < scan.consts() ? consts : i < scan.consts() + scan.carries() ? Map.of()
                    : slices;
            Node other = others.get(later.operands().get(i));
            if (other != null) {
                same.put(scan.body().inputs().get(i), object(other));
            }
        }
        Map<Key, Application> known = new HashMap<>();
        for (Application application : before.body().applications()) {
            known.putIfAbsent(new Key(application.op(),
                    application.operands().stream().map(Recomputed::object).toList()), application);
        }
        for (Node node : scan.body().nodes()) {
            if (node instanceof Node.Constant) {
                same.put(node, object(node));
            } else if (node instanceof Node.Result result && result.index() == 0) {
                Application application = result.application();
                List<Object> operands = application.operands().stream().map(same::get).toList();
                Application other = operands.contains(null) ? null : known.get(new Key(application.op(), operands));
                for (int j = 0; other != null && j < other.results().size(); j++) {
                    same.put(application.results().get(j), object(other.results().get(j)));
                }
            }
        }
        return same;
    }

    private static Object object(Node node) {
        return node instanceof Node.Constant constant ? constant.value() : node;
    }

    /** Those of the same nodes that are chosen, or costly functions and worth the memory, and are read if all of them are known. */
    private Map<Node, Node> costly(Application later, Map<Node, Object> same) {
        Scan scan = (Scan) later.op();
        Map<Node, Node> costly = new LinkedHashMap<>();
        Set<Node> read = Collections.newSetFromMap(new IdentityHashMap<>());
        read.addAll(scan.body().outputs());
        List<Application> applications = scan.body().applications();
        Set<Node> choice = choice(scan.body());
        for (int k = applications.size() - 1; k >= 0; k--) {
            Application application = applications.get(k);
            Node result = application.results().get(0);
            if (application.results().stream().noneMatch(read::contains)) {
                continue;
            }
            boolean keeps = same.get(result) instanceof Node
                    && (chosen ? choice.contains(result) : worth(application, scan.length()));
            if (keeps) {
                costly.put(result, (Node) same.get(result));
            } else {
                read.addAll(application.operands());
            }
        }
        return costly;
    }

    /** What a body keeps: before {@link Keep}, since a slope may read it there. */
    private static Set<Node> choice(Graph body) {
        Set<Node> choice = new HashSet<>();
        for (Application application : body.applications()) {
            if (application.op() instanceof Keep) {
                choice.addAll(application.operands());
            }
        }
        return choice;
    }

    /** Whether a function is costly, and not too large. */
    private static boolean worth(Application application, long trips) {
        Shape shape = application.results().get(0).shape();
        return application.op() instanceof Pointwise op && op.kernel(List.of(shape)) != null
                && trips * shape.size() <= LARGEST;
    }

    private Fusion.Fused rebuild() {
        GraphBuilder builder = new GraphBuilder();
        int[] origins = new int[graph.nodes().size()];
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Input input) {
                made.put(node, builder.input(input.name(), input.shape()));
            } else if (node instanceof Node.Constant constant) {
                made.put(node, builder.constant(constant.value()));
            }
        }
        for (Application application : graph.applications()) {
            int size = builder.size();
            List<Node> operands = new ArrayList<>();
            application.operands().forEach(operand -> operands.add(made.get(operand)));
            Op op = application.op();
            Set<Node> more = kept.getOrDefault(application, Set.of());
            Reading reading = readings.get(application);
            if (!more.isEmpty()) {
                op = stacking((Scan) op, more);
            } else if (reading != null) {
                List<Node> nodes = List.copyOf(reading.same().keySet());
                nodes.forEach(node -> operands.add(stacks.get(reading.from()).get(reading.same().get(node))));
                op = reading((Scan) op, nodes);
            }
            List<Node> results = builder.apply(op, operands);
            int before = application.results().size();
            for (int j = 0; j < before; j++) {
                made.put(application.results().get(j), results.get(j));
            }
            int next = before;
            for (Node node : more) {
                stacks.computeIfAbsent(application, key -> new HashMap<>()).put(node, results.get(next++));
            }
            if (builder.size() > origins.length) {
                origins = Arrays.copyOf(origins, 2 * builder.size());
            }
            Arrays.fill(origins, size, builder.size(), application.results().get(0).number());
        }
        List<Node.Input> inputs = graph.inputs().stream().map(input -> (Node.Input) made.get(input)).toList();
        List<Node> outputs = graph.outputs().stream().map(made::get).toList();
        return new Fusion.Fused(builder.graph(outputs).select(inputs, outputs), Arrays.copyOf(origins, builder.size()));
    }

    /** The loop, with more stacks. */
    private static Scan stacking(Scan scan, Set<Node> more) {
        List<Node> outputs = new ArrayList<>(scan.body().outputs());
        outputs.addAll(more);
        return new Scan(scan.body().select(scan.body().inputs(), outputs), scan.consts(), scan.carries(), scan.sums(),
                scan.length(), scan.reverse());
    }

    /** The loop, with slices for some nodes of its body. */
    private static Scan reading(Scan scan, List<Node> nodes) {
        GraphBuilder builder = new GraphBuilder();
        Map<Node, Node> inside = new HashMap<>();
        List<Node.Input> inputs = new ArrayList<>();
        for (Node.Input input : scan.body().inputs()) {
            inputs.add(builder.input("input " + inputs.size(), input.shape()));
            inside.put(input, inputs.get(inputs.size() - 1));
        }
        for (Node node : nodes) {
            inputs.add(builder.input("kept " + inputs.size(), node.shape()));
            inside.put(node, inputs.get(inputs.size() - 1));
        }
        for (Node node : scan.body().nodes()) {
            if (node instanceof Node.Constant constant) {
                inside.put(node, builder.constant(constant.value()));
            } else if (node instanceof Node.Result result && result.index() == 0) {
                Application application = result.application();
                List<Node> results = builder.apply(application.op(),
                        application.operands().stream().map(inside::get).toList());
                for (int j = 0; j < results.size(); j++) {
                    inside.putIfAbsent(application.results().get(j), results.get(j));
                }
            }
        }
        List<Node> outputs = scan.body().outputs().stream().map(inside::get).toList();
        return new Scan(builder.graph(outputs).select(inputs, outputs), scan.consts(), scan.carries(), scan.sums(),
                scan.length(), scan.reverse());
    }
}
