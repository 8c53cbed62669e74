package dualtape.engine;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Symbolic differentiation: the chain rule on formulas, simplified. The derivative is an expression to read; shared
 * parts are kept once, and the {@link Swell} says how large it would be written out.
 */
public final class SymbolicEngine implements BackwardEngine {
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
    public DerivingEngine over() {
        return this;
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        Selection selection = Selection.of(f.graph(), request);
        GraphBuilder builder = new SimplifyingBuilder(request.conventions());
        Formulas formulas = new Formulas(builder, f.graph(), selection.declareInputs(builder));
        List<Node> outputs = new ArrayList<>();
        for (int i = 0; i < f.graph().outputs().size(); i++) {
            outputs.add(formulas.output(i));
        }
        Node y = outputs.get(0);
        Node seed = request.operator() == Operator.VJP
                ? builder.input(Selection.SEED, y.shape())
                : builder.constant(Tensor.uniform(1, y.shape()));
        List<Node.Input> inputs = request.wrt().stream().map(f.graph()::input).toList();
        outputs.addAll(formulas.adjoints(List.of(seed), inputs));
        return Derived.forward(builder.graph(outputs));
    }
}
