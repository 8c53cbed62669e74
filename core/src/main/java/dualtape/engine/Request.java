package dualtape.engine;

import dualtape.ir.Conventions;
import java.util.List;

/**
 * What to derive, and how.
 *
 * @param operator what
 * @param wrt names of inputs, in the order wanted
 * @param conventions what is used at edges
 * @param nesting how second derivatives nest; null for the engine's own way
 */
public record Request(Operator operator, List<String> wrt, Conventions conventions, Nesting nesting) {
    /** Keeps its own list. */
    public Request {
        wrt = List.copyOf(wrt);
    }

    /** This operator by these inputs, with the conventions of the least norm. */
    public static Request of(Operator operator, List<String> wrt) {
        return new Request(operator, wrt, Conventions.MINNORM, null);
    }

    /** The same for another operator. */
    public Request with(Operator other) {
        return new Request(other, wrt, conventions, nesting);
    }

    /** The same with other conventions. */
    public Request with(Conventions other) {
        return new Request(operator, wrt, other, nesting);
    }

    /** The same with second derivatives nested in this way; null for the engine's own way. */
    public Request with(Nesting other) {
        return new Request(operator, wrt, conventions, other);
    }
}
