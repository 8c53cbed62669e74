package dualtape.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * An acyclic graph of applications from named inputs to outputs. Immutable, shared between threads. Only what the
 * outputs need is in it, in the order in which it was built (a topological order). Nothing here recurses: chains of
 * millions of applications and diamonds of 2⁶⁰ paths are ordinary graphs.
 */
public final class Graph {
    private final List<Node.Input> inputs;
    private final List<Node> outputs;
    private final List<Node> nodes;
    private final List<Application> applications;
    private final Map<Node, String> names;
    private final int[] position;
    private volatile long work = -1;
    private volatile Map<String, Integer> inputIndices;

    private Graph(List<Node.Input> inputs, List<Node> outputs, List<Node> nodes, Map<Node, String> names, int numbers) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.nodes = nodes;
        this.names = names;
        this.position = new int[numbers];
        Arrays.fill(position, -1);
        this.applications = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            position[node.number()] = i;
            if (node instanceof Node.Result result
                    && (applications.isEmpty() || applications.get(applications.size() - 1) != result.application())) {
                applications.add(result.application());
            }
        }
    }

    /** The graph with its inputs in another order, to other nodes of it; what they do not need is left out. */
    public Graph select(List<Node.Input> order, List<? extends Node> nodes) {
        if (order.size() != inputs.size() || !order.containsAll(inputs)) {
            throw new IllegalArgumentException("the inputs are " + inputs + ", in any order; got " + order);
        }
        return reaching(List.copyOf(order), List.copyOf(nodes), this.nodes, names, position.length);
    }

    /**
     * The graph without the inputs that are not in a list.
     *
     * @throws IllegalArgumentException if one that is read is not
     */
    public Graph narrowed(List<Node.Input> left) {
        int[] last = lastUses();
        for (Node.Input input : inputs) {
            if (!left.contains(input) && last[position(input)] >= 0) {
                throw new IllegalArgumentException("input \"" + input.name() + "\" is read");
            }
        }
        return reaching(List.copyOf(left), outputs, nodes, names, position.length);
    }

    /** The graph from the same inputs to other nodes of it; what they do not need is left out. */
    public Graph select(List<? extends Node> nodes) {
        return reaching(inputs, List.copyOf(nodes), this.nodes, names, position.length);
    }

    static Graph reaching(List<Node.Input> inputs, List<Node> outputs, List<Node> all, Map<Node, String> names) {
        return reaching(inputs, outputs, all, names, all.size());
    }

    private static Graph reaching(List<Node.Input> inputs, List<Node> outputs, List<Node> all, Map<Node, String> names,
            int numbers) {
        BitSet needed = new BitSet(numbers);
        for (Node output : outputs) {
            need(output, needed);
        }
        for (Node.Input input : inputs) {
            needed.set(input.number());
        }
        // Operands have smaller numbers, so one pass from the last node to the first reaches everything.
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i) instanceof Node.Result result && needed.get(result.number())) {
                for (Node operand : result.application().operands()) {
                    need(operand, needed);
                }
            }
        }
        List<Node> nodes = new ArrayList<>(needed.cardinality());
        Map<Node, String> kept = new IdentityHashMap<>();
        for (Node node : all) {
            if (needed.get(node.number())) {
                nodes.add(node);
                String name = names.get(node);
                if (name != null) {
                    kept.put(node, name);
                }
            }
        }
        return new Graph(inputs, outputs, nodes, kept, numbers);
    }

    /** All results of an application are needed as soon as one is: they are computed together. */
    private static void need(Node node, BitSet needed) {
        if (node instanceof Node.Result result) {
            List<Node> siblings = result.application().results();
            for (int i = 0; i < siblings.size(); i++) {
                needed.set(siblings.get(i).number());
            }
        } else {
            needed.set(node.number());
        }
    }

    /** The inputs, in the order of their declaration, read or not. */
    public List<Node.Input> inputs() {
        return inputs;
    }

    /** The outputs. */
    public List<Node> outputs() {
        return outputs;
    }

    /** The first output: the result of a program. */
    public Node output() {
        return outputs.get(0);
    }

    /** All nodes, operands before results. */
    public List<Node> nodes() {
        return nodes;
    }

    /** All applications, operands before results. */
    public List<Application> applications() {
        return applications;
    }

    /** The position of a node in {@link #nodes}, or −1 if it is not in this graph. */
    public int position(Node node) {
        return node.number() < position.length ? position[node.number()] : -1;
    }

    /** The name that the program gave to a node, an input's own name, or null. */
    public String name(Node node) {
        return node instanceof Node.Input input ? input.name() : names.get(node);
    }

    /**
     * The input of this name.
     *
     * @throws IllegalArgumentException naming the inputs there are
     */
    public Node.Input input(String name) {
        int index = inputIndex(name);
        if (index < 0) {
            throw new IllegalArgumentException("no input \"" + name + "\"; the inputs are "
                    + inputs.stream().map(Node.Input::name).toList());
        }
        return inputs.get(index);
    }

    /** The position among the inputs of the one of this name, or −1. */
    public int inputIndex(String name) {
        if (inputIndices == null) {
            Map<String, Integer> indices = new HashMap<>();
            for (int i = 0; i < inputs.size(); i++) {
                indices.put(inputs.get(i).name(), i);
            }
            inputIndices = indices;
        }
        return inputIndices.getOrDefault(name, -1);
    }

    /** The number of elementary operations of one evaluation. */
    public long work() {
        if (work < 0) {
            long sum = 0;
            for (Application application : applications) {
                sum += application.work();
            }
            work = sum;
        }
        return work;
    }

    /** The bytes that the graph itself takes, by an estimate of its objects (64-bit JVM, compressed references). */
    public long bytes() {
        long bytes = 64 + 8L * position.length / 2;
        for (Node node : nodes) {
            bytes += 28;
            if (node instanceof Node.Constant constant) {
                bytes += 40 + 8L * (constant.value().isUniform() ? 1 : constant.value().size());
            }
        }
        for (Application application : applications) {
            bytes += 72 + 4L * application.operands().size();
        }
        return bytes;
    }

    /**
     * Evaluates in an algebra. A value is let go after its last use, so the memory held is the live width of the graph.
     *
     * @param values the inputs' values, in their order
     * @return the outputs' values
     */
    public <V> List<V> evaluate(Algebra<V> algebra, List<V> values) {
        return evaluate(algebra, values, (node, value) -> {});
    }

    /** What an evaluation shows as it goes. */
    public interface Observer<V> {
        /** A node has got its value. Inputs and constants come before what reads them. */
        void computed(Node node, V value);
    }

    /** {@link #evaluate(Algebra, List)}, showing each node's value to an observer. */
    public <V> List<V> evaluate(Algebra<V> algebra, List<V> values, Observer<? super V> observer) {
        return new GraphEvaluation<>(this, algebra, observer).of(values);
    }

    /** For each node the index of the last application that reads it; the number of applications if it is an output; −1 if unread. */
    public int[] lastUses() {
        int[] last = new int[nodes.size()];
        Arrays.fill(last, -1);
        for (int i = 0; i < applications.size(); i++) {
            List<Node> operands = applications.get(i).operands();
            for (int k = 0; k < operands.size(); k++) {
                last[position(operands.get(k))] = i;
            }
        }
        for (Node output : outputs) {
            last[position(output)] = applications.size();
        }
        return last;
    }

    /** The nodes on which an output depends through operands with a derivative, from these inputs on. */
    public BitSet activeFrom(List<? extends Node> sources) {
        BitSet active = new BitSet(nodes.size());
        for (Node source : sources) {
            active.set(position(source));
        }
        for (Application application : applications) {
            List<Node> operands = application.operands();
            boolean[] varying = new boolean[operands.size()];
            boolean any = false;
            for (int i = 0; i < varying.length; i++) {
                varying[i] = active.get(position(operands.get(i)));
                any |= varying[i];
            }
            if (any) {
                boolean[] results = application.op().active(varying);
                for (int i = 0; i < results.length; i++) {
                    active.set(position(application.results().get(i)), results[i]);
                }
            }
        }
        return active;
    }

    /** The nodes that have an adjoint when these have one: all that they depend on through operands with a derivative. */
    public BitSet reachedFrom(List<? extends Node> targets) {
        BitSet reached = new BitSet(nodes.size());
        for (Node target : targets) {
            reached.set(position(target));
        }
        for (int k = applications.size() - 1; k >= 0; k--) {
            Application application = applications.get(k);
            boolean any = false;
            for (Node result : application.results()) {
                any |= reached.get(position(result));
            }
            for (int i = 0; any && i < application.operands().size(); i++) {
                if (application.op().whole() != null || application.op().rule(i) != Rule.NONE) {
                    reached.set(position(application.operands().get(i)));
                }
            }
        }
        return reached;
    }

    /** How often each node is read, by its position. */
    public int[] uses() {
        int[] uses = new int[nodes.size()];
        for (Application application : applications) {
            for (Node operand : application.operands()) {
                uses[position(operand)]++;
            }
        }
        return uses;
    }

    /** The applications counted by symbol. */
    public Map<String, Integer> histogram() {
        Map<String, Integer> counts = new HashMap<>();
        for (Application application : applications) {
            counts.merge(application.op().symbol(), 1, Integer::sum);
        }
        return counts;
    }

    /** A summary, not a listing. */
    @Override
    public String toString() {
        return "graph of " + applications.size() + " applications from "
                + inputs.stream().map(Node.Input::name).toList();
    }
}
