package dualtape.lang;

/** Text from outside made safe to show: control and direction characters appear as {@code <U+001B>}. */
public final class Visible {
    private static final int LONGEST_NAME = 40;

    private Visible() {}

    /** The text with characters that a terminal would act on, or that change the order of reading, written out. */
    public static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            int type = Character.getType(c);
            if (type == Character.CONTROL && c != '\n' || type == Character.FORMAT || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR) {
                shown.append(String.format(java.util.Locale.ROOT, "<U+%04X>", c));
            } else {
                shown.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return shown.toString();
    }

    /** A name in quotes, shortened. */
    public static String name(String name) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
        return "\"" + text(shown).replace("\n", "<U+000A>") + "\"";
    }
}
