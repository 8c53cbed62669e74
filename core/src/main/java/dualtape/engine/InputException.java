package dualtape.engine;

/** What the user gave is wrong: a program, a point, a name. The message says what was given, expected, where, and the mend. */
public class InputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With this message. */
    public InputException(String message) {
        super(message);
    }

    /** With this message and what led to it. */
    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
