package dualtape.engine;

/** A limit was reached. The message names the limit, what was met, and the option that raises it. */
public final class LimitException extends InputException {
    private static final long serialVersionUID = 1;

    /** With this message. */
    public LimitException(String message) {
        super(message);
    }
}
