package dualtape.engine;

import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * An engine whose primitive is graph to graph: a derivative is a graph again, to print, to run, to differentiate. What it
 * states is how each operator runs ({@link #plan}); derivative graphs and prepared derivatives follow from that.
 */
public interface DerivingEngine extends Engine {
    /**
     * How a derivative of a graph's first output runs. Operators that the engine gives at once have no swept seeds.
     *
     * @throws InputException if a name is unknown, or the operator does not fit the result
     */
    Plan plan(Graph f, Request request);

    /**
     * One sweep of the engine as a graph: JVP for an engine that accumulates forwards, GRADIENT and VJP for one that
     * accumulates backwards. Outputs are all outputs of {@code f} (their values), then the derivative: for JVP the tangent
     * of every output, for GRADIENT and VJP the adjoint of each of {@code wrt} from the first output.
     *
     * @throws InputException if this is not what one sweep of this engine gives
     */
    Derived sweep(Derived f, Request request);

    /**
     * The derivative of a graph's first output as a graph. Inputs named as in {@code f} come first, then seeds: tangents
     * {@code "d " + name}, or the adjoint {@code "seed"}. The first output is the value; then
     *
     * <ul>
     *   <li>GRADIENT, VJP, HVP: one part for each of {@code wrt}, in its shape.
     *   <li>JACOBIAN, HESSIAN: the matrix, m×n or n×n.
     *   <li>JVP: the tangent.
     * </ul>
     *
     * <p>Sweeps are written out, so that the graph grows with their number.
     */
    default Derived derive(Graph f, Request request) {
        return Unrolled.of(Selection.of(f, request), plan(f, request));
    }

    /** {@link #derive(Graph, Request)} with the conventions of the least norm. */
    default Derived derive(Graph f, List<String> wrt, Operator operator) {
        return derive(f, Request.of(operator, wrt));
    }

    @Override
    default Prepared prepare(Traced traced, Request request) {
        return prepare(traced, request, Lanes.MOST);
    }

    /**
     * The same with a limit to how many sweeps run at once. It changes what a run costs, and no bit of what it gives.
     *
     * @param chunk sweeps at once, 1 at least
     */
    default Prepared prepare(Traced traced, Request request, int chunk) {
        Graph f = traced.rerolled();
        return new PlannedPrepared(name(), Selection.of(f, request), plan(f, request), chunk);
    }

    /**
     * A derivative graph.
     *
     * @param graph the graph
     * @param boundary nodes numbered below it belong to the forward run, those from it on to the backward run; larger than
     *     every number if there is only a forward run
     */
    record Derived(Graph graph, int boundary) {
        /** A graph that only runs forwards. */
        public static Derived forward(Graph graph) {
            return new Derived(graph, Integer.MAX_VALUE);
        }

        /** The same graph with some of its outputs. */
        public Derived select(int... outputs) {
            return new Derived(graph.select(Arrays.stream(outputs).mapToObj(graph.outputs()::get).toList()), boundary);
        }

        /** The graph continued: its outputs in a new builder, where more inputs may be declared, to new outputs. */
        public Derived then(Conventions conventions, BiFunction<GraphBuilder, List<Node>, List<Node>> more) {
            GraphBuilder builder = new GraphBuilder(conventions);
            List<Node> inputs = new ArrayList<>();
            graph.inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
            int[] moved = {Integer.MAX_VALUE};
            List<Node> outputs = graph.evaluate(builder, inputs, follow(builder, moved));
            return new Derived(builder.graph(more.apply(builder, outputs)), moved[0]);
        }

        /** Follows the boundary while this graph is evaluated into a builder: afterwards it is in {@code moved}. */
        public <V> Graph.Observer<V> follow(GraphBuilder builder, int[] moved) {
            return (node, value) -> {
                if (boundary != Integer.MAX_VALUE && node.number() < boundary) {
                    moved[0] = builder.size();
                }
            };
        }
    }
}
