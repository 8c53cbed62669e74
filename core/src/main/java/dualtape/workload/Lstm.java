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
import dualtape.control.Keep;
import dualtape.engine.InputException;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * {@code lstm}: the loss of a recurrent network of l layers of long short-term memory cells without mixing (weights act element by
 * element) that foretells the next character of a sequence. Layer by layer, each a scan over the characters.
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

    /** A gate of a layer, a vector each: its argument is the operand times the weight plus the bias. */
    private record Gate(Node weight, Node bias) {
        Node argument(GraphBuilder b, Node operand) {
            return add(b, mul(b, operand, weight), bias);
        }
    }

    private static Graph graph(Sizes sizes) {
        int width = sizes.width();
        int trips = sizes.length() - 1;
        GraphBuilder b = GraphBuilder.asWritten();
        Node main = reshape(b, b.input("main_params", Shape.of(2 * sizes.layers(), 4 * width)), sizes.layers(), 2, 4,
                width);
        Node extra = b.input("extra_params", Shape.of(3, width));
        Node state = b.input("state", Shape.of(2 * sizes.layers(), width));
        Node sequence = b.input("sequence", Shape.of(sizes.length(), width));
        Node signals = mul(b, slice(b, sequence, 0, 0, trips), index(b, extra, 0, 0));
        for (int layer = 0; layer < sizes.layers(); layer++) {
            Gate[] gates = new Gate[4];
            for (int gate = FORGET; gate <= CHANGE; gate++) {
                gates[gate] = gate(b, index(b, main, 0, layer), gate);
            }
            signals = layer(b, signals, gates, index(b, state, 0, 2 * layer), index(b, state, 0, 2 * layer + 1));
        }
        Node y = add(b, mul(b, signals, index(b, extra, 0, 1)), index(b, extra, 0, 2));
        Node normal = log(b, add(b, b.scalar(2), sum(b, exp(b, y), 1)));
        Node total = sum(b, mul(b, slice(b, sequence, 0, 1, trips + 1), sub(b, y, reshape(b, normal, trips, 1))));
        return b.graph(mul(b, -1.0 / (width * (double) trips), total));
    }

    /** A gate of a layer; that of a sigmoid, which is ½ + ½ tanh(x/2), halved. */
    private static Gate gate(GraphBuilder b, Node parameters, int gate) {
        Node weight = index(b, index(b, parameters, 0, 0), 0, gate);
        Node bias = index(b, index(b, parameters, 0, 1), 0, gate);
        return gate == CHANGE ? new Gate(weight, bias) : new Gate(mul(b, 0.5, weight), mul(b, 0.5, bias));
    }

    /**
     * A layer on all characters, from the signals of the layer before. What depends on signals alone is computed for all
     * characters at once, what depends on the last hidden value and cell in a scan.
     */
    private static Node layer(GraphBuilder b, Node signals, Gate[] gates, Node hidden, Node cell) {
        Node forget = sigmoid(b, call(b, "tanh", gates[FORGET].argument(b, signals)));
        Node out = sigmoid(b, call(b, "tanh", gates[OUT].argument(b, signals)));
        int trips = signals.shape().extent(0);
        return Control.scan(b, List.of(hidden, cell), List.of(forget, out), trips, false, (t, carry, slices) -> {
            Node in = new Keep().of(t, call(t, "tanh", gates[IN].argument(t, carry.get(0))));
            Node change = new Keep().of(t, call(t, "tanh", gates[CHANGE].argument(t, carry.get(0))));
            Node next = add(t, mul(t, carry.get(1), slices.get(0)), mul(t, sigmoid(t, in), change));
            Node signal = mul(t, slices.get(1), new Keep().of(t, call(t, "tanh", next)));
            return new Trip(List.of(signal, next), List.of(), List.of(signal));
        }).stacks().get(0);
    }

    /** A sigmoid from the hyperbolic tangent of half its argument: all gates are one function, whose slope needs no other. */
    private static Node sigmoid(GraphBuilder b, Node tanh) {
        return add(b, b.scalar(0.5), mul(b, 0.5, tanh));
    }

    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        return fields("main_params", random.tensor(-1, 1, 4, 12), "extra_params", random.tensor(-1, 1, 3, 3), "state",
                random.tensor(-1, 1, 4, 3), "sequence", random.tensor(0, 1, 4, 3));
    }
}
