package dualtape.autograd;

/** A variable was used in a way that has no meaning; the message names the way out. */
public final class AutogradException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    AutogradException(String message) {
        super(message);
    }
}
