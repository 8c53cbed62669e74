package dualtape.explain;

import dualtape.engine.Layout;
import dualtape.engine.Point;
import dualtape.engine.Selection;
import dualtape.forward.Dual;
import dualtape.forward.Duals;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Forward accumulation as it runs: values and tangents together, a pass for each direction. */
final class ForwardTrace {
    private static final int MOST_PASSES = 3;

    private final Graph graph;
    private final Rows rows;
    private final BitSet active;
    private final List<Direction> directions = new ArrayList<>();
    private final Map<Node, Tensor> values = new HashMap<>();
    private final Map<Node, List<Tensor>> tangents = new HashMap<>();
    private final List<Tensor> results = new ArrayList<>();
    private final long passes;
    private Tensor value;

    /**
     * One element of one input.
     *
     * @param input the input's name
     * @param element which of its elements, row by row
     * @param label as in {@code x1} or {@code w[2]}
     */
    record Direction(String input, int element, String label) {}

    ForwardTrace(Graph graph, Rows rows, Point at, List<String> wrt, boolean all) {
        this.graph = graph;
        this.rows = rows;
        Set<String> selected = new HashSet<>(wrt);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<Node.Input> sources = new ArrayList<>();
        Map<String, Node.Input> inputs = new HashMap<>();
        graph.inputs().forEach(input -> inputs.put(input.name(), input));
        for (String name : wrt) {
            shapes.put(name, inputs.get(name).shape());
            sources.add(inputs.get(name));
        }
        this.active = graph.activeFrom(sources);
        Layout layout = new Layout(shapes);
        this.passes = layout.size();
        for (int i = 0, flat = 0; i < wrt.size(); i++) {
            for (int k = 0; k < layout.shape(i).size() && (all || flat < MOST_PASSES); k++, flat++) {
                directions.add(new Direction(wrt.get(i), k, layout.describe(flat)));
            }
        }
        directions.forEach(direction -> pass(at, direction));
        if (directions.isEmpty()) {
            value = graph.evaluate(Tensors.INSTANCE, dualtape.engine.Traced.inputs(graph, at), this::keep).get(0);
        }
    }

    private void pass(Point at, Direction direction) {
        Duals<Tensor> duals = new Duals<>(Tensors.INSTANCE);
        List<Dual<Tensor>> inputs = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            Tensor x = at.get(input.name());
            inputs.add(input.name().equals(direction.input())
                    ? duals.seed(x, Selection.unit(x.shape(), direction.element()))
                    : duals.lift(x));
        }
        Dual<Tensor> result = graph.evaluate(duals, inputs, (node, dual) -> {
            keep(node, dual.primal());
            if (rows.contains(node)) {
                tangents.computeIfAbsent(node, key -> new ArrayList<>()).add(duals.tangent(dual));
            }
        }).get(0);
        value = result.primal();
        results.add(duals.tangent(result));
    }

    private void keep(Node node, Tensor x) {
        if (rows.contains(node)) {
            values.put(node, x);
        }
    }

    /** The directions that were run. */
    List<Direction> directions() {
        return directions;
    }

    /** How many directions a gradient takes. */
    long passes() {
        return passes;
    }

    /** The function's value. */
    Tensor value() {
        return value;
    }

    /** The value of a row. */
    Tensor value(Node node) {
        return values.get(node);
    }

    /** The tangents of a row, one a direction. */
    List<Tensor> tangents(Node node) {
        return tangents.getOrDefault(node, List.of());
    }

    /** The result's tangents, one a direction. */
    List<Tensor> results() {
        return results;
    }

    /** Whether a node depends on a selected input. */
    boolean varies(Node node) {
        return active.get(graph.position(node));
    }

    /** How a row's tangent is computed; null where it does not vary and for inputs. */
    Formula formula(Node node) {
        return varies(node) && node instanceof Node.Result result ? LocalRules.tangent(result, this::varies) : null;
    }
}
