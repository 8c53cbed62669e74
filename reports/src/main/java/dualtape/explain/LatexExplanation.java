package dualtape.explain;

import dualtape.engine.Cost;
import dualtape.explain.Formula.Kind;
import dualtape.explain.Formula.Symbol;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.print.ExpressionPrinter;
import dualtape.report.TensorText;
import dualtape.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The textbook tables as a document for {@code pdflatex}: the forward primal and tangent trace, the reverse primal trace
 * beside the adjoint trace in reverse order, what was dropped, what it cost. Its tables can be pasted elsewhere.
 */
final class LatexExplanation {
    private static final int LONGEST = 600;
    private static final int ELEMENTS = 6;
    private static final int COLUMNS = 3;
    private static final String BEGIN = """
            %% Compile with pdflatex. The tables need the packages amsmath, array and longtable.
            \\documentclass{article}
            \\usepackage{amsmath,array,longtable}
            \\usepackage[a4paper,landscape,margin=15mm]{geometry}
            \\setlength{\\parindent}{0pt}
            \\setlength{\\extrarowheight}{3pt}
            \\newcolumntype{M}[1]{>{\\raggedright\\arraybackslash$\\displaystyle}p{#1\\linewidth}<{$}}
            \\newcolumntype{R}[1]{>{\\raggedleft\\arraybackslash$}p{#1\\linewidth}<{$}}
            \\begin{document}
            """.replace("%%", "%");

    private final Explanation e;
    private final Labels labels;
    private final int elements;
    private final StringBuilder text = new StringBuilder(BEGIN);

    private LatexExplanation(Explanation explanation) {
        this.e = explanation;
        this.labels = explanation.labels();
        this.elements = explanation.all() ? Integer.MAX_VALUE : ELEMENTS;
    }

    static String of(Explanation explanation) {
        LatexExplanation latex = new LatexExplanation(explanation);
        latex.program();
        latex.forward();
        latex.reverse();
        latex.costs();
        return latex.text.append("\\end{document}\n").toString();
    }

    private void program() {
        text.append("\\begin{verbatim}\n");
        e.program().strip().lines().limit(20).forEach(line -> {
            String shown = line.length() > 120 ? line.substring(0, 116) + " ..." : line;
            shown.codePoints().forEach(c -> text.append(
                    c < 127 ? Character.toString(c) : "<U+" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ">"));
            text.append('\n');
        });
        int end = text.indexOf("\\end{verbatim}");
        if (end >= 0) { // in a comment of the program
            text.insert(end + 1, ' ');
        }
        text.append("\\end{verbatim}\nThe value is ").append(math(value(e.value())))
                .append(e.wrt().isEmpty() ? ".\n\n" : "; differentiated by "
                        + (e.wrt().size() > 12 ? e.wrt().size() + " inputs"
                                : String.join(", ", e.wrt().stream()
                                        .map(name -> math(ExpressionPrinter.latexName(name))).toList()))
                        + ".\n\n");
    }

    private void forward() {
        int directions = e.forward().directions().size();
        text.append("\\section*{Forward accumulation}\nA pass a direction gives each value and its tangent, "
                + "$\\dot{v} = \\partial v / \\partial x$.\n\n");
        for (int from = 0; from == 0 || from < directions; from += COLUMNS) {
            forward(from, Math.min(directions, from + COLUMNS));
        }
        long more = e.forward().passes() - directions;
        if (more > 0) {
            text.append(String.format(Locale.ROOT, "%,d more passes are left out.\n\n", more));
        }
    }

    private void forward(int from, int to) {
        text.append("\\begin{longtable}{M{0.26}lM{0.28}").append("R{0.1}".repeat(to - from)).append("}\n\\hline\n")
                .append("\\text{Forward primal trace} & shape & \\text{Forward tangent trace}");
        for (int i = from; i < to; i++) {
            text.append(" & \\text{by }").append(direction(e.forward().directions().get(i)));
        }
        text.append(" \\\\ \\hline \\endhead\n");
        int row = 0;
        for (Node node : e.rows().shown()) {
            if (gap(row++)) {
                text.append(more()).append(" & & ").append(" & ".repeat(to - from)).append("\\\\\n");
            }
            Formula formula = e.forward().formula(node);
            text.append(primal(node)).append(" & ").append(shape(node)).append(" & ")
                    .append(name(Kind.TANGENT, node))
                    .append(formula == null ? "" : " = " + formula.latex(labels, LONGEST));
            for (int i = from; i < to; i++) {
                text.append(" & ").append(value(e.forward().tangents(node).get(i)));
            }
            text.append(" \\\\\n");
        }
        text.setLength(text.length() - 1);
        text.append("[4pt] \\hline\n\\end{longtable}\n\n");
    }

