package dualtape.autograd;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Workspace;

/** A function made of symbols: lowered once, called with data. Its calls are one thread's at a time. */
public final class Compiled {
    private final Graph graph;
    private final Workspace workspace;

    Compiled(Graph graph) {
        this.graph = graph;
        this.workspace = Program.sharing(graph).workspace();
    }

    /** The graph. */
    public Graph graph() {
        return graph;
    }

    /** The function as a source: its derivatives by either engine. */
    public Source source() {
        return Source.of("a function of symbols", graph);
    }

    /**
     * The value at a point.
     *
     * @throws AutogradException if a value has not its symbol's shape
     */
    public Tensor call(Point at) {
        for (int i = 0; i < graph.inputs().size(); i++) {
            Tensor value = at.get(graph.inputs().get(i).name());
            if (!value.shape().equals(graph.inputs().get(i).shape())) {
                throw new AutogradException("the symbol \"" + graph.inputs().get(i).name() + "\" has shape "
                        + graph.inputs().get(i).shape() + ", the value given for it " + value.shape());
            }
            workspace.bind(i, value.toArray(), 0);
        }
        workspace.run();
        double[] result = new double[graph.output().shape().size()];
        workspace.copy(0, result, 0);
        return Tensor.of(graph.output().shape(), result);
    }
}
