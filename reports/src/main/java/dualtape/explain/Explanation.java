package dualtape.explain;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Spread;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Both modes on one function at one point, run step by step, and what a reader looks at kept: each row's value, tangents
 * and adjoint, what is stored, what is dropped, what it costs. A result that is no scalar is seeded with ones: the way
 * back then gives the derivative of the sum of its elements.
 */
public final class Explanation {
    private final Traced traced;
    private final List<String> wrt;
    private final boolean all;
    private final Labels labels;
    private final Rows rows;
    private final ForwardTrace forward;
    private final ReverseTrace reverse;
    private Map<String, Cost> costs;

    private Explanation(Traced traced, Point at, List<String> wrt, boolean all) {
        Graph graph = Selection.of(traced.graph(), Request.of(Operator.JACOBIAN, wrt)).graph();
        this.traced = traced;
        this.wrt = wrt;
        this.all = all;
        this.labels = new Labels(graph);
        this.rows = new Rows(graph, all);
        ForwardTrace[] tangents = new ForwardTrace[1];
        ReverseTrace[] adjoints = new ReverseTrace[1];
        Spread.over(2, 2, (worker, mode) -> {
            if (mode == 0) {
                tangents[0] = new ForwardTrace(graph, rows, at, wrt, all);
            } else {
                adjoints[0] = new ReverseTrace(graph, rows, at, wrt, all);
            }
        });
        this.forward = tangents[0];
        this.reverse = adjoints[0];
    }

    /**
     * Runs both modes.
     *
     * @param traced the function and its graph
     * @param at where
     * @param wrt the inputs to differentiate by
     * @param all whether long traces, long tensors and many directions are kept whole
     * @throws dualtape.engine.InputException if a name is no input, or an input has no value
     */
    public static Explanation of(Traced traced, Point at, List<String> wrt, boolean all) {
        return new Explanation(traced, at, wrt, all);
    }

    /** The program. */
    String program() {
        return traced.source().text();
    }

    Graph graph() {
        return traced.graph();
    }

    List<String> wrt() {
        return wrt;
    }

    /** Whether nothing is to be left out. */
    boolean all() {
        return all;
    }

    Labels labels() {
        return labels;
    }

    Rows rows() {
        return rows;
    }

    ForwardTrace forward() {
        return forward;
    }

    ReverseTrace reverse() {
        return reverse;
    }

    Tensor value() {
        return forward.value();
    }

    /** What a gradient (a Jacobian where the result is no scalar) costs by each of the two modes' engines. */
    Map<String, Cost> costs() {
        if (costs == null) {
            Operator operator = value().size() == 1 ? Operator.GRADIENT : Operator.JACOBIAN;
            List<Engine> engines = List.of(Engines.forward(), Engines.reverse());
            Cost[] each = new Cost[engines.size()];
            Spread.over(2, each.length, (worker, i) -> each[i] = engines.get(i).prepare(traced, wrt, operator).cost());
            costs = new LinkedHashMap<>();
            for (int i = 0; i < each.length; i++) {
                costs.put(engines.get(i).name(), each[i]);
            }
        }
        return costs;
    }
}
