package dualtape.ir;

import java.util.List;

/**
 * Pushforward and pullback of an operation written out, side by side, for the few operations that rules per operand
 * cannot express: loops, branches, factorisations, a user's own.
 */
public interface Whole {

    /**
     * Values and tangents of the results together (the JVP of a scan is one scan).
     *
     * @param x the operands
     * @param dx their tangents; null where an operand does not vary
     * @return tangents null where a result does not vary
     */
    <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx);

    /**
     * The same operation with the extra results that its pullback reads appended (a scan's stored carries). Itself if
     * it needs none.
     */
    Op recording();

    /**
     * Adjoints of the operands.
     *
     * @param y the results of {@link #recording}
     * @param by the adjoints of the first results; null where one has none
     * @param wanted which operands' adjoints are needed
     * @return one an operand; null where it was not wanted or is zero
     */
    <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted);

    /** Values and tangents of the results of one operation. */
    record Both<V>(List<V> values, List<V> tangents) {}

    /** Forward accumulation of a body graph, handed in by the running engine. */
    interface Forward {
        /**
         * The pushforward of a body.
         *
         * @param active which inputs vary
         * @return a graph from the inputs and then the tangents of the active ones, to the outputs and then the tangents
         *     of all outputs (zero where they do not vary)
         */
        Graph pushforward(Graph body, boolean[] active);
    }

    /** Reverse accumulation of a body graph, handed in by the running engine. */
    interface Reverse {
        /**
         * The pullback of a body.
         *
         * @param seeded which outputs have an adjoint
         * @param wanted which inputs' adjoints are needed
         * @return a graph from the inputs and then the adjoints of the seeded outputs, to the adjoints of the wanted
         *     inputs (zero where there is no path)
         */
        Graph pullback(Graph body, boolean[] seeded, boolean[] wanted);
    }
}
