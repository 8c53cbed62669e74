package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.op.Reduction;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine whose one sweep goes from a result back to all inputs. A gradient takes one sweep, a Jacobian one for each
 * element of the result, which gives a row.
 */
public interface BackwardEngine extends DerivingEngine {
    /** The engine that runs over this one's gradient for second derivatives, unless the request says otherwise. */
    DerivingEngine over();

    @Override
    default Plan plan(Graph f, Request request) {
        Selection selection = Selection.of(f, request);
        Derived function = Derived.forward(f);
        return switch (request.operator()) {
            case GRADIENT -> Plan.once(sweep(function, request), List.of());
            case VJP -> Plan.once(sweep(function, request), List.of(Selection.SEED));
            case JACOBIAN -> {
                Derived vjp = sweep(function, request.with(Operator.VJP));
                yield new Plan(vjp.graph(), vjp.boundary(), List.of(), List.of(List.of(Selection.SEED)), true);
            }
            case JVP -> tangents(selection, sweep(function, request.with(Operator.VJP)));
            case HVP, HESSIAN -> request.nesting() == null
                    ? Nested.plan(selection, over(), this)
                    : Nested.plan(selection, request.nesting());
        };
    }

    /** The elements of a tangent, one a sweep: a row of the Jacobian, times the tangents of the inputs. */
    private static Plan tangents(Selection selection, Derived vjp) {
        List<String> names = selection.tangentNames();
        Derived product = vjp.then(selection.conventions(), (builder, outputs) -> {
            Node sum = inner(builder, selection, outputs.subList(1, outputs.size()), names);
            return List.of(outputs.get(0), sum);
        });
        return new Plan(product.graph(), product.boundary(), names, List.of(List.of(Selection.SEED)), true);
    }

    /** Σ adjoint · tangent over all elements of all selected inputs; the tangents are new inputs of these names. */
    static Node inner(dualtape.ir.GraphBuilder builder, Selection selection, List<Node> adjoints, List<String> names) {
        List<Node> tangents = new ArrayList<>();
        Layout derivatives = selection.derivatives();
        for (int i = 0; i < names.size(); i++) {
            tangents.add(builder.input(names.get(i), derivatives.shape(i)));
        }
        Node sum = builder.scalar(0);
        for (int i = 0; i < adjoints.size(); i++) {
            sum = builder.add(sum, Reduction.inner(builder, adjoints.get(i), tangents.get(i)));
        }
        return sum;
    }
}
