package dualtape.ir;

/** Operands whose shapes do not fit an operation. The message says what was given, what was expected and the mend. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With this message. */
    public ShapeException(String message) {
        super(message);
    }
}
