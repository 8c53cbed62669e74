package dualtape.check;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Plan;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An engine that derives and lowers each function once for each request, however many laws and directions ask: what it gives is
 * the engine's own. For one thread, and no longer than its functions are of interest.
 */
public final class Once implements DerivingEngine {
    private final DerivingEngine engine;
    private final Map<Graph, Map<Request, Plan>> plans = new IdentityHashMap<>();
    private final Map<Graph, Map<Request, Prepared>> prepared = new IdentityHashMap<>();

    private Once(DerivingEngine engine) {
        this.engine = engine;
    }

    /** The engine, with a memory if it is one that derives graphs. */
    public static Engine of(Engine engine) {
        return engine instanceof DerivingEngine deriving && !(engine instanceof Once) ? new Once(deriving) : engine;
    }

    /** The engine without a memory. */
    static Engine within(Engine engine) {
        return engine instanceof Once once ? once.engine : engine;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String summary() {
        return engine.summary();
    }

    @Override
    public int rank() {
        return engine.rank();
    }

    @Override
    public boolean exact() {
        return engine.exact();
    }

    @Override
    public double[] error(Prepared ofIt) {
        return engine.error(ofIt);
    }

    @Override
    public Plan plan(Graph f, Request request) {
        return once(plans, f, request, () -> engine.plan(f, request));
    }

    /** Shared by all who ask: seeds are to be set before each run. */
    @Override
    public Prepared prepare(Traced traced, Request request) {
        return once(prepared, traced.graph(), request, () -> engine.prepare(traced, request));
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        return engine.sweep(f, request);
    }

    private static <T> T once(Map<Graph, Map<Request, T>> made, Graph f, Request request, Supplier<T> making) {
        Map<Request, T> ofGraph = made.computeIfAbsent(f, graph -> new HashMap<>());
        T known = ofGraph.get(request);
        if (known == null) {
            known = making.get();
            ofGraph.put(request, known);
        }
        return known;
    }
}
