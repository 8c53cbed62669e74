package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.exp;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.log;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.InputException;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code lstm}: the loss of a recurrent network of l layers of long short-term memory cells without mixing (weights act element by
 * element) that foretells the next character of a sequence. A scan over the characters, in it a scan over the layers.
 */
public final class Lstm implements Workload {
    /** The gates, as they lie in a row of the parameters. */
    private static final int FORGET = 0;
    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int CHANGE = 3;

    private record Sizes(int layers, int width, int length) {}

    @Override
    public String name() {
        return "lstm";
    }

    @Override
    public String summary() {
        return "loss of a network of LSTM cells that foretells a sequence";
    }

    @Override
    public String provenance() {
        return ADBENCH;
    }

    @Override
    public List<String> functions() {
        return OBJECTIVE_JACOBIAN;
    }

    /**
     * {@code main_params[2l][4b]} (row 2i weights, row 2i + 1 biases, each forget, in, out, change),
     * {@code extra_params[3][b]} (in-weight, out-weight, out-bias), {@code state[2l][b]} (row 2i hidden, row 2i + 1 cell),
     * {@code sequence[c][b]}, c &gt; 1.
     */
    @Override
    public Problem problem(Datum input) {
        Tensor state = input.at("state").tensor(-1, -1);
        int rows = state.shape().extent(0);
        int width = state.shape().extent(1);
        if (rows == 0 || rows % 2 != 0 || width == 0) {
            throw new InputException(input.at("state").path() + " has the shape " + state.shape()
                    + ", expected two rows for each layer");
        }
        Tensor sequence = input.at("sequence").tensor(-1, width);
        int length = sequence.shape().extent(0);
        if (length < 2) {
            throw new InputException(input.at("sequence").path() + " has " + length + " rows, expected two at least");
        }
        Sizes sizes = new Sizes(rows / 2, width, length);
        Point point = Point.of("main_params", input.at("main_params").tensor(rows, 4 * width), "extra_params",
                input.at("extra_params").tensor(3, width), "state", state, "sequence", sequence);
        return new Objective(functions(), sizes, point, List.of("main_params", "extra_params"), () -> graph(sizes),
                Tasks::flat);
    }

    private static Graph graph(Sizes sizes) {
        int l = sizes.layers();
        int width = sizes.width();
        int trips = sizes.length() - 1;
        GraphBuilder b = GraphBuilder.asWritten();
        Node main = reshape(b, b.input("main_params", Shape.of(2 * l, 4 * width)), l, 2, 4, width);
        Node extra = b.input("extra_params", Shape.of(3, width));
        Node first = index(b, extra, 0, 0);
        Node last = index(b, extra, 0, 1);
        Node bias = index(b, extra, 0, 2);
        Node state = reshape(b, b.input("state", Shape.of(2 * l, width)), l, 2, width);
        Node sequence = b.input("sequence", Shape.of(sizes.length(), width));
        List<Node> parameters = new ArrayList<>();
        for (int gate = FORGET; gate <= CHANGE; gate++) {
            for (int kind = 0; kind < 2; kind++) {
                parameters.add(index(b, index(b, main, 1, kind), 1, gate));
            }
        }
        Node total = Control.scan(b, List.of(index(b, state, 1, 0), index(b, state, 1, 1)),
                List.of(slice(b, sequence, 0, 0, trips), slice(b, sequence, 0, 1, trips + 1)), trips, false,
                (t, carry, slices) -> {
                    Trip layers = layers(t, mul(t, slices.get(0), first), parameters, carry, l);
                    Node y = add(t, mul(t, layers.carries().get(0), last), bias);
                    Node normal = log(t, add(t, t.scalar(2), sum(t, exp(t, y))));
                    return new Trip(layers.stacks(), List.of(sum(t, mul(t, slices.get(1), sub(t, y, normal)))),
                            List.of());
                }).sums().get(0);
        return b.graph(mul(b, -1.0 / (width * (double) trips), total));
    }

    /**
     * All layers on one character: carries the signal, stacks the next hidden values and cells. What depends on the last hidden
     * values alone is computed for all layers at once.
     */
    private static Trip layers(GraphBuilder b, Node signal, List<Node> parameters, List<Node> state, int l) {
        Node in = call(b, "sigmoid", gate(b, state.get(0), parameters, IN));
        Node change = call(b, "tanh", gate(b, state.get(0), parameters, CHANGE));
        List<Node> sequences = new ArrayList<>(List.of(state.get(1), mul(b, in, change)));
        sequences.addAll(parameters);
        return Control.scan(b, List.of(signal), sequences, l, false, (layer, carry, slices) -> {
            List<Node> own = slices.subList(2, slices.size());
            Node forget = call(layer, "sigmoid", gate(layer, carry.get(0), own, FORGET));
            Node out = call(layer, "sigmoid", gate(layer, carry.get(0), own, OUT));
            Node cell = add(layer, mul(layer, slices.get(0), forget), slices.get(1));
            Node next = mul(layer, out, call(layer, "tanh", cell));
            return new Trip(List.of(next), List.of(), List.of(next, cell));
        });
    }

    /** What goes into a gate: the operand times the gate's weight plus its bias. */
    private static Node gate(GraphBuilder b, Node operand, List<Node> parameters, int gate) {
        return add(b, mul(b, operand, parameters.get(2 * gate)), parameters.get(2 * gate + 1));
    }

    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        return fields("main_params", random.tensor(-1, 1, 4, 12), "extra_params", random.tensor(-1, 1, 3, 3), "state",
                random.tensor(-1, 1, 4, 3), "sequence", random.tensor(0, 1, 4, 3));
    }
}
