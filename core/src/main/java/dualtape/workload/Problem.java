package dualtape.workload;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import java.util.List;

/** A module's input after its checks: sizes, and values for the inputs of a graph. */
public interface Problem {
    /** What a prepared function depends on. Problems with equal sizes are served by the same {@link Task}. */
    Object sizes();

    /** The values, by the names of the graph's inputs. */
    Point point();

    /** The function of which the module asks derivatives, as a graph of these sizes. */
    Graph graph();

    /** The inputs of the graph by which the module asks derivatives. */
    List<String> wrt();

    /** One of the module's functions, prepared from the sizes alone: derived by the engine, and lowered. */
    Task task(String function, DerivingEngine engine);
}
