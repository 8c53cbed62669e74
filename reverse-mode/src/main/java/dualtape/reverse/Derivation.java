package dualtape.reverse;

import dualtape.engine.DerivingEngine.Derived;
import dualtape.engine.Selection;
import dualtape.engine.Sweeps;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.List;

/** The derivative graph of one request: the function recorded over nodes, then swept back. */
final class Derivation {
    private final Selection selection;
    private final GraphBuilder builder = new GraphBuilder();
    private final Tape<Node> tape = new Tape<>(builder);
    private final List<Taped<Node>> operands = new ArrayList<>();

    private Derivation(Selection selection) {
        this.selection = selection;
    }

    static Derived of(Selection selection) {
        return new Derivation(selection).derive();
    }

    private Derived derive() {
        for (Node node : selection.declareInputs(builder)) {
            boolean selected = selection.wrt().contains(((Node.Input) node).name());
            operands.add(selected ? tape.input(node) : tape.lift(node));
        }
        Taped<Node> y = selection.graph().evaluate(tape, operands).get(0);
        List<Node> outputs = new ArrayList<>();
        outputs.add(y.value());
        int boundary = builder.size();
        List<Taped<Node>> inputs = new ArrayList<>();
        selection.wrt().forEach(name -> inputs.add(operands.get(selection.index(name))));
        switch (selection.operator()) {
            case GRADIENT -> outputs.addAll(tape.pullback(y, ReverseEngine.one(builder, selection.graph()), inputs));
            case VJP -> outputs.addAll(tape.pullback(y, builder.input("seed", y.value().shape()), inputs));
            case JVP -> outputs.add(pushforward(y, inputs));
            case JACOBIAN -> outputs.addAll(Sweeps.rows(builder, selection, seed -> tape.pullback(y, seed, inputs)));
        }
        return new Derived(builder.graph(outputs), boundary);
    }

    /** A tangent by reverse accumulation: each row of the Jacobian, times the tangents of the inputs. */
    private Node pushforward(Taped<Node> y, List<Taped<Node>> inputs) {
        List<Node> tangents = new ArrayList<>();
        inputs.forEach(x -> tangents.add(builder.input("d " + ((Node.Input) x.value()).name(), x.value().shape())));
        List<Node> elements = new ArrayList<>();
        for (int row = 0; row < y.value().shape().size(); row++) {
            Node unit = builder.constant(Selection.unit(y.value().shape(), row));
            List<Node> adjoints = tape.pullback(y, unit, inputs);
            Node sum = builder.scalar(0);
            for (int i = 0; i < adjoints.size(); i++) {
                sum = builder.add(sum, Sweeps.inner(builder, adjoints.get(i), tangents.get(i)));
            }
            elements.add(sum);
        }
        return Sweeps.assemble(builder, elements, y.value().shape());
    }
}
