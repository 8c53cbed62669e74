package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Elementwise operations, repeated operands and sums over one range of elements become one scan, so that the loop generator
 * writes them as one loop and values between them stay in registers. What is repeated or summed along one axis is taken
 * row by row: a scan over the first axis whose body is fused again.
 *
 * <p>Every operation gets a phase. An elementwise one runs in the phase of what it reads element by element, or in the
 * first in which the rest has been computed; what a loop has computed is there for others in the phase after. So one pass
 * finds the largest groups, and running phase by phase keeps all operands before results.
 */
final class Fusion {
    /** Operations in one loop, so that its code stays short. */
    private static final int LARGEST = 128;

    /** Applications of a graph that is lowered as it is: a second graph would double its memory. */
    private static final int LARGE = 2_000_000;

    /** The same where every value is one number: nothing to fuse, and folding costs many runs. */
    private static final int LARGE_SCALAR = 100_000;

    private final Graph graph;
    private final Roles roles;
    private final int[] available;
    private final Map<Node, Group> within = new IdentityHashMap<>();
    private final TreeMap<Integer, Map<Object, Group>> groups = new TreeMap<>();
    private final Map<Application, Group> members = new IdentityHashMap<>();
    private final Map<Node, Node> made = new HashMap<>();
    private final TreeMap<Integer, Integer> marks = new TreeMap<>(Map.of(-1, -1));

    /**
     * A graph and where its applications come from.
     *
     * @param origins by the number of a result that of the original application which it computes, its first result's;
     *     null for the original graph
     */
    record Fused(Graph graph, int[] origins) {
        int latest(Application application) {
            int number = application.results().get(0).number();
            return origins == null ? number : origins[number];
        }

        /** This, made from a graph that was itself made from the original. */
        Fused after(Fused earlier) {
            if (earlier.origins == null || origins == null) {
                return earlier.origins == null ? this : new Fused(graph, earlier.origins);
            }
            int[] both = origins.clone();
            Arrays.setAll(both, i -> both[i] < 0 ? -1 : earlier.origins[both[i]]);
            return new Fused(graph, both);
        }

        long bytes() {
            return graph.bytes() + (origins == null ? 0 : 4L * origins.length);
        }
    }

    /** What becomes one loop. */
    record Group(int phase, int rows, List<Application> applications) {
        /** {@code rows} > 0: a loop over rows; else over all elements. */
        boolean byRow() {
            return rows > 0;
        }
    }

    private Fusion(Graph graph) {
        this.graph = graph;
        this.roles = new Roles(graph);
        this.available = new int[graph.nodes().size()];
    }

    /** A whole graph: what is large enough to be worth a loop is fused. */
    static Fused of(Graph graph, long worth) {
        int size = graph.applications().size();
        if (size > LARGE || size > LARGE_SCALAR && scalar(graph)) {
            return new Fused(graph, null);
        }
        Fused kept = Recomputed.kept(graph);
        Fused folded = Folding.of(kept.graph()).after(kept);
        return RowFusion.of(new Fusion(folded.graph()).rebuild(worth).after(folded));
    }