    private void reverse() {
        text.append("\\section*{Reverse accumulation}\n");
        text.append(String.format(Locale.ROOT, "\\textbf{1. Build the graph:} %,d operations, %,d inputs.\n",
                e.graph().applications().size(), e.graph().inputs().size()));
        text.append("\\textbf{2. Run and store:} the left column, from the top to the bottom; "
                + "$\\ast$ is read on the way back.\n"
                + "\\textbf{3. Go back, drop what is not needed:} the right column, from the top to the bottom; "
                + "the adjoint $\\bar{v}$ is the derivative of the result by~$v$, a sum over the uses of~$v$.\n\n");
        List<String> run = new ArrayList<>();
        List<String> back = new ArrayList<>();
        int row = 0;
        List<Node> shown = e.rows().shown();
        for (Node node : shown) {
            if (gap(row++)) {
                run.add(more() + " & ");
            }
            run.add(primal(node) + (e.reverse().isRead(node) ? " \\;\\ast" : "") + " & " + shape(node));
        }
        for (int i = shown.size() - 1; i >= 0; i--) {
            if (e.reverse().sum(shown.get(i)) != null) {
                back.add(adjoint(shown.get(i)) + " & " + shape(shown.get(i)));
            }
            if (gap(i)) {
                back.add(more() + " & ");
            }
        }
        text.append("\\begin{longtable}{M{0.36}lM{0.46}l}\n\\hline\n\\text{Forward primal trace} & shape & "
                + "\\text{Reverse adjoint trace} & shape \\\\ \\hline \\endhead\n");
        for (int i = 0; i < Math.max(run.size(), back.size()); i++) {
            text.append(i < run.size() ? run.get(i) : " & ").append(" & ").append(i < back.size() ? back.get(i) : " & ")
                    .append(" \\\\\n");
        }
        text.setLength(text.length() - 1);
        text.append("[4pt] \\hline\n\\end{longtable}\n\n");
        List<Node> dropped = new ArrayList<>(e.reverse().independent());
        dropped.addAll(e.reverse().unreached());
        text.append("Dropped: ").append(dropped.isEmpty() ? "nothing" : names(dropped)).append(".\n\n");
    }

    private String adjoint(Node node) {
        ReverseTrace.Sum sum = e.reverse().sum(node);
        StringBuilder formulas = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (ReverseTrace.Part part : sum.parts()) {
            Formula formula = e.reverse().formula(part);
            String value = value(part.value());
            formulas.append(formulas.length() == 0 ? "" : " + ")
                    .append(formula == null ? value : formula.latex(labels, LONGEST));
            values.append(values.length() == 0 ? "" : " + ").append(value.startsWith("-") ? "(" + value + ")" : value);
        }
        if (sum.elided() > 0) {
            formulas.append(" + \\cdots");
            values.append(" + \\cdots");
        }
        boolean seed = sum.parts().size() == 1 && sum.parts().get(0).by() == null;
        return name(Kind.ADJOINT, node) + (seed ? "" : " = " + formulas)
                + (sum.parts().size() > 1 ? " = " + values : "") + " = " + value(sum.value());
    }

    private void costs() {
        text.append("\\begin{tabular}{lrrrr}\n\\hline\n"
                + "cost & sweeps & operations & peak memory & kept for the way back \\\\ \\hline\n");
        for (var entry : e.costs().entrySet()) {
            Cost cost = entry.getValue();
            text.append(entry.getKey()).append(" & ").append(Units.number(cost.sweeps())).append(" & ")
                    .append(Units.number(cost.operations())).append(" & ").append(Units.bytes(cost.workspaceBytes()))
                    .append(" & ").append(Units.bytes(cost.storedBytes())).append(" \\\\\n");
        }
        List<Node> kept = e.reverse().kept();
        text.append("\\hline\n\\end{tabular}\n\n\\medskip Reverse keeps ")
                .append(kept.isEmpty() ? "no intermediate result" : names(kept)).append(".\n");
    }

    private String primal(Node node) {
        return name(Kind.PRIMAL, node) + (node instanceof Node.Result result
                ? " = " + LocalRules.value(result).latex(labels, LONGEST)
                : "") + " = " + value(e.forward().value(node));
    }

    private String name(Kind kind, Node node) {
        return labels.latex(new Symbol(kind, node));
    }

    private String direction(ForwardTrace.Direction direction) {
        String index = direction.label().substring(direction.input().length());
        return ExpressionPrinter.latexName(direction.input()) + index;
    }

    private String names(List<Node> nodes) {
        int shown = e.all() ? nodes.size() : Math.min(nodes.size(), 12);
        String names = String.join(", ",
                nodes.subList(0, shown).stream().map(node -> math(name(Kind.PRIMAL, node))).toList());
        return names + (shown < nodes.size() ? String.format(Locale.ROOT, ", \\ldots{} (%,d in all)", nodes.size())
                : "");
    }

    /** A tensor's elements, with places to break the line. */
    private String value(Tensor tensor) {
        String rounded = TensorText.rounded(tensor, elements).replace("...", "\\ldots");
        StringBuilder latex = new StringBuilder();
        for (String part : rounded.split("(?<=, )")) {
            boolean last = !part.endsWith(", ");
            String element = last ? part : part.substring(0, part.length() - 2);
            int from = element.lastIndexOf('[') + 1;
            int to = element.indexOf(']') < 0 ? element.length() : element.indexOf(']');
            latex.append(element, 0, from).append(ExpressionPrinter.latexNumber(element.substring(from, to)))
                    .append(element.substring(to)).append(last ? "" : ", \\allowbreak ");
        }
        return latex.toString();
    }

    private boolean gap(int row) {
        return e.rows().elided() > 0 && row == e.rows().before();
    }

    private String more() {
        return String.format(Locale.ROOT, "\\vdots\\quad\\text{%,d rows more}", e.rows().elided());
    }

    private static String shape(Node node) {
        return node.shape().isScalar() ? "scalar" : math(node.shape().toString());
    }

    private static String math(String latex) {
        return "$" + latex + "$";
    }
}
