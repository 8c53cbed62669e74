package dualtape.autograd;

/** What {@link Autograd#grad} does about a variable on which the result does not depend. */
public enum Disconnected {
    /** Refuses. */
    ERROR,
    /** A zero of its shape, and a line on standard error. */
    WARN,
    /** A zero of its shape. */
    ZERO
}
