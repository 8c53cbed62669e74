package dualtape.engine;

import dualtape.ir.Graph;
import java.util.List;

/** A function, however it was written. Tracing it at a point gives its graph there. */
public interface Source {
    /** Runs the function at a point and records the graph of what ran, with a guard for every value that steered it. */
    Traced trace(Point at);

    /** The names of the inputs, in order. */
    List<String> inputs();

    /** How the function is written, for people. */
    String text();

    /** A graph as a source: the same at every point, of the graph's own shapes. */
    static Source of(String text, Graph graph) {
        return new Source() {
            @Override
            public Traced trace(Point at) {
                return new Traced(this, graph, List.of());
            }

            @Override
            public List<String> inputs() {
                return graph.inputs().stream().map(dualtape.ir.Node.Input::name).toList();
            }

            @Override
            public String text() {
                return text;
            }
        };
    }
}
