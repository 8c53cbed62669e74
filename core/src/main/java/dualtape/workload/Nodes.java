package dualtape.workload;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Attributes;
import dualtape.op.Indexing;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Structure;
import java.util.List;
import java.util.Map;

/** Short names for the operations of the catalogue on nodes: how the modules write their formulas. */
final class Nodes {
    private Nodes() {}

    static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }

    static Node call(GraphBuilder b, String operation, Map<String, Double> attributes, Node... operands) {
        Operation found = Operations.find(operation);
        return found.call(b, List.of(operands), Attributes.of(found, attributes));
    }

    /** The sum of all. */
    static Node add(GraphBuilder b, Node first, Node... more) {
        Node sum = first;
        for (Node term : more) {
            sum = call(b, "+", sum, term);
        }
        return sum;
    }

    static Node sub(GraphBuilder b, Node x, Node y) {
        return call(b, "-", x, y);
    }

    /** The product of all, element by element. */
    static Node mul(GraphBuilder b, Node first, Node... more) {
        Node product = first;
        for (Node factor : more) {
            product = call(b, "*", product, factor);
        }
        return product;
    }

    static Node mul(GraphBuilder b, double c, Node x) {
        return mul(b, b.scalar(c), x);
    }

    static Node div(GraphBuilder b, Node x, Node y) {
        return call(b, "/", x, y);
    }

    static Node square(GraphBuilder b, Node x) {
        return call(b, "square", x);
    }

    static Node exp(GraphBuilder b, Node x) {
        return call(b, "exp", x);
    }

    static Node log(GraphBuilder b, Node x) {
        return call(b, "log", x);
    }

    /** The sum of all elements. */
    static Node sum(GraphBuilder b, Node x) {
        return call(b, "sum", x);
    }

    static Node sum(GraphBuilder b, Node x, int axis) {
        return call(b, "sum", Map.of("axis", (double) axis), x);
    }

    /** One index of an axis; the axis is removed. */
    static Node index(GraphBuilder b, Node x, int axis, int index) {
        return Indexing.index(b, x, axis, index);
    }

    /** Part of an axis, from {@code from} up to, not including, {@code to}. */
    static Node slice(GraphBuilder b, Node x, int axis, int from, int to) {
        return Indexing.slice(b, x, axis, from, to);
    }

    static Node reshape(GraphBuilder b, Node x, int... extents) {
        return Structure.reshape(b, x, Shape.of(extents));
    }

    static Node stack(GraphBuilder b, Node... rows) {
        return call(b, "stack", rows);
    }

    /** Elements of an axis at indices that are known. */
    static Node gather(GraphBuilder b, Node x, int axis, Tensor indices) {
        return call(b, "gather", Map.of("axis", (double) axis, "fill", 0.0), x, b.constant(indices));
    }
}
