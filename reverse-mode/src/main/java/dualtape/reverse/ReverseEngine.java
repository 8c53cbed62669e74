package dualtape.reverse;

import dualtape.engine.BackwardEngine;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reverse accumulation: run and store, then one sweep back gives the derivative of one result element by all inputs. A
 * gradient takes one sweep whatever the number of inputs; memory holds what the way back reads.
 */
public final class ReverseEngine implements BackwardEngine {
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
    public DerivingEngine over() {
        return Engines.forward();
    }

    @Override
    public Derived sweep(Derived f, Request request) {
        Selection selection = Selection.of(f.graph(), request);
        GraphBuilder builder = new GraphBuilder(request.conventions());
        Tape<Node> tape = new Tape<>(builder);
        List<Taped<Node>> operands = new ArrayList<>();
        Set<String> wrt = new HashSet<>(request.wrt());
        for (Node node : selection.declareInputs(builder)) {
            boolean selected = wrt.contains(((Node.Input) node).name());
            operands.add(selected ? tape.input(node) : tape.lift(node));
        }
        List<Taped<Node>> y = f.graph().evaluate(tape, operands);
        List<Node> outputs = new ArrayList<>();
        y.forEach(taped -> outputs.add(taped.value()));
        int boundary = builder.size();
        Shape result = f.graph().output().shape();
        Node seed = switch (request.operator()) {
            case GRADIENT -> builder.constant(Tensor.uniform(1, result));
            case VJP -> builder.input(Selection.SEED, result);
            default -> throw new InputException(
                    "one sweep of reverse accumulation gives a gradient or a vector-Jacobian product, not a "
                            + request.operator().label());
        };
        List<Taped<Node>> inputs = new ArrayList<>();
        request.wrt().forEach(name -> inputs.add(operands.get(selection.index(name))));
        outputs.addAll(tape.pullback(y.get(0), seed, inputs));
        return new Derived(builder.graph(outputs), boundary);
    }

    /** The pullback of a body: see {@link dualtape.ir.Whole.Reverse}. */
    public static Graph pullback(Graph body, boolean[] seeded, boolean[] wanted, Conventions conventions) {
        GraphBuilder builder = new GraphBuilder(conventions);
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
                seeds.add(builder.fresh("seed " + j, y.get(j).value().shape()));
                results.add(y.get(j));
            }
        }
        return builder.graph(tape.pullback(results, seeds, inputs, (entry, operand, contribution) -> {}));
    }
}
