package dualtape.engine;

import dualtape.ir.Node;
import dualtape.ir.Origin;

/**
 * A value that left the graph to steer the host: a condition, a trip count, an index. Where it would differ, the
 * recorded graph is not the function.
 *
 * @param node a scalar node of the traced graph's builder (kept as an extra output of {@link Traced#guarded})
 * @param kind how it was used
 * @param value what it was when recorded
 * @param origin where, or null
 */
public record Guard(Node node, Kind kind, double value, Origin origin) {
    /** How a value steered. */
    public enum Kind {
        /** A condition: only zero or not matters. */
        CONDITION,
        /** An index, a bound of a range, a shape: the number itself matters. */
        EXACT
    }

    /** Whether a replay that finds this value may go on. */
    public boolean holds(double now) {
        return kind == Kind.CONDITION ? (now != 0) == (value != 0) : now == value;
    }
}
