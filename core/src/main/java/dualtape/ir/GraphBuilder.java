package dualtape.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The algebra of nodes: evaluating in it gives a graph again. Tracing, substitution, simplification and the engines'
 * derivative graphs are all made by running some graph or function in a builder. Not thread-safe.
 */
public class GraphBuilder implements Algebra<Node> {
    /** Elements of constants that are shared if they are equal. */
    private static final int SMALL = 64;

    private final boolean sharing;
    private final Conventions conventions;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Node.Input> inputs = new LinkedHashMap<>();
    private final Applications known = new Applications();
    private final Map<Tensor, Node.Constant> constants = new HashMap<>();
    /** Larger constants: shared if they are one object. */
    private final Map<Tensor, Node.Constant> large = new IdentityHashMap<>();
    private final Map<Node, String> names = new IdentityHashMap<>();
    private final Watch watch = Watch.current();
    private int asked;
    private Origin origin;

    /** A builder that shares common subexpressions. */
    public GraphBuilder() {
        this(Conventions.MINNORM);
    }

    /** A builder that shares common subexpressions, for derivatives by these conventions. */
    public GraphBuilder(Conventions conventions) {
        this(true, conventions);
    }

    private GraphBuilder(boolean sharing, Conventions conventions) {
        this.sharing = sharing;
        this.conventions = conventions;
    }

    /** A builder that keeps every application as it was written. */
    public static GraphBuilder asWritten() {
        return new GraphBuilder(false, Conventions.MINNORM);
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

    /** A new input of this name, or, if it is taken, of this name with as many primes as make it new. */
    public Node.Input fresh(String name, Shape shape) {
        String free = name;
        while (inputs.containsKey(free)) {
            free += "'";
        }
        return input(free, shape);
    }

    @Override
    public Conventions conventions() {
        return conventions;
    }

    @Override
    public Shape shape(Node node) {
        return node.shape();
    }

    @Override
    public Node constant(Tensor tensor) {
        boolean compared = tensor.isUniform() || tensor.size() <= SMALL;
        return (compared ? constants : large).computeIfAbsent(tensor, key -> {
            Node.Constant constant = new Node.Constant(nodes.size(), key);
            nodes.add(constant);
            return constant;
        });
    }

    @Override
    public List<Node> apply(Op op, List<Node> operands) {
        for (int i = 0; i < operands.size(); i++) {
            Node operand = operands.get(i);
            if (!owns(operand)) {
                throw new IllegalArgumentException("operand " + operand + " of " + op.symbol()
                        + " belongs to another graph; make it an input, or adopt it");
            }
        }
        watch.tick(asked++, nodes.size());
        int hash = sharing ? Applications.hash(op, operands) : 0;
        Application same = sharing ? known.find(hash, op, operands) : null;
        if (same != null) {
            return same.results();
        }
        Application application = new Application(op, operands, op.shapes(Node.shapes(operands)), nodes.size(), origin);
        nodes.addAll(application.results());
        if (sharing) {
            known.add(hash, application);
        }
        return application.results();
    }

    /** Whether a node was made by this builder. */
    public final boolean owns(Node node) {
        return node.number() < nodes.size() && nodes.get(node.number()) == node;
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
}
