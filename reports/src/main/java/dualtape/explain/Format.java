package dualtape.explain;

import dualtape.report.Messages;
import java.util.function.BiFunction;

/** How an explanation is printed. */
public enum Format {
    /** Tables for a terminal. */
    TEXT(TextExplanation::of),
    /** One object, for programs. */
    JSON((explanation, messages) -> JsonExplanation.of(explanation)),
    /** A drawing for Graphviz. */
    DOT(DrawnExplanation::dot),
    /** A drawing for Mermaid. */
    MERMAID(DrawnExplanation::mermaid),
    /** A document for pdflatex. */
    LATEX(LatexExplanation::of);

    private final BiFunction<Explanation, Messages, String> printer;

    Format(BiFunction<Explanation, Messages, String> printer) {
        this.printer = printer;
    }

    /** The explanation in this format and in English, with a line end behind it. */
    public String print(Explanation explanation) {
        return print(explanation, Messages.ENGLISH);
    }

    /** The same in another language; JSON has none. */
    public String print(Explanation explanation, Messages messages) {
        return printer.apply(explanation, messages);
    }
}
