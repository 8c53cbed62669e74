package dualtape.engine;

import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A request for a graph, checked. Every engine starts from it.
 *
 * @param graph the function
 * @param request what to derive of it
 */
public record Selection(Graph graph, Request request) {
    /** The name of the adjoint of the result among a derivative graph's inputs. */
    public static final String SEED = "seed";

    /**
     * The request, checked.
     *
     * @throws InputException if a name is not an input or is given twice, or if the operator does not fit the result
     */
    public static Selection of(Graph graph, Request request) {
        List<String> wrt = request.wrt();
        if (new HashSet<>(wrt).size() != wrt.size()) {
            throw new InputException("wrt names an input twice: " + wrt);
        }
        for (String name : wrt) {
            if (graph.inputIndex(name) < 0) {
                List<String> names = graph.inputs().stream().map(Node.Input::name).toList();
                throw new InputException("no input \"" + name + "\" to differentiate by; "
                        + (names.isEmpty() ? "the program has no inputs"
                                : "the inputs are " + String.join(", ", names)));
            }
        }
        Shape result = graph.output().shape();
        if (request.operator().ofScalar() && result.size() != 1) {
            throw new InputException("the result has shape " + result + ", and a " + request.operator().label()
                    + " is of a scalar: sum the result, as in sum(...), or give a seed (a vector-Jacobian product), or "
                    + "ask for the Jacobian");
        }
        return new Selection(graph, request);
    }

    /** What to derive. */
    public Operator operator() {
        return request.operator();
    }

    /** By which inputs. */
    public List<String> wrt() {
        return request.wrt();
    }

    /** What is used at edges. */
    public Conventions conventions() {
        return request.conventions();
    }

    /** The position of an input among the graph's; −1 if there is none of this name. */
    public int index(String name) {
        return graph.inputIndex(name);
    }

    /** The layout of all inputs. */
    public Layout inputs() {
        return Layout.of(graph.inputs());
    }

    /** The layout of the selected inputs: n doubles. */
    public Layout derivatives() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        wrt().forEach(name -> shapes.put(name, graph.input(name).shape()));
        return new Layout(shapes);
    }

    /** The layout of what the operator takes besides the point: tangents by input, or the result's adjoint, or nothing. */
    public Layout seeds() {
        return switch (operator().seed()) {
            case NONE -> new Layout(Map.of());
            case DIRECTION -> derivatives();
            case ADJOINT -> new Layout(Map.of(SEED, graph.output().shape()));
        };
    }

    /** The number of elements of the result: m. */
    public int rows() {
        return graph.output().shape().size();
    }

    /** The number of elements of the derivative. */
    public int derivativeSize() {
        int n = derivatives().size();
        return switch (operator()) {
            case GRADIENT, VJP, HVP -> n;
            case JACOBIAN -> elements(rows(), n);
            case JVP -> rows();
            case HESSIAN -> elements(n, n);
        };
    }

    private int elements(int rows, int columns) {
        if ((long) rows * columns > Integer.MAX_VALUE) {
            throw new InputException(String.format(Locale.ROOT, "the %s has %,d by %,d elements, more than fit into an "
                    + "array; differentiate by fewer inputs, or ask for products with it (jvp, vjp, hvp)",
                    operator().label(), rows, columns));
        }
        return rows * columns;
    }

    /** Declares inputs of the same names and shapes in a builder. */
    public List<Node> declareInputs(GraphBuilder builder) {
        List<Node> nodes = new ArrayList<>();
        graph.inputs().forEach(input -> nodes.add(builder.input(input.name(), input.shape())));
        return nodes;
    }

    /** The names of the tangents of the selected inputs in a derivative graph: d in front, as often as needed to be new. */
    public List<String> tangentNames() {
        List<String> names = new ArrayList<>();
        for (String name : wrt()) {
            String tangent = "d " + name;
            while (graph.inputIndex(tangent) >= 0) {
                tangent = "d " + tangent;
            }
            names.add(tangent);
        }
        return names;
    }

    /** A tensor of zeros with a one at a flat index. */
    public static Tensor unit(Shape shape, int index) {
        double[] data = new double[shape.size()];
        data[index] = 1;
        return Tensor.wrap(shape, data);
    }
}
