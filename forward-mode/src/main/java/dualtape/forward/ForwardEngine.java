package dualtape.forward;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Operator;
import dualtape.engine.Prepared;
import dualtape.engine.Selection;
import dualtape.engine.Sweeps;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
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
    public Derived derive(Graph f, List<String> wrt, Operator operator) {
        Selection selection = Selection.of(f, wrt, operator);
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = selection.declareInputs(builder);
        List<Node> outputs = new ArrayList<>();
        if (operator == Operator.JVP) {
            Duals<Node> duals = new Duals<>(builder);
            List<Dual<Node>> operands = lift(duals, x);
            for (String name : wrt) {
                int i = selection.index(name);
                operands.set(i, duals.seed(x.get(i), builder.input("d " + name, x.get(i).shape())));
            }
            Dual<Node> y = f.evaluate(duals, operands).get(0);
            outputs.add(y.primal());
            outputs.add(duals.tangent(y));
        } else {
            boolean seeded = operator == Operator.VJP;
            Node seed = seeded ? builder.input("seed", f.output().shape()) : null;
            outputs.add(f.evaluate(builder, x).get(0));
            for (String name : wrt) {
                List<Node> columns = columns(f, selection.index(name), builder, x);
                outputs.add(together(selection, builder, columns, seed, f.input(name).shape()));
            }
        }
        return new Derived(builder.graph(outputs), builder.size());
    }

    /** The result's tangent for each element of one input: a sweep each, written out, sharing the primal part. */
    private static List<Node> columns(Graph f, int input, GraphBuilder builder, List<Node> x) {
        Shape shape = x.get(input).shape();
        List<Node> columns = new ArrayList<>(shape.size());
        for (int k = 0; k < shape.size(); k++) {
            Duals<Node> duals = new Duals<>(builder);
            List<Dual<Node>> operands = lift(duals, x);
            operands.set(input, duals.seed(x.get(input), builder.constant(Selection.unit(shape, k))));
            columns.add(duals.tangent(f.evaluate(duals, operands).get(0)));
        }
        return columns;
    }

    private static Node together(Selection selection, GraphBuilder builder, List<Node> columns, Node seed,
            Shape shape) {
        int m = selection.rows();
        List<Node> elements = new ArrayList<>();
        if (selection.operator() == Operator.JACOBIAN) {
            for (int row = 0; row < m; row++) {
                for (Node column : columns) {
                    elements.add(Sweeps.element(builder, column, row));
                }
            }
            return Sweeps.assemble(builder, elements, Shape.of(m, columns.size()));
        }
        for (Node column : columns) {
            elements.add(seed == null ? Sweeps.element(builder, column, 0) : Sweeps.inner(builder, column, seed));
        }
        return Sweeps.assemble(builder, elements, shape);
    }

    private static List<Dual<Node>> lift(Duals<Node> duals, List<Node> x) {
        List<Dual<Node>> operands = new ArrayList<>(x.size());
        x.forEach(node -> operands.add(duals.lift(node)));
        return operands;
    }

    @Override
    public Prepared prepare(Traced traced, List<String> wrt, Operator operator) {
        Selection selection = Selection.of(traced.graph(), wrt, operator);
        Derived derived = derive(traced.graph(), wrt, Operator.JVP);
        return new ForwardPrepared(selection, derived.graph());
    }

    /** The pushforward of a body: see {@link dualtape.ir.Whole.Forward}. */
    static Graph pushforward(Graph body, boolean[] active) {
        GraphBuilder builder = new GraphBuilder();
        Duals<Node> duals = new Duals<>(builder);
        List<Node> x = new ArrayList<>();
        body.inputs().forEach(input -> x.add(builder.input(input.name(), input.shape())));
        List<Dual<Node>> operands = lift(duals, x);
        for (int i = 0; i < active.length; i++) {
            if (active[i]) {
                String name = "d " + body.inputs().get(i).name();
                operands.set(i, duals.seed(x.get(i), builder.input(name, x.get(i).shape())));
            }
        }
        List<Node> outputs = new ArrayList<>();
        List<Dual<Node>> y = body.evaluate(duals, operands);
        y.forEach(dual -> outputs.add(dual.primal()));
        y.forEach(dual -> outputs.add(duals.tangent(dual)));
        return builder.graph(outputs);
    }
}
