package dualtape.ir;

import java.util.List;

/** An operation applied to nodes. Identity {@code equals}: nodes are shared, and comparing them must not walk a graph. */
public final class Application {
    private final Op op;
    private final List<Node> operands;
    private final List<Node> results;
    private final Origin origin;

    Application(Op op, List<Node> operands, List<Shape> shapes, int firstNumber, Origin origin) {
        this.op = op;
        this.operands = List.copyOf(operands);
        this.origin = origin;
        Node[] nodes = new Node[shapes.size()];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new Node.Result(firstNumber + i, shapes.get(i), this, i);
        }
        this.results = List.of(nodes);
    }

    /** The operation. */
    public Op op() {
        return op;
    }

    /** What it is applied to. */
    public List<Node> operands() {
        return operands;
    }

    /** What it gives. */
    public List<Node> results() {
        return results;
    }

    /** Where it was written, or null. */
    public Origin origin() {
        return origin;
    }

    /** The operands' shapes. */
    public List<Shape> operandShapes() {
        return Node.shapes(operands);
    }

    /** The number of elementary operations. */
    public long work() {
        return op.work(operandShapes());
    }

    /** Short, not the whole expression: as in {@code %7 = sin(%3)}. */
    @Override
    public String toString() {
        return results + " = " + op.symbol() + operands;
    }
}
