package dualtape.op;

/**
 * A place where an operation has no derivative, or none that everybody agrees on, and what is used there.
 *
 * @param kind kink, tie, pole, domain end, jump
 * @param where the condition, as in {@code x = 0}
 * @param convention the value and slope used there, as in {@code slope 0}
 */
public record Edge(Kind kind, String where, String convention) {
    /** Kinds of edges. */
    public enum Kind {
        /** One-sided slopes differ. */
        KINK,
        /** Several operands are selected alike. */
        TIE,
        /** The value or the slope is infinite. */
        POLE,
        /** The domain ends. */
        DOMAIN,
        /** The value jumps. */
        JUMP
    }
}
