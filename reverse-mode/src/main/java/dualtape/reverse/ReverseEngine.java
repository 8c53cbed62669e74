package dualtape.reverse;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Operator;
import dualtape.engine.Prepared;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Reverse accumulation: run and store, then one sweep back gives the derivative of one result element by all inputs. A
 * gradient takes one sweep whatever the number of inputs; memory holds what the way back reads.
 */
public final class ReverseEngine implements DerivingEngine {
    @Override
    public String name() {
        return "reverse";
    }

    @Override
    public String summary() {
        return "reverse accumulation by a tape: one sweep for each result element, memory O(n) along a chain";
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public Derived derive(Graph f, List<String> wrt, Operator operator) {
        return Derivation.of(Selection.of(f, wrt, operator));
    }

    @Override
    public Prepared prepare(Traced traced, List<String> wrt, Operator operator) {
        Selection selection = Selection.of(traced.graph(), wrt, operator);
        return new ReversePrepared(selection, derive(traced.graph(), wrt, Operator.VJP));
    }

    /** The pullback of a body: see {@link dualtape.ir.Whole.Reverse}. */
    static Graph pullback(Graph body, boolean[] seeded, boolean[] wanted) {
        GraphBuilder builder = new GraphBuilder();
        Tape<Node> tape = new Tape<>(builder);
        List<Taped<Node>> operands = new ArrayList<>();
        List<Taped<Node>> inputs = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            Node x = builder.input(body.inputs().get(i).name(), body.inputs().get(i).shape());
            Taped<Node> operand = wanted[i] ? tape.input(x) : tape.lift(x);
            operands.add(operand);
            if (wanted[i]) {
                inputs.add(operand);
            }
        }
        List<Taped<Node>> y = body.evaluate(tape, operands);
        List<Taped<Node>> results = new ArrayList<>();
        List<Node> seeds = new ArrayList<>();
        for (int j = 0; j < seeded.length; j++) {
            if (seeded[j]) {
                seeds.add(builder.input("seed " + j, y.get(j).value().shape()));
                results.add(y.get(j));
            }
        }
        return builder.graph(tape.pullback(results, seeds, inputs, (entry, operand, contribution) -> {}));
    }

    /** The constant one of the result's shape: the seed of a gradient. */
    static Node one(GraphBuilder builder, Graph f) {
        return builder.constant(Tensor.uniform(1, f.output().shape()));
    }
}
