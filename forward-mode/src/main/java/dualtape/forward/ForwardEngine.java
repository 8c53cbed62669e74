package dualtape.forward;

import dualtape.engine.DerivingEngine;
import dualtape.engine.InputException;
import dualtape.engine.Nested;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Plan;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * Forward accumulation: one sweep gives the result's derivative along one direction, so a gradient takes a sweep for
 * every input element. Memory is the live width of the graph, however long it is.
 */
public final class ForwardEngine implements DerivingEngine {
    @Override
    public String name() {
        return "forward";
    }

    @Override
    public String summary() {
        return "forward accumulation by dual numbers: one sweep for each input element, memory O(1) along a chain";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public Plan plan(Graph f, Request request) {
        Selection selection = Selection.of(f, request);
        List<String> tangents = selection.tangentNames();
        if (request.operator().second()) {
            return Nested.plan(selection, request.nesting() == null ? Nesting.FF : request.nesting());
        }
        Derived jvp = sweep(Derived.forward(f), request.with(Operator.JVP));
        return switch (request.operator()) {
            case JVP -> Plan.once(jvp, tangents);
            case VJP -> {
                Derived product = jvp.then(request.conventions(), (builder, outputs) -> {
                    Node seed = builder.input(Selection.SEED, f.output().shape());
                    return List.of(outputs.get(0), Reduction.inner(builder, seed, outputs.get(1)));
                });
                yield new Plan(product.graph(), product.boundary(), List.of(Selection.SEED), List.of(tangents), true);
            }
            default -> new Plan(jvp.graph(), jvp.boundary(), List.of(), List.of(tangents), false);
        };
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        if (request.operator() != Operator.JVP) {
            throw new InputException("one sweep of forward accumulation gives a Jacobian-vector product, not a "
                    + request.operator().label());
        }
        Selection selection = Selection.of(f.graph(), request);
        GraphBuilder builder = new GraphBuilder(request.conventions());
        Duals<Node> duals = new Duals<>(builder);
        List<Node> x = selection.declareInputs(builder);
        List<Dual<Node>> operands = lift(duals, x);
        List<String> names = selection.tangentNames();
        for (int k = 0; k < names.size(); k++) {
            int i = selection.index(request.wrt().get(k));
            operands.set(i, duals.seed(x.get(i), builder.input(names.get(k), x.get(i).shape())));
        }
        int[] boundary = {Integer.MAX_VALUE};
        List<Dual<Node>> y = f.graph().evaluate(duals, operands, f.follow(builder, boundary));
        List<Node> outputs = new ArrayList<>();
        y.forEach(dual -> outputs.add(dual.primal()));
        y.forEach(dual -> outputs.add(duals.tangent(dual)));
        return new Derived(builder.graph(outputs), boundary[0]);
    }

    private static List<Dual<Node>> lift(Duals<Node> duals, List<Node> x) {
        List<Dual<Node>> operands = new ArrayList<>(x.size());
        x.forEach(node -> operands.add(duals.lift(node)));
        return operands;
    }

    /** The pushforward of a body: see {@link dualtape.ir.Whole.Forward}. */
    static Graph pushforward(Graph body, boolean[] active, Conventions conventions) {
        GraphBuilder builder = new GraphBuilder(conventions);
        Duals<Node> duals = new Duals<>(builder);
        List<Node> x = new ArrayList<>();
        body.inputs().forEach(input -> x.add(builder.input(input.name(), input.shape())));
        List<Dual<Node>> operands = lift(duals, x);
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                String name = "d " + body.inputs().get(i).name();
                operands.set(i, duals.seed(x.get(i), builder.fresh(name, x.get(i).shape())));
            }
        }
        List<Node> outputs = new ArrayList<>();
        List<Dual<Node>> y = body.evaluate(duals, operands);
        y.forEach(dual -> outputs.add(dual.primal()));
        y.forEach(dual -> outputs.add(duals.tangent(dual)));
        return builder.graph(outputs);
    }
}
