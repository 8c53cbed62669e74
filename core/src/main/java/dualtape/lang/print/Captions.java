package dualtape.lang.print;

import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.ir.Numerals;
import java.util.List;

/** What a drawing of a graph says of its nodes. */
public interface Captions {
    /** How a node appears. */
    enum Place {
        /** With a box of its own. */
        DRAWN,
        /** Not at all: its uses say it. */
        HIDDEN,
        /** Together with all other elided ones in one box that says how many operations they are. */
        ELIDED
    }

    /** How a node appears. */
    Place place(Node node);

    /** The first line of its box. */
    String title(Node node);

    /** Further lines, as in {@code data 2} and {@code grad 5.5}. */
    default List<String> lines(Node node) {
        return List.of();
    }

    /** Whether it is drawn pale: it takes no part in what the drawing is about. */
    default boolean pale(Node node) {
        return false;
    }

    /** A graph alone: names, operations, and shapes where they are not scalars. */
    static Captions of(Graph graph) {
        return new Captions() {
            @Override
            public Place place(Node node) {
                return Place.DRAWN;
            }

            @Override
            public String title(Node node) {
                if (node instanceof Node.Constant constant) {
                    Tensor value = constant.value();
                    return value.size() == 1 ? Numerals.text(value.at(0)) : "constant " + value.shape();
                }
                String name = graph.name(node);
                String symbol = node instanceof Node.Result result ? result.application().op().symbol() : "";
                String both = name == null ? symbol : symbol.isEmpty() ? name : name + " = " + symbol;
                return node.shape().isScalar() ? both : both + " " + node.shape();
            }
        };
    }
}
