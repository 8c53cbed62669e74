package dualtape.lang;

/** Something wrong at a place of a program, before its line has been looked up. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int at;

    /** At an index into the text, counted in code points. */
    SyntaxException(int at, String message) {
        super(message);
        this.at = at;
    }

    int at() {
        return at;
    }
}
