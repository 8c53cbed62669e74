package dualtape.lang;

import dualtape.engine.InputException;

/** An error in a program: where it is, the line with a caret below it, and the mend. */
public final class LanguageException extends InputException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    LanguageException(int line, int column, String message, SyntaxException cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
    }

    /** The index into the text, in code points. */
    int at() {
        return ((SyntaxException) getCause()).at();
    }

    /** The message without the place. */
    String reason() {
        return getCause().getMessage();
    }

    /** The line, counted from 1. */
    public int line() {
        return line;
    }

    /** The column, counted from 1 in characters. */
    public int column() {
        return column;
    }
}
