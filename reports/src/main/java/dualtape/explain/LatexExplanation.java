package dualtape.explain;

import dualtape.engine.Cost;
import dualtape.explain.Formula.Kind;
import dualtape.explain.Formula.Symbol;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.print.ExpressionPrinter;
import dualtape.report.Messages;
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
            %% {0}
            \\documentclass{article}
            \\usepackage{{1}}
            \\usepackage[a4paper,landscape,margin=15mm]{geometry}
            \\setlength{\\parindent}{0pt}
            \\setlength{\\extrarowheight}{3pt}
            \\newcolumntype{M}[1]{>{\\raggedright\\arraybackslash$\\displaystyle}p{#1\\linewidth}<{$}}
            \\newcolumntype{R}[1]{>{\\raggedleft\\arraybackslash$}p{#1\\linewidth}<{$}}
            \\begin{document}
            """.replace("%%", "%");

    private final Explanation e;
    private final Messages messages;
    private final Labels labels;
    private final int elements;
    private final StringBuilder text;

    private LatexExplanation(Explanation explanation, Messages messages) {
        this.e = explanation;
        this.messages = messages;
        this.text = new StringBuilder(BEGIN.replace("{0}", messages.text("latex.compile")).replace("{1}",
                messages.text("latex.packages")));
        this.labels = explanation.labels();
        this.elements = explanation.all() ? Integer.MAX_VALUE : ELEMENTS;
    }

    static String of(Explanation explanation, Messages messages) {
        LatexExplanation latex = new LatexExplanation(explanation, messages);
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
        String value = math(value(e.value()));
        String by = e.wrt().size() > 12 ? messages.count("explain.inputs", e.wrt().size())
                : String.join(", ", e.wrt().stream().map(name -> math(ExpressionPrinter.latexName(name))).toList());
        text.append("\\end{verbatim}\n").append(e.wrt().isEmpty() ? messages.text("latex.value", value)
                : messages.text("latex.value-by", value, by)).append("\n\n");
    }

    private void forward() {
        int directions = e.forward().directions().size();
        text.append("\\section*{").append(messages.text("latex.forward")).append("}\n")
                .append(messages.text("latex.passes", "$\\dot{v} = \\partial v / \\partial x$")).append("\n\n");
        for (int from = 0; from == 0 || from < directions; from += COLUMNS) {
            forward(from, Math.min(directions, from + COLUMNS));
        }
        long more = e.forward().passes() - directions;
        if (more > 0) {
            text.append(messages.text("latex.more-passes", number(more))).append("\n\n");
        }
    }

    private void forward(int from, int to) {
        text.append("\\begin{longtable}{M{0.26}lM{0.28}").append("R{0.1}".repeat(to - from)).append("}\n\\hline\n")
                .append(heading("latex.primal")).append(" & ").append(messages.text("explain.shape")).append(" & ")
                .append(heading("latex.tangent"));
        for (int i = from; i < to; i++) {
            text.append(" & \\text{")
                    .append(messages.text("explain.by", "}" + direction(e.forward().directions().get(i))));
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
        text.append("\\section*{").append(messages.text("latex.reverse")).append("}\n");
        step("latex.build", messages.text("latex.counts", number(e.graph().applications().size()),
                number(e.graph().inputs().size())));
        step("latex.run", messages.text("latex.left", "$\\ast$"));
        step("latex.back", messages.text("latex.right", "$\\bar{v}$", "$v$"));
        text.append('\n');
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
        text.append("\\begin{longtable}{M{0.36}lM{0.46}l}\n\\hline\n").append(heading("latex.primal"))
                .append(" & ").append(messages.text("explain.shape")).append(" & ").append(heading("latex.adjoint"))
                .append(" & ").append(messages.text("explain.shape")).append(" \\\\ \\hline \\endhead\n");
        for (int i = 0; i < Math.max(run.size(), back.size()); i++) {
            text.append(i < run.size() ? run.get(i) : " & ").append(" & ").append(i < back.size() ? back.get(i) : " & ")
                    .append(" \\\\\n");
        }
        text.setLength(text.length() - 1);
        text.append("[4pt] \\hline\n\\end{longtable}\n\n");
        List<Node> dropped = new ArrayList<>(e.reverse().independent());
        dropped.addAll(e.reverse().unreached());
        text.append(messages.text("latex.dropped",
                dropped.isEmpty() ? messages.text("explain.nothing") : names(dropped))).append("\n\n");
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
        text.append("\\begin{tabular}{lrrrr}\n\\hline\n").append(String.join(" & ", messages.text("explain.cost"),
                messages.text("lesson.sweeps"), messages.text("explain.cost-operations"),
                messages.text("explain.cost-memory"), messages.text("explain.cost-kept")))
                .append(" \\\\ \\hline\n");
        for (var entry : e.costs().entrySet()) {
            Cost cost = entry.getValue();
            text.append(messages.text("mode." + entry.getKey())).append(" & ").append(Units.number(cost.sweeps()))
                    .append(" & ")
                    .append(Units.number(cost.operations())).append(" & ").append(Units.bytes(cost.workspaceBytes()))
                    .append(" & ").append(Units.bytes(cost.storedBytes())).append(" \\\\\n");
        }
        List<Node> kept = e.reverse().kept();
        text.append("\\hline\n\\end{tabular}\n\n\\medskip ").append(kept.isEmpty()
                ? messages.text("latex.keeps-nothing")
                : messages.text("latex.keeps", names(kept))).append('\n');
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
        return names + (shown < nodes.size() ? ", \\ldots{} " + messages.text("explain.in-all", number(nodes.size()))
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
        return "\\vdots\\quad\\text{" + messages.text("latex.more-rows", number(e.rows().elided())) + "}";
    }

    private String shape(Node node) {
        return node.shape().isScalar() ? messages.text("explain.scalar").strip() : math(node.shape().toString());
    }

    private String heading(String key) {
        return "\\text{" + messages.text(key) + "}";
    }

    /** One of the three steps of reverse accumulation. */
    private void step(String key, String what) {
        text.append("\\textbf{").append(messages.text(key)).append("} ").append(what).append('\n');
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String math(String latex) {
        return "$" + latex + "$";
    }
}
