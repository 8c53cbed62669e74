package dualtape.explain;

import dualtape.engine.Point;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import dualtape.reverse.Tape;
import dualtape.reverse.Taped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reverse accumulation as it runs: recorded forward, then gone through in the opposite order. */
final class ReverseTrace {
    private static final int MOST_PARTS = 12;

    private final Graph graph;
    private final Rows rows;
    private final LocalRules rules = new LocalRules();
    private final BitSet recorded = new BitSet();
    private final BitSet reached = new BitSet();
    private final BitSet read = new BitSet();
    private final Map<Node, Sum> sums = new HashMap<>();
    private final Map<String, Tensor> gradient = new LinkedHashMap<>();
    private final boolean all;
    private Node[] bySlot = new Node[64];
    private Tape.Entry<Tensor> current;
    private boolean[] wanted;
    private boolean[] seeded;

    /**
     * One use's contribution to an adjoint.
     *
     * @param by the application that used the node, or null for the seed
     * @param operand as which operand
     * @param seeded which of its results had an adjoint
     * @param value the contribution
     */
    record Part(Application by, int operand, boolean[] seeded, Tensor value) {}

    /** An adjoint: the sum over the uses of a node, in the order in which they came; of very many the first are kept. */
    static final class Sum {
        private final List<Part> parts = new ArrayList<>();
        private int count;
        private Tensor value;

        /** The contributions that are shown. */
        List<Part> parts() {
            return parts;
        }

        /** How many contributions are left out. */
        int elided() {
            return count - parts.size();
        }

        /** The adjoint. */
        Tensor value() {
            return value;
        }

        private void add(Part part, boolean all) {
            if (all || count < MOST_PARTS) {
                parts.add(part);
            }
            count++;
            value = value == null ? part.value() : Tensors.INSTANCE.add(value, part.value());
        }
    }

    ReverseTrace(Graph graph, Rows rows, Point at, List<String> wrt, boolean all) {
        this.graph = graph;
        this.rows = rows;
        this.all = all;
        Tape<Tensor> tape = new Tape<>(Tensors.INSTANCE);
        Set<String> selected = new HashSet<>(wrt);
        List<Taped<Tensor>> operands = new ArrayList<>();
        Map<String, Taped<Tensor>> inputs = new HashMap<>();
        for (Node.Input input : graph.inputs()) {
            Tensor x = at.get(input.name());
            operands.add(selected.contains(input.name()) ? tape.input(x) : tape.lift(x));
            inputs.put(input.name(), operands.get(operands.size() - 1));
        }
        Taped<Tensor> y = graph.evaluate(tape, operands, this::record).get(0);
        Tensor seed = Tensor.uniform(1, graph.output().shape());
        if (y.varies()) {
            reached(y.slot(), new Part(null, 0, null, seed));
        }
        List<Taped<Tensor>> sources = wrt.stream().map(inputs::get).toList();
        List<Tensor> adjoints = tape.pullback(List.of(y), List.of(seed), sources, this::contributed);
        for (int i = 0; i < wrt.size(); i++) {
            gradient.put(wrt.get(i), adjoints.get(i));
        }
        bySlot = new Node[0];
        current = null; // the tape's memory may go
    }

    private void record(Node node, Taped<Tensor> taped) {
        if (taped.varies()) {
            if (taped.slot() >= bySlot.length) {
                bySlot = Arrays.copyOf(bySlot, Math.max(2 * bySlot.length, taped.slot() + 1));
            }
            bySlot[taped.slot()] = node;
            recorded.set(graph.position(node));
        }
    }

    private void contributed(Tape.Entry<Tensor> entry, int operand, Tensor contribution) {
        if (entry != current) {
            begin(entry);
        }
        Application by = ((Node.Result) result(entry)).application();
        reached(entry.slots()[operand], new Part(by, operand, seeded, contribution));
    }

    private Node result(Tape.Entry<Tensor> entry) {
        for (int j = 0; j < entry.results(); j++) {
            if (bySlot[entry.first() + j] != null) {
                return bySlot[entry.first() + j];
            }
        }
        throw new IllegalStateException("an entry without a recorded result");
    }

    /** The sweep has come to an application: what do its contributions read? */
    private void begin(Tape.Entry<Tensor> entry) {
        current = entry;
        Application by = ((Node.Result) result(entry)).application();
        wanted = wanted(by);
        seeded = new boolean[by.results().size()];
        for (int j = 0; j < seeded.length; j++) {
            seeded[j] = reached.get(graph.position(by.results().get(j)));
        }
        BitSet bits = rules.reads(by, wanted, seeded);
        int operands = by.operands().size();
        for (int i = bits.nextSetBit(0); i >= 0; i = bits.nextSetBit(i + 1)) {
            read.set(graph.position(i < operands ? by.operands().get(i) : by.results().get(i - operands)));
        }
    }

    private boolean[] wanted(Application application) {
        boolean[] flags = new boolean[application.operands().size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = recorded.get(graph.position(application.operands().get(i)));
        }
        return flags;
    }

    private void reached(int slot, Part part) {
        Node node = bySlot[slot];
        reached.set(graph.position(node));
        if (rows.contains(node)) {
            sums.computeIfAbsent(node, key -> new Sum()).add(part, all);
        }
    }

    /** The derivative by each selected input. */
    Map<String, Tensor> gradient() {
        return gradient;
    }

    /** The adjoint of a row; null where none came to it. */
    Sum sum(Node node) {
        return sums.get(node);
    }

    /** How a contribution is computed; null for the seed. */
    Formula formula(Part part) {
        return part.by() == null ? null
                : LocalRules.contributions(part.by(), wanted(part.by()), part.seeded()).get(part.operand());
    }

    /** Whether the way back reads a node's value. */
    boolean isRead(Node node) {
        return read.get(graph.position(node));
    }

    /** Whether a node depends on a selected input. */
    boolean isRecorded(Node node) {
        return recorded.get(graph.position(node));
    }

    /** Whether an adjoint came to a node. */
    boolean isReached(Node node) {
        return reached.get(graph.position(node));
    }

    /** The results of operations that are kept for the way back, in order. */
    List<Node> kept() {
        return graph.nodes().stream().filter(node -> node instanceof Node.Result && isRead(node)).toList();
    }

    /** What the way back leaves out because it does not depend on a selected input, in order. */
    List<Node> independent() {
        return graph.nodes().stream().filter(node -> !Labels.isInline(node) && !isRecorded(node)).toList();
    }

    /** What the way back leaves out because the result does not depend on it, in order. */
    List<Node> unreached() {
        return graph.nodes().stream()
                .filter(node -> node instanceof Node.Result && isRecorded(node) && !isReached(node)).toList();
    }
}
