package dualtape.demo;

import dualtape.ir.Numerals;
import dualtape.ir.Tensor;
import dualtape.report.Columns;
import dualtape.report.Messages;
import dualtape.report.TensorText;
import java.io.PrintStream;

/**
 * What a lesson writes on, 100 columns wide: sentences, which are {@link Messages} in the reader's language, and lines of code
 * with what they give.
 */
final class Board {
    private static final int WIDTH = 98;
    private static final int CODE = 46;
    private static final int SHOWN = 20;

    private final PrintStream out;
    private final Messages messages;
    private String paragraph = "";

    Board(PrintStream out, Messages messages) {
        this.out = out;
        this.messages = messages;
    }

    /** The language. */
    Messages messages() {
        return messages;
    }

    /** A text of the lesson, to stand within something else. */
    String text(String key, Object... arguments) {
        return messages.text(key, arguments);
    }

    /** A sentence; those that follow each other are one paragraph. */
    void say(String key, Object... arguments) {
        paragraph = Columns.joined(paragraph, text(key, arguments));
    }

    /** A heading, after an empty line. */
    void head(String key, Object... arguments) {
        end();
        out.println();
        out.println(text(key, arguments));
    }

    /** A line of code. */
    void code(String code) {
        end();
        out.println("  " + code);
    }

    /** A line of code and what it gives. */
    void show(String code, Object result) {
        code(code + " ".repeat(Math.max(1, CODE - Columns.width(code))) + text(result));
    }

    /** A block as it stands, after an empty line. */
    void block(String text) {
        end();
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    /** What was said instead of a result. */
    void message(String key, Object... arguments) {
        end();
        wrapped("  " + text(key, arguments));
    }

    /** Ends the paragraph. */
    void end() {
        if (!paragraph.isEmpty()) {
            wrapped(paragraph);
            paragraph = "";
        }
    }

    private void wrapped(String text) {
        Columns.wrapped(text, WIDTH, "").forEach(out::println);
    }

    private static String text(Object result) {
        return result instanceof Tensor tensor ? TensorText.of(tensor, SHOWN)
                : result instanceof Double number ? Numerals.text(number) : String.valueOf(result);
    }
}
