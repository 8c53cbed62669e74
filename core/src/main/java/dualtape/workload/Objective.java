package dualtape.workload;

import dualtape.engine.DerivingEngine;
import dualtape.engine.InputException;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import java.util.List;
import java.util.function.Supplier;

/**
 * The problem of a module with a scalar function and its gradient.
 *
 * @param functions the names of the two
 * @param write writes the graph
 * @param gradient how the module wants the gradient
 */
record Objective(List<String> functions, Object sizes, Point point, List<String> wrt, Supplier<Graph> write,
        Tasks.Result gradient) implements Problem {
    @Override
    public Graph graph() {
        return write.get();
    }

    @Override
    public Task task(String function, DerivingEngine engine) {
        return switch (functions.indexOf(function)) {
            case 0 -> Tasks.value(graph());
            case 1 -> Tasks.derivative(engine, graph(), wrt, Operator.GRADIENT, gradient);
            default -> throw unknown(function, functions);
        };
    }

    static InputException unknown(String function, List<String> functions) {
        return new InputException("unknown function \"" + function + "\"; the functions are "
                + String.join(", ", functions));
    }
}
