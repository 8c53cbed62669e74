package dualtape.engine;

import dualtape.ir.Algebra;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Reduction;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Derivatives of many sweeps written out as one graph: the answers of the sweeps, put together element by element. Meant
 * for derivative graphs to look at and to differentiate again; a prepared derivative runs one sweep's program many times.
 */
public final class Sweeps {
    private Sweeps() {}

    /** The sum over all elements of two nodes' products. */
    public static Node inner(Algebra<Node> a, Node slope, Node tangent) {
        return new Reduction.SumAll().of(a, a.scale(slope, tangent));
    }

    /** One element of a node, as a scalar. */
    public static Node element(Algebra<Node> a, Node node, int index) {
        return node.shape().isScalar() ? node : inner(a, a.constant(Selection.unit(node.shape(), index)), node);
    }

    /** A node of this shape from a scalar for each element. */
    public static Node assemble(Algebra<Node> a, List<Node> elements, Shape shape) {
        if (shape.isScalar()) {
            return elements.get(0);
        }
        Node sum = null;
        for (int k = 0; k < elements.size(); k++) {
            Node repeated = new Structure.Broadcast(shape).of(a, elements.get(k));
            Node part = a.scale(a.constant(Selection.unit(shape, k)), repeated);
            sum = sum == null ? part : a.add(sum, part);
        }
        return sum == null ? a.fill(0, shape) : sum;
    }

    /** The Jacobian blocks from a function that gives, for an adjoint of the result, the adjoints of the selected inputs. */
    public static List<Node> rows(Algebra<Node> a, Selection selection, Function<Node, List<Node>> pullback) {
        Shape result = selection.graph().output().shape();
        List<List<Node>> elements = new ArrayList<>();
        selection.wrt().forEach(name -> elements.add(new ArrayList<>()));
        for (int row = 0; row < result.size(); row++) {
            List<Node> adjoints = pullback.apply(a.constant(Selection.unit(result, row)));
            for (int i = 0; i < adjoints.size(); i++) {
                for (int k = 0; k < adjoints.get(i).shape().size(); k++) {
                    elements.get(i).add(element(a, adjoints.get(i), k));
                }
            }
        }
        List<Node> blocks = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            int width = selection.derivatives().shape(i).size();
            blocks.add(assemble(a, elements.get(i), Shape.of(result.size(), width)));
        }
        return blocks;
    }
}
