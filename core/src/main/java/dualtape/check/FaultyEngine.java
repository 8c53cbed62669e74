package dualtape.check;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Plan;
import dualtape.engine.Request;
import dualtape.ir.Graph;
import java.util.function.UnaryOperator;

/**
 * An engine with a fault planted in it: in the function that it derives, or in the plan that comes out.
 *
 * @param engine the engine
 * @param before what happens to a function before it is derived
 * @param after what happens to the plan
 */
record FaultyEngine(DerivingEngine engine, UnaryOperator<Graph> before,
        UnaryOperator<Plan> after) implements DerivingEngine {
    /** With an operation's rule wrong wherever it stands. */
    static FaultyEngine of(DerivingEngine engine, FaultyOp fault) {
        return new FaultyEngine(engine, fault::plantedIn, plan -> plan);
    }

    /** With a sweep that is wrong. */
    static FaultyEngine of(DerivingEngine engine, SweepFault fault) {
        return new FaultyEngine(engine, graph -> graph, fault::in);
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String summary() {
        return engine.summary() + ", with a fault";
    }

    @Override
    public int rank() {
        return engine.rank();
    }

    @Override
    public Plan plan(Graph f, Request request) {
        return after.apply(engine.plan(before.apply(f), request));
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        return engine.sweep(f, request);
    }
}
