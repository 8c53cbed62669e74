package dualtape.demo;

import dualtape.ir.Numerals;
import dualtape.ir.Tensor;
import dualtape.report.TensorText;
import java.io.PrintStream;

/** What a lesson writes on, 100 columns wide: sentences, and lines of code with what they give. */
final class Board {
    private static final int WIDTH = 98;
    private static final int CODE = 46;
    private static final int SHOWN = 20;

    private final PrintStream out;
    private final StringBuilder paragraph = new StringBuilder();

    Board(PrintStream out) {
        this.out = out;
    }

    /** A sentence; those that follow each other are one paragraph. */
    void say(String sentence) {
        paragraph.append(paragraph.length() == 0 ? "" : " ").append(sentence);
    }

    /** A heading, after an empty line. */
    void head(String heading) {
        end();
        out.println();
        out.println(heading);
    }

    /** A line of code. */
    void code(String code) {
        end();
        out.println("  " + code);
    }

    /** A line of code and what it gives. */
    void show(String code, Object result) {
        code(code + " ".repeat(Math.max(1, CODE - code.length())) + text(result));
    }

    /** A block as it stands, after an empty line. */
    void block(String text) {
        end();
        text.lines().forEach(line -> out.println(line.isEmpty() ? "" : "  " + line));
    }

    /** What was said instead of a result. */
    void message(String text) {
        end();
        wrapped(text, "  ");
    }

    /** Ends the paragraph. */
    void end() {
        if (paragraph.length() > 0) {
            wrapped(paragraph.toString(), "");
            paragraph.setLength(0);
        }
    }

    private void wrapped(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    private static String text(Object result) {
        return result instanceof Tensor tensor ? TensorText.of(tensor, SHOWN)
                : result instanceof Double number ? Numerals.text(number) : String.valueOf(result);
    }
}
