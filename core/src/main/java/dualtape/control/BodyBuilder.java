package dualtape.control;

import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The builder of a body. It adopts nodes of the builder around it, and through that of all further out, as inputs. */
final class BodyBuilder extends GraphBuilder {
    private final GraphBuilder outer;
    private final Map<Node, Node.Input> adopted = new LinkedHashMap<>();

    BodyBuilder(GraphBuilder outer) {
        super(outer.conventions());
        this.outer = outer;
    }

    List<Node> inputs(String name, List<Shape> shapes) {
        List<Node> inputs = new ArrayList<>();
        for (Shape shape : shapes) {
            inputs.add(input(name + " " + inputs.size(), shape));
        }
        return inputs;
    }

    @Override
    public List<Node> apply(Op op, List<Node> operands) {
        List<Node> own = new ArrayList<>(operands.size());
        operands.forEach(operand -> own.add(own(operand)));
        return super.apply(op, own);
    }

    /** A node of this builder: the node itself, or the input that stands for it. */
    private Node own(Node node) {
        if (owns(node)) {
            return node;
        }
        Node around = outer instanceof BodyBuilder body ? body.own(node) : node;
        Node.Input known = adopted.get(around);
        if (known == null) {
            known = input("outer " + adopted.size(), node.shape());
            adopted.put(around, known);
        }
        return known;
    }

    @SafeVarargs
    final List<Node> own(List<Node>... lists) {
        List<Node> own = new ArrayList<>();
        for (List<Node> list : lists) {
            list.forEach(node -> own.add(own(node)));
        }
        return own;
    }

    /** The nodes around that the body uses, as nodes of the builder around it. */
    List<Node> captured() {
        return List.copyOf(adopted.keySet());
    }

    /** The body as a graph whose first inputs are {@code captured}, used or not, and then its own. */
    Graph graph(List<Node> captured, List<Node> outputs) {
        List<Node.Input> own = new ArrayList<>(inputs());
        own.removeAll(adopted.values());
        List<Node.Input> order = new ArrayList<>();
        for (int i = 0; i < captured.size(); i++) {
            Node.Input input = adopted.get(captured.get(i));
            order.add(input != null ? input : input("unread " + i, captured.get(i).shape()));
        }
        order.addAll(own);
        return graph(outputs).select(order, outputs);
    }
}
