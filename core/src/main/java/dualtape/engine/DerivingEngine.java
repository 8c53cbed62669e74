package dualtape.engine;

import dualtape.ir.Graph;
import java.util.List;

/** An engine whose primitive is graph to graph: a derivative is a graph again, to print, to run, to differentiate. */
public interface DerivingEngine extends Engine {
    /**
     * The derivative of a graph's first output as a graph. Inputs named as in {@code f} come first.
     *
     * <ul>
     *   <li>GRADIENT: outputs the value and the gradient by each of {@code wrt}.
     *   <li>JACOBIAN: outputs the value and the m×n block of each of {@code wrt}.
     *   <li>JVP: more inputs, the tangents {@code "d " + name} of {@code wrt}; outputs the value and its tangent.
     *   <li>VJP: one more input, the adjoint {@code "seed"}; outputs the value and the adjoint of each of {@code wrt}.
     * </ul>
     *
     * @throws InputException if a name is unknown, or the operator does not fit the result
     */
    Derived derive(Graph f, List<String> wrt, Operator operator);

    /**
     * A derivative graph.
     *
     * @param graph the graph
     * @param boundary nodes numbered below it belong to the forward run, those from it on to the backward run; the
     *     number of nodes if there is only a forward run
     */
    record Derived(Graph graph, int boundary) {}
}
