package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Symbolic differentiation: the chain rule on formulas, simplified. The derivative is an expression to read; shared
 * parts are kept once, and the {@link Swell} says how large it would be written out.
 */
public final class SymbolicEngine implements DerivingEngine {
    @Override
    public String name() {
        return "symbolic";
    }

    @Override
    public String summary() {
        return "the chain rule on formulas, simplified: a derivative to read, that swells when written out";
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public Derived derive(Graph f, List<String> wrt, Operator operator) {
        Selection selection = Selection.of(f, wrt, operator);
        GraphBuilder builder = new SimplifyingBuilder();
        Formulas formulas = new Formulas(builder, f, selection.declareInputs(builder));
        Node y = formulas.output(0);
        List<Node.Input> inputs = wrt.stream().map(f::input).toList();
        List<Node> outputs = new ArrayList<>();
        outputs.add(y);
        switch (operator) {
            case GRADIENT -> {
                Node one = builder.constant(Tensor.uniform(1, y.shape()));
                outputs.addAll(formulas.adjoints(List.of(one), inputs));
            }
            case VJP -> outputs.addAll(formulas.adjoints(List.of(builder.input("seed", y.shape())), inputs));
            case JACOBIAN ->
                outputs.addAll(Sweeps.rows(builder, selection, seed -> formulas.adjoints(List.of(seed), inputs)));
            default ->
                throw new InputException("symbolic differentiation gives gradients, Jacobians and vector-Jacobian "
                        + "products; for a Jacobian-vector product use forward or reverse");
        }
        return new Derived(builder.graph(outputs), builder.size());
    }

    @Override
    public Prepared prepare(Traced traced, List<String> wrt, Operator operator) {
        Selection selection = Selection.of(traced.graph(), wrt, operator);
        return new SymbolicPrepared(selection, derive(traced.graph(), wrt, operator).graph());
    }
}
