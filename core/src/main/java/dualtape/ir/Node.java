package dualtape.ir;

import java.util.List;

/**
 * One value in a graph: an input, a constant, or a result of an application. Nodes are shared, so {@code equals} is
 * identity and {@code toString} short.
 */
public abstract sealed class Node {
    private final int number;
    private final Shape shape;

    private Node(int number, Shape shape) {
        this.number = number;
        this.shape = shape;
    }

    /** The position in the builder that made it: operands have smaller numbers than results. */
    public final int number() {
        return number;
    }

    /** The shape. */
    public final Shape shape() {
        return shape;
    }

    /** The shapes of some nodes. */
    static List<Shape> shapes(List<Node> nodes) {
        return switch (nodes.size()) { // without a stream: it is asked for every application of a graph of millions
            case 1 -> List.of(nodes.get(0).shape);
            case 2 -> List.of(nodes.get(0).shape, nodes.get(1).shape);
            default -> nodes.stream().map(Node::shape).toList();
        };
    }

    @Override
    public String toString() {
        return "%" + number;
    }

    /** A value that is bound when the graph runs. */
    public static final class Input extends Node {
        private final String name;

        Input(int number, Shape shape, String name) {
            super(number, shape);
            this.name = name;
        }

        /** The name, unique in its graph. */
        public String name() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A value that is known. */
    public static final class Constant extends Node {
        private final Tensor value;

        Constant(int number, Tensor value) {
            super(number, value.shape());
            this.value = value;
        }

        /** The value. */
        public Tensor value() {
            return value;
        }
    }

    /** A result of an application. */
    public static final class Result extends Node {
        private final Application application;
        private final int index;

        Result(int number, Shape shape, Application application, int index) {
            super(number, shape);
            this.application = application;
            this.index = index;
        }

        /** The application. */
        public Application application() {
            return application;
        }

        /** Which of its results. */
        public int index() {
            return index;
        }
    }
}
