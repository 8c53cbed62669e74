package dualtape.lang;

import dualtape.ir.Origin;
import java.util.Arrays;

/**
 * The text of a program, and the way from an index in it to line, column and a drawing of the place. Indices and columns
 * count characters as people see them (code points), so that a letter outside the basic plane is one.
 */
final class Place {
    private static final int WINDOW = 80;
    private static final int LONGEST = 900;

    private final String source;
    private final String text;
    private int[] starts = new int[16];
    private int lines;

    Place(String source, String text) {
        this.source = source;
        this.text = text;
        add(0);
        int index = 0;
        for (int i = 0; i < text.length(); i++, index++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                add(index + 1);
            } else
                if (Character.isHighSurrogate(c) && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                            i++;
                        }
        }
    }

    private void add(int start) {
        if (lines == starts.length) {
            starts = Arrays.copyOf(starts, 2 * lines);
        }
        starts[lines++] = start;
    }

    /** Where an index is. */
    Origin origin(int index) {
        int line = line(index);
        return new Origin(source, line + 1, index - starts[line] + 1);
    }

    /** The line of an index, counted from 0. */
    private int line(int index) {
        int found = Arrays.binarySearch(starts, 0, lines, index);
        return found >= 0 ? found : -found - 2;
    }

    /** The error at an index: its place, the message, the line and a caret. */
    LanguageException error(SyntaxException e) {
        int at = Math.max(0, e.at());
        Origin origin = origin(at);
        String where = "line " + origin.line() + ", column " + origin.column() + ": ";
        String picture = "\n" + picture(at);
        String message = Visible.shortened(Visible.text(Visible.shortened(e.getMessage(), LONGEST)),
                LONGEST - where.length() - picture.length());
        return new LanguageException(origin.line(), origin.column(), where + message + picture, e);
    }

    /** The limit that was reached at an index, with its place. */
    dualtape.engine.LimitException limit(int at, String message) {
        return new dualtape.engine.LimitException(error(new SyntaxException(at, message)).getMessage());
    }

    /** A window of the line around an index, and a caret below it. */
    private String picture(int at) {
        int line = line(at);
        int first = text.offsetByCodePoints(0, starts[line]);
        int[] shown = text.substring(first, lineEnd(first)).codePoints().toArray();
        int caret = Math.min(at - starts[line], shown.length);
        int from = caret;
        int to = caret;
        int room = WINDOW;
        while (from > 0 && room - width(shown[from - 1]) >= WINDOW / 2) {
            room -= width(shown[--from]);
        }
        while (to < shown.length && room >= width(shown[to])) {
            room -= width(shown[to++]);
        }
        while (from > 0 && room >= width(shown[from - 1])) {
            room -= width(shown[--from]);
        }
        String head = from > 0 ? "... " : "";
        return "  " + head + drawn(shown, from, to) + (to < shown.length ? " ..." : "") + "\n  "
                + " ".repeat(head.length() + columns(shown, from, caret)) + "^";
    }

    private int lineEnd(int first) {
        int end = first;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static String drawn(int[] characters, int from, int to) {
        StringBuilder drawn = new StringBuilder();
        for (int i = from; i < to; i++) {
            drawn.append(characters[i] == '\t' ? " " : Visible.character(characters[i]));
        }
        return drawn.toString();
    }

    private static int columns(int[] characters, int from, int to) {
        int columns = 0;
        for (int i = from; i < to; i++) {
            columns += width(characters[i]);
        }
        return columns;
    }

    /** The columns that a character takes in a terminal. */
    private static int width(int c) {
        if (c == '\t') {
            return 1;
        }
        boolean wide = c >= 0x1100 && (c <= 0x115F || Character.isIdeographic(c) || c >= 0x3041 && c <= 0x33FF
                || c >= 0xAC00 && c <= 0xD7A3 || c >= 0xFF01 && c <= 0xFF60 || c >= 0x1F300 && c <= 0x1FAFF);
        String shown = Visible.character(c);
        return wide && shown.length() <= 2 ? 2 : shown.codePointCount(0, shown.length());
    }
}
