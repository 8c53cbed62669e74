package dualtape.lang;

import dualtape.ir.Origin;

/** The text of a program and the way from an index in it to line, column and a drawing of the place. */
final class Place {
    private static final int WINDOW = 80;
    private static final int LONGEST = 1_000;

    private final String source;
    private final String text;
    private int lastIndex;
    private int lastLine = 1;
    private int lastStart;

    Place(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /** Where an index is; cheap when asked in increasing order. */
    Origin origin(int index) {
        if (index < lastIndex) {
            lastIndex = 0;
            lastLine = 1;
            lastStart = 0;
        }
        int end = Math.min(index, text.length());
        for (; lastIndex < end; lastIndex++) {
            if (text.charAt(lastIndex) == '\n') {
                lastLine++;
                lastStart = lastIndex + 1;
            }
        }
        return new Origin(source, lastLine, index - lastStart + 1);
    }

    /** The error at an index: its place, the line, a caret. */
    LanguageException error(int index, String message) {
        int at = Math.max(0, Math.min(index, text.length()));
        Origin origin = origin(at);
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int end = text.indexOf('\n', at);
        String line = text.substring(start, end < 0 ? text.length() : end);
        int caret = at - start;
        int from = Math.max(0, Math.min(caret - WINDOW / 2, line.length() - WINDOW));
        int to = Math.min(line.length(), from + WINDOW);
        String head = from > 0 ? "... " : "";
        String shown = Visible.text(line.substring(from, to));
        int indent = Visible.text(line.substring(from, Math.min(caret, to))).length() + head.length();
        String where = "line " + origin.line() + ", column " + origin.column() + ": ";
        String picture = "\n  " + head + shown + (to < line.length() ? " ..." : "") + "\n  " + " ".repeat(indent) + "^";
        String cut = Visible.text(message);
        int room = LONGEST - where.length() - picture.length();
        if (cut.length() > room) {
            cut = cut.substring(0, room - 4) + " ...";
        }
        return new LanguageException(origin.line(), origin.column(), where + cut + picture);
    }
}
