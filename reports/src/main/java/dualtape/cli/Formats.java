package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.lang.Visible;

/** The option {@code --format}: for people or for programs. */
final class Formats {
    private Formats() {}

    /**
     * Whether the format is JSON, not text.
     *
     * @throws InputException if it is neither
     */
    static boolean isJson(String format) {
        if (!format.equals("text") && !format.equals("json")) {
            throw new InputException("unknown format \"" + Visible.text(format) + "\"; the formats are text, json");
        }
        return format.equals("json");
    }
}
