package dualtape.ir;

import java.util.ArrayList;
import java.util.List;

/** One evaluation of a graph in an algebra: the values that are needed still, by the positions of their nodes. */
final class GraphEvaluation<V> {
    private final Graph graph;
    private final Algebra<V> algebra;
    private final Graph.Observer<? super V> observer;
    private final Object[] at;
    private final int[] lastUse;

    GraphEvaluation(Graph graph, Algebra<V> algebra, Graph.Observer<? super V> observer) {
        this.graph = graph;
        this.algebra = algebra;
        this.observer = observer;
        this.at = new Object[graph.nodes().size()];
        this.lastUse = graph.lastUses();
    }

    /** The outputs' values for these values of the inputs. */
    List<V> of(List<V> values) {
        bind(values);
        int step = 0;
        Watch watch = Watch.current();
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                put(node, algebra.constant(constant.value()));
            } else if (node instanceof Node.Result result && result.index() == 0) {
                watch.tick(step, graph.nodes().size());
                apply(result.application());
                release(result.application(), step++);
            }
        }
        List<V> results = new ArrayList<>(graph.outputs().size());
        for (Node output : graph.outputs()) {
            results.add(get(output));
        }
        return results;
    }

    private void bind(List<V> values) {
        List<Node.Input> inputs = graph.inputs();
        if (values.size() != inputs.size()) {
            throw new IllegalArgumentException("the graph has " + inputs.size() + " inputs "
                    + inputs.stream().map(Node.Input::name).toList() + ", got " + values.size() + " values");
        }
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = algebra.shape(values.get(i));
            if (!shape.equals(inputs.get(i).shape())) {
                throw new ShapeException("input \"" + inputs.get(i).name() + "\" has shape " + inputs.get(i).shape()
                        + ", got a value of shape " + shape);
            }
            put(inputs.get(i), values.get(i));
        }
    }

    private void apply(Application application) {
        List<Node> nodes = application.operands();
        List<V> operands = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            operands.add(get(nodes.get(i)));
        }
        if (algebra instanceof GraphBuilder builder && application.origin() != null) {
            builder.at(application.origin());
        }
        List<V> results = algebra.apply(application.op(), operands);
        for (int i = 0; i < results.size(); i++) {
            put(application.results().get(i), results.get(i));
        }
    }

    private void release(Application application, int step) {
        List<Node> operands = application.operands();
        for (int i = 0; i < operands.size(); i++) {
            int position = graph.position(operands.get(i));
            if (lastUse[position] == step) {
                at[position] = null;
            }
        }
    }

    private void put(Node node, V value) {
        at[graph.position(node)] = value;
        observer.computed(node, value);
    }

    @SuppressWarnings("unchecked")
    private V get(Node node) {
        return (V) at[graph.position(node)];
    }
}
