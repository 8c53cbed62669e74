package dualtape.report;

import java.util.ArrayList;
import java.util.List;

/** Text by the columns that it takes in a terminal: Chinese signs take two, marks upon a letter none. */
public final class Columns {
    private static final int[][] WIDE = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0xA4CF}, {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F},
        {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};
    private static final String NEVER_FIRST = "，。；：！？、）】》」』,.;:!?)]}";
    private static final String NEVER_LAST = "（【《「『([{";

    private Columns() {}

    /** How many columns a text takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += width(text.codePointAt(i));
        }
        return width;
    }

    private static int width(int point) {
        if (point < WIDE[0][0]) {
            return point < 0x300 || Character.getType(point) != Character.NON_SPACING_MARK ? 1 : 0;
        }
        return isWide(point) ? 2 : Character.getType(point) == Character.NON_SPACING_MARK ? 0 : 1;
    }

    private static boolean isWide(int point) {
        for (int[] range : WIDE) {
            if (point >= range[0] && point <= range[1]) {
                return true;
            }
        }
        return false;
    }

    /** Two texts, with a space between them unless they meet in a Chinese sign. */
    public static String joined(String first, String second) {
        return first.isEmpty() || second.isEmpty() || isWide(first.codePointBefore(first.length()))
                || isWide(second.codePointAt(0)) ? first + second : first + " " + second;
    }

    /**
     * A text in lines of a width, broken at spaces and between Chinese signs, but not before a closing mark or after an opening
     * one.
     *
     * @param continued what stands before each line but the first, behind the text's own indent
     */
    public static List<String> wrapped(String text, int width, String continued) {
        String indent = text.substring(0, text.length() - text.stripLeading().length()) + continued;
        List<String> parts = new ArrayList<>();
        String rest = text;
        for (int end = end(rest, width); end < rest.length(); end = end(rest, width)) {
            int from = rest.length() - rest.stripLeading().length();
            int at = end;
            while (at > from && !mayBreak(rest, at)) {
                at--;
            }
            at = at <= from ? Math.max(end, from + 1) : at;
            parts.add(rest.substring(0, at).stripTrailing());
            rest = indent + rest.substring(at).stripLeading();
            if (rest.isBlank()) {
                return parts;
            }
        }
        parts.add(rest);
        return parts;
    }

    /** As much of a text as goes into a width. */
    public static String start(String text, int width) {
        return text.substring(0, end(text, width));
    }

    /** How much of a text goes into a width. */
    private static int end(String text, int width) {
        int room = width;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            room -= width(text.codePointAt(i));
            if (room < 0) {
                return i;
            }
        }
        return text.length();
    }

    private static boolean mayBreak(String text, int at) {
        char next = text.charAt(at);
        int last = text.codePointBefore(at);
        return next == ' ' || (isWide(last) || isWide(text.codePointAt(at))) && !Character.isLowSurrogate(next)
                && NEVER_FIRST.indexOf(next) < 0 && NEVER_LAST.indexOf(last) < 0 && last != ' ';
    }
}
