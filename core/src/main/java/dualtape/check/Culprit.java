package dualtape.check;

import dualtape.ir.Origin;

/**
 * A place to blame.
 *
 * @param kind what is blamed
 * @param operation the operation's symbol
 * @param origin where it was written, or null
 * @param operand which operand its derivative is wrong by, as in {@code operand 1}, with its element; empty where that is not known
 * @param got what the engine gives there
 * @param expected what the witness says; NaN where it does not matter
 * @param note one line for people
 */
public record Culprit(Kind kind, String operation, Origin origin, String operand, double got, double expected,
        String note) {
    /** Kinds of places. */
    public enum Kind {
        /** An operation whose own derivative is wrong at the values that it has there. */
        OPERATION,
        /** The smallest part of the function whose derivative is wrong, though each of its operations is right alone. */
        SUBEXPRESSION,
        /** The first operation whose value is not finite. */
        NAN_FORWARDS,
        /** The first operation of the derivative whose value is not finite though all that it reads is. */
        NAN_BACKWARDS
    }

    /** Where, as in {@code log at program:1:5}. */
    public String where() {
        return operation + (origin == null ? "" : " at " + origin);
    }
}
