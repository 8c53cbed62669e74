package dualtape.lang;

import java.util.Locale;

/** Text from outside made safe to show: control and direction characters appear as {@code <U+001B>}. */
public final class Visible {
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_FILE = 120;
    private static final int LONGEST_MESSAGE = 1_000;

    private Visible() {}

    /**
     * The text with characters written out that a terminal would act on, that change the order of reading, or that cannot
     * be seen. Line ends stay.
     */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.append(c == '\n' ? "\n" : character(c)));
        return shown.toString();
    }

    /** One character, written out if it cannot be shown as it is. */
    static String character(int c) {
        boolean safe = switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE, Character.UNASSIGNED ->
                false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
        return safe ? Character.toString(c) : String.format(Locale.ROOT, "<U+%04X>", c);
    }

    /** A name in quotes, on one line, shortened. */
    public static String name(String name) {
        boolean longer = name.codePointCount(0, Math.min(name.length(), 2 * LONGEST_NAME + 2)) > LONGEST_NAME;
        String shown = longer ? name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "..." : name;
        return "\"" + text(shown).replace("\n", "<U+000A>") + "\"";
    }

    /** A name as in {@link #name}, without the quotes. */
    public static String bare(String name) {
        String quoted = name(name);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** A file's name in quotes; of a long one the end. */
    public static String file(String file) {
        String shown = text(file).replace("\n", "<U+000A>");
        int from = shown.length() - LONGEST_FILE;
        return from <= 0 ? "\"" + shown + "\"" : "\"..." + shown.substring(from) + "\"";
    }

    /** A message, safe to show and of at most 1,000 characters. */
    public static String message(String message) {
        return shortened(text(message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE + 1) : message),
                LONGEST_MESSAGE);
    }

    /** A text of at most {@code longest} characters. */
    static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - 4;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + " ...";
    }
}
