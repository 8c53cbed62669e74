package dualtape.explain;

import java.util.function.Function;

/** How an explanation is printed. */
public enum Format {
    /** Tables for a terminal. */
    TEXT(TextExplanation::of),
    /** One object, for programs. */
    JSON(JsonExplanation::of),
    /** A drawing for Graphviz. */
    DOT(DrawnExplanation::dot),
    /** A drawing for Mermaid. */
    MERMAID(DrawnExplanation::mermaid),
    /** A document for pdflatex. */
    LATEX(LatexExplanation::of);

    private final Function<Explanation, String> printer;

    Format(Function<Explanation, String> printer) {
        this.printer = printer;
    }

    /** The explanation in this format, with a line end behind it. */
    public String print(Explanation explanation) {
        return printer.apply(explanation);
    }
}
