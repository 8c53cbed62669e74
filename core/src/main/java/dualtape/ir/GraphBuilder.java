package dualtape.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The algebra of nodes: evaluating in it gives a graph again. Tracing, substitution, simplification and the engines'
 * derivative graphs are all made by running some graph or function in a builder. Not thread-safe.
 */
public class GraphBuilder implements Algebra<Node> {
    private final boolean sharing;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node.Input> inputs = new LinkedHashMap<>();
    private final Map<Key, Application> known = new HashMap<>();
    private final Map<Tensor, Node.Constant> constants = new HashMap<>();
    private final Map<Node, String> names = new IdentityHashMap<>();
    private Origin origin;

    /** A builder that shares common subexpressions. */
    public GraphBuilder() {
        this(true);
    }

    private GraphBuilder(boolean sharing) {
        this.sharing = sharing;
    }

    /** A builder that keeps every application as it was written. */
    public static GraphBuilder asWritten() {
        return new GraphBuilder(false);
    }

    /**
     * A new input.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public Node.Input input(String name, Shape shape) {
        Node.Input input = new Node.Input(nodes.size(), shape, name);
        if (inputs.putIfAbsent(name, input) != null) {
            throw new IllegalArgumentException("input \"" + name + "\" is already declared");
        }
        nodes.add(input);
        return input;
    }

    @Override
    public Shape shape(Node node) {
        return node.shape();
    }

    @Override
    public Node constant(Tensor tensor) {
        boolean small = tensor.isUniform() || tensor.size() <= 64;
        Node.Constant shared = small ? constants.get(tensor) : null;
        if (shared != null) {
            return shared;
        }
        Node.Constant constant = new Node.Constant(nodes.size(), tensor);
        nodes.add(constant);
        if (small) {
            constants.put(tensor, constant);
        }
        return constant;
    }

    @Override
    public List<Node> apply(Op op, List<Node> operands) {
        for (Node operand : operands) {
            if (operand.number() >= nodes.size() || nodes.get(operand.number()) != operand) {
                throw new IllegalArgumentException("operand " + operand + " of " + op.symbol()
                        + " belongs to another graph; make it an input, or adopt it");
            }
        }
        Key key = null;
        if (sharing) {
            key = new Key(op, operands);
            Application same = known.get(key);
            if (same != null) {
                return same.results();
            }
        }
        List<Shape> shapes = op.shapes(Node.shapes(operands));
        Application application = new Application(op, operands, shapes, nodes.size(), origin);
        nodes.addAll(application.results());
        if (sharing) {
            known.put(key, application);
        }
        return application.results();
    }

    /** From now on applications are marked as written here; null for nowhere in particular. */
    public void at(Origin where) {
        this.origin = where;
    }

    /** Where applications are being written, or null. */
    public Origin origin() {
        return origin;
    }

    /** Names a node for listings, as an assignment in a program does. The first name stays. */
    public void name(Node node, String name) {
        names.putIfAbsent(node, name);
    }

    /** The number of nodes made so far. */
    public int size() {
        return nodes.size();
    }

    /** The inputs declared so far. */
    public List<Node.Input> inputs() {
        return List.copyOf(inputs.values());
    }

    /** The graph from all inputs declared so far to these outputs; what they do not need is left out. */
    public Graph graph(List<? extends Node> outputs) {
        return Graph.reaching(List.copyOf(inputs.values()), List.copyOf(outputs), nodes, names);
    }

    /** {@link #graph(List)} of one output. */
    public Graph graph(Node output) {
        return graph(List.of(output));
    }

    /** An operation and the identities of what it is applied to. */
    private static final class Key {
        private final Op op;
        private final List<Node> operands;
        private final int hash;

        Key(Op op, List<Node> operands) {
            this.op = op;
            this.operands = operands;
            int h = op.hashCode();
            for (Node operand : operands) {
                h = 31 * h + operand.number();
            }
            this.hash = mixed(h);
        }

        /**
         * Every bit depends on every other (the finaliser of MurmurHash3): along a chain the numbers of operands grow in
         * step, and a mere product leaves the low bits of such sums alike, so that the table's buckets grow long.
         */
        private static int mixed(int h) {
            int x = (h ^ h >>> 16) * 0x85EBCA6B;
            x = (x ^ x >>> 13) * 0xC2B2AE35;
            return x ^ x >>> 16;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && hash == that.hash && Objects.equals(op, that.op)
                    && operands.equals(that.operands);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