    private static boolean scalar(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.shape().size() != 1) {
                return false;
            }
        }
        return true;
    }

    /** The body of a loop that is being generated: everything is fused. */
    static Graph within(Graph body) {
        return new Fusion(Recomputed.of(Folding.of(body).graph())).rebuild(0).graph();
    }

    private Fused rebuild(long worth) {
        if (worth == Long.MAX_VALUE || graph.applications().stream().allMatch(each -> roles.of(each) == null)) {
            return new Fused(graph, null);
        }
        TreeMap<Integer, List<Application>> others = new TreeMap<>();
        for (Application application : graph.applications()) {
            Roles.Role role = roles.of(application);
            if (role == null) {
                int phase = 0;
                for (Node operand : application.operands()) {
                    phase = Math.max(phase, available[graph.position(operand)]);
                }
                others.computeIfAbsent(phase, key -> new ArrayList<>()).add(application);
                for (Node result : application.results()) {
                    available[graph.position(result)] = phase;
                }
            } else {
                join(application, role);
            }
        }
        boolean fuses = false;
        for (Map<Object, Group> phase : groups.values()) {
            for (Group group : phase.values()) {
                if ((worth == 0 || worth(group)) && work(group) >= worth) {
                    fuses = true;
                    group.applications().forEach(application -> members.put(application, group));
                }
            }
        }
        if (!fuses) {
            return new Fused(graph, null);
        }
        return emit(others);
    }

    private void join(Application application, Roles.Role role) {
        int phase = 0;
        for (int i = 0; i < application.operands().size(); i++) {
            Node operand = roles.source(application.operands().get(i), role);
            Group group = within.get(operand);
            boolean inside = role.elementwise(i) && group != null && role.rows() == group.rows()
                    && roles.size(role, application) == roles.size(group);
            phase = Math.max(phase, inside ? group.phase() : available[graph.position(operand)]);
        }
        Object key = role.byRow() ? "rows " + role.rows() : "elements " + roles.size(role, application);
        Group group = group(phase, key, role);
        while (group.applications().size() == LARGEST) {
            group = group(++phase, key, role);
        }
        group.applications().add(application);
        for (int j = 0; j < application.results().size(); j++) {
            Node result = application.results().get(j);
            available[graph.position(result)] = phase + 1;
            if (!role.sum(j)) {
                within.put(result, group);
            }
        }
    }

    private Group group(int phase, Object key, Roles.Role role) {
        return groups.computeIfAbsent(phase, p -> new LinkedHashMap<>()).computeIfAbsent(key,
                k -> new Group(phase, role.rows(), new ArrayList<>()));
    }

    /** Whether a group is more than one plain loop that a kernel runs as well. */
    private static boolean worth(Group group) {
        return group.applications().size() > 1;
    }

    private long work(Group group) {
        return group.applications().stream().mapToLong(Application::work).sum();
    }

    private Fused emit(TreeMap<Integer, List<Application>> others) {
        GraphBuilder builder = new GraphBuilder();
        graph.inputs().forEach(input -> made.put(input, builder.input(input.name(), input.shape())));
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                made.put(node, builder.constant(constant.value()));
            }
        }
        int phases = Math.max(others.isEmpty() ? 0 : others.lastKey(), groups.lastKey());
        for (int phase = 0; phase <= phases; phase++) {
            others.getOrDefault(phase, List.of()).forEach(application -> apply(builder, application));
            for (Group group : groups.getOrDefault(phase, Map.of()).values()) {
                int before = builder.size();
                if (members.containsKey(group.applications().get(0))
                        && new GroupScan(graph, roles, group, members, made).emit(builder)) {
                    mark(builder, before, group.applications().get(group.applications().size() - 1));
                } else {
                    group.applications().forEach(application -> apply(builder, application));
                }
            }
        }
        int[] latest = new int[builder.size()];
        marks.forEach((from, number) -> Arrays.fill(latest, Math.max(0, from), latest.length, number));
        return new Fused(builder.graph(graph.outputs().stream().map(made::get).toList()), latest);
    }

    /** Nodes made from {@code before} on come from this application. */
    private void mark(GraphBuilder builder, int before, Application application) {
        if (builder.size() > before) {
            marks.put(before, application.results().get(0).number());
        }
    }

    private void apply(GraphBuilder builder, Application application) {
        int before = builder.size();
        List<Node> results = builder.apply(application.op(),
                application.operands().stream().map(operand -> made(builder, operand)).toList());
        for (int j = 0; j < results.size(); j++) {
            made.put(application.results().get(j), results.get(j));
        }
        mark(builder, before, application);
    }

    /**
     * The new node of an operand. A view of what a group has made comes in a later phase, though the group may read through it; where
     * the group is no loop in the end, the view is made here.
     */
    private Node made(GraphBuilder builder, Node operand) {
        Deque<Application> views = new ArrayDeque<>();
        Node node = operand;
        while (made.get(node) == null) {
            Application view = ((Node.Result) node).application();
            views.push(view);
            node = view.operands().get(0);
        }
        Node result = made.get(node);
        for (Application view : views) {
            result = view.op().of(builder, result);
        }
        return result;
    }

    /** The shape without its first axis. */
    static Shape row(Shape shape) {
        return shape.without(0);
    }
}
