package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is to be derived of a graph, checked: the inputs by which, and the operator. Every engine starts from it.
 *
 * @param graph the function
 * @param wrt names of inputs, in the order wanted
 * @param operator what to derive
 */
public record Selection(Graph graph, List<String> wrt, Operator operator) {
    /**
     * The request, checked.
     *
     * @throws InputException if a name is not an input or is given twice, or if the operator does not fit the result
     */
    public static Selection of(Graph graph, List<String> wrt, Operator operator) {
        List<String> names = graph.inputs().stream().map(Node.Input::name).toList();
        if (new HashSet<>(wrt).size() != wrt.size()) {
            throw new InputException("wrt names an input twice: " + wrt);
        }
        for (String name : wrt) {
            if (!names.contains(name)) {
                throw new InputException("no input \"" + name + "\" to differentiate by; "
                        + (names.isEmpty() ? "the program has no inputs"
                                : "the inputs are " + String.join(", ", names)));
            }
        }
        Shape result = graph.output().shape();
        if (operator == Operator.GRADIENT && result.size() != 1) {
            throw new InputException(
                    "the result has shape " + result + ", and a gradient is of a scalar: sum the result, "
                            + "as in sum(...), or give a seed (a vector-Jacobian product), or ask for the Jacobian");
        }
        return new Selection(graph, List.copyOf(wrt), operator);
    }

    /** The position of an input among the graph's. */
    public int index(String name) {
        for (int i = 0; i < graph.inputs().size(); i++) {
            if (graph.inputs().get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }

    /** The positions of the selected inputs, in the order wanted. */
    public int[] indices() {
        return wrt.stream().mapToInt(this::index).toArray();
    }

    /** The layout of all inputs. */
    public Layout inputs() {
        return Layout.of(graph.inputs());
    }

    /** The layout of the derivatives by the selected inputs. */
    public Layout derivatives() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        wrt.forEach(name -> shapes.put(name, graph.input(name).shape()));
        return new Layout(shapes);
    }

    /** The number of elements of the result: m. */
    public int rows() {
        return graph.output().shape().size();
    }

    /** Declares inputs of the same names and shapes in a builder. */
    public List<Node> declareInputs(GraphBuilder builder) {
        List<Node> nodes = new ArrayList<>();
        graph.inputs().forEach(input -> nodes.add(builder.input(input.name(), input.shape())));
        return nodes;
    }

    /** A tensor of zeros with a one at a flat index. */
    public static Tensor unit(Shape shape, int index) {
        double[] data = new double[shape.size()];
        data[index] = 1;
        return Tensor.wrap(shape, data);
    }
}
