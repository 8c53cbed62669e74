package dualtape.ir;

import java.util.List;

/** An operation that runs graphs: a loop, a branch, a user's own. Its kernel is made from theirs. */
public interface Bodied extends Op {
    /** The graphs that it runs. */
    List<Graph> bodies();

    /** The fast form over doubles for operands of these shapes. */
    Kernel kernel(List<Shape> operands, Bodies bodies);

    /**
     * Shows one run over these operands, body by body and trip by trip, for those who look inside: edges, a wrong operation. By
     * default nothing is shown.
     */
    default <V> void visit(List<V> operands, Visitor<V> visitor) {}

    /**
     * Who looks inside; it runs the bodies itself.
     *
     * @param <V> its values
     */
    interface Visitor<V> {
        /** The results of a body; null if enough has been seen. */
        List<V> run(Graph body, List<V> inputs);

        /** The number that steers. */
        double number(V single);

        /** One slice along the first axis. */
        V slice(V sequence, int index);
    }

    /** Makes bodies ready to run. */
    interface Bodies {
        /** Lowers a body, once. */
        Body of(Graph graph);
    }

    /** A lowered body, shared between threads. */
    interface Body {
        /** The memory in which one thread runs it. */
        Runner runner();

        /** The doubles that a runner holds. */
        long doubles();
    }

    /** A body that one thread runs over and over. */
    interface Runner {
        /** An input is read from this array, from this offset on, at every run from now on. Kept by reference. */
        void bind(int input, double[] array, int offset);

        /** Runs the body over the bound inputs. */
        void run();

        /** Copies an output to an array, after a run. */
        void copy(int output, double[] target, int offset);

        /** The single number of an output, after a run. */
        double scalar(int output);
    }
}
