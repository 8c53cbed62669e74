package dualtape.explain;

import dualtape.engine.Cost;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.report.Table;
import dualtape.report.TensorText;
import dualtape.report.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The textbook tables for a terminal of 100 columns: forward accumulation at the left, reverse at the right, each in the
 * order in which it runs, from the top to the bottom; one below the other where an expression is too wide. Below, what
 * each stored and what it cost.
 */
final class TextExplanation {
    private static final int WIDTH = 100;
    private static final int LONGEST = 300;
    private static final int ELEMENTS = 6;
    private static final int NAMES = 12;
    private static final int COLUMNS = 3;

    private final Explanation e;
    private final Labels labels;
    private final int longest;
    private final int elements;

    private TextExplanation(Explanation explanation) {
        this.e = explanation;
        this.labels = explanation.labels();
        this.longest = explanation.all() ? Integer.MAX_VALUE : LONGEST;
        this.elements = explanation.all() ? Integer.MAX_VALUE : ELEMENTS;
    }

    /** The whole text. */
    static String of(Explanation explanation) {
        TextExplanation text = new TextExplanation(explanation);
        return text.head() + "\n" + text.panes() + "\n" + text.foot();
    }

    private String head() {
        StringBuilder text = new StringBuilder();
        List<String> lines = e.program().strip().lines().toList();
        lines.stream().limit(20).forEach(line -> text.append("  ")
                .append(line.length() > WIDTH - 2 && !e.all() ? line.substring(0, WIDTH - 6) + " ..." : line)
                .append('\n'));
        return text.append(lines.size() > 20 ? "  ...\n" : "").append('\n').append("value ").append(value(e.value()))
                .append(e.value().shape().isScalar() ? "" : "  " + e.value().shape())
                .append("; by ").append(some(e.wrt())).append('\n').toString();
    }

    private String panes() {
        int directions = e.forward().directions().size();
        Pane reverse = reverse();
        int most = Math.min(COLUMNS, directions);
        for (int columns = most; columns >= Math.min(2, directions); columns--) {
            Pane forward = forward(0, columns);
            if (forward.width() + 3 + reverse.width() <= WIDTH && (columns == directions || !e.all())) {
                return Pane.beside(forward, reverse, WIDTH);
            }
        }
        int columns = most;
        while (columns > 1 && forward(0, columns).width() > WIDTH) {
            columns--;
        }
        StringBuilder text = new StringBuilder();
        for (int from = 0; from == 0 || e.all() && from < directions; from += columns) {
            forward(from, Math.min(directions, from + columns)).lines(WIDTH)
                    .forEach(line -> text.append(line).append('\n'));
            text.append('\n');
        }
        reverse.lines(WIDTH).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** Forward accumulation along some of the directions: with one its values stand in the rows, with more in columns. */
    private Pane forward(int from, int to) {
        List<ForwardTrace.Direction> directions = e.forward().directions().subList(from, to);
        boolean columns = directions.size() > 1;
        List<String> heads = directions.stream().map(direction -> "by " + direction.label()).toList();
        Pane pane = new Pane();
        pane.text("FORWARD ACCUMULATION");
        pane.text(directions.isEmpty() ? "There is nothing to differentiate by."
                : "Each pass: values and tangents (d).");
        if (columns) {
            pane.row("", heads);
        } else {
            pane.row("", directions.isEmpty() ? "shape" : "along " + directions.get(0).label());
        }
        int row = 0;
        for (Node node : e.rows().shown()) {
            gap(pane, row++);
            pane.row(primal(node), shape(node));
            if (!directions.isEmpty()) {
                List<String> values = e.forward().tangents(node).subList(from, to).stream()
                        .map(tangent -> e.forward().varies(node) ? value(tangent) : "0").toList();
                String text = "  " + labels.tangent(node) + tangent(node, columns);
                if (columns) {
                    pane.row(text, values);
                } else {
                    boolean seed = node instanceof Node.Input && e.forward().varies(node);
                    pane.row(text + " = " + values.get(0) + (seed ? " (seed)" : ""), shape(node));
                }
            }
        }
        gap(pane, row);
        for (int i = from; i < to; i++) {
            pane.text((i == from ? "so " : "   ") + "by " + e.forward().directions().get(i).label() + ": "
                    + value(e.forward().results().get(i)));
        }
        long more = e.forward().passes() - e.forward().directions().size() + (e.all() ? 0
                : e.forward().directions().size() - to);
        if (more > 0) {
            pane.text(String.format(Locale.ROOT, "   and %,d more pass%s; --all shows %s", more, more == 1 ? "" : "es",
                    more == 1 ? "it" : "them"));
        }
        return pane;
    }

    private String tangent(Node node, boolean columns) {
        Formula formula = e.forward().formula(node);
        if (formula != null) {
            return " = " + formula.text(labels, longest);
        }
        return node instanceof Node.Input && e.forward().varies(node) && columns ? " (seed)" : "";
    }

    /** Reverse accumulation in its three steps. */
    private Pane reverse() {
        Pane pane = new Pane();
        pane.text("REVERSE ACCUMULATION");
        pane.text(String.format(Locale.ROOT, "1. Build the graph: %s, %s",
                count(e.graph().applications().size(), "operation"), count(e.graph().inputs().size(), "input")));
        pane.text("2. Run and store. (*: read on the way back)");
        int row = 0;
        for (Node node : e.rows().shown()) {
            gap(pane, row++);
            pane.row(primal(node), shape(node) + (e.reverse().isRead(node) ? " *" : "  "));
        }
        gap(pane, row);
        pane.text("3. Go back, drop the unneeded. (b: adjoint)");
        if (!e.value().shape().isScalar()) {
            pane.text("   (The seed is of ones, as for the sum of all elements.)");
        }
        List<Node> shown = e.rows().shown();
        for (int i = shown.size() - 1; i >= 0; i--) {
            if (i == e.rows().before() - 1) {
                gap(pane, e.rows().before());
            }
            adjoint(pane, shown.get(i));
        }
        dropped(pane);
        return pane;
    }

    private void adjoint(Pane pane, Node node) {
        ReverseTrace.Sum sum = e.reverse().sum(node);
        if (sum == null) {
            if (node instanceof Node.Input input && e.wrt().contains(input.name())) {
                pane.row(labels.adjoint(node) + " = 0 (no use)", shape(node) + "  ");
            }
            return;
        }
        List<String> formulas = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (ReverseTrace.Part part : sum.parts()) {
            Formula formula = e.reverse().formula(part);
            formulas.add(formula == null ? value(part.value()) + " (seed)" : formula.text(labels, longest));
            values.add(value(part.value()));
        }
        if (sum.elided() > 0) {
            String more = String.format(Locale.ROOT, "... %,d more uses", sum.elided());
            formulas.add(more);
            values.add("...");
        }
        String left = labels.adjoint(node) + " = ";
        boolean one = formulas.size() == 1;
        boolean seed = one && sum.parts().get(0).by() == null;
        if (one) {
            pane.row(left + formulas.get(0) + (seed ? "" : " = " + value(sum.value())), shape(node) + "  ");
        } else {
            pane.row(left + plus(formulas), "");
            pane.row(" ".repeat(left.length() - 2) + "= " + plus(values) + " = " + value(sum.value()),
                    shape(node) + "  ");
        }
    }

    /** A sum written out; what begins with a minus sign is subtracted. */
    private static String plus(List<String> parts) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            boolean minus = part.startsWith("-") && !part.contains(" + ") && !part.contains(" - ");
            text.append(text.length() == 0 ? part : minus ? " - " + part.substring(1) : " + " + part);
        }
        return text.toString();
    }

    private void dropped(Pane pane) {
        List<Node> independent = e.reverse().independent();
        List<Node> unreached = e.reverse().unreached();
        if (independent.isEmpty() && unreached.isEmpty()) {
            pane.text("Dropped: nothing, all is needed.");
        }
        if (!independent.isEmpty()) {
            pane.text("Dropped, as not depending on " + some(e.wrt()) + ": " + names(independent));
        }
        if (!unreached.isEmpty()) {
            pane.text("Dropped, as no derivative reaches it: " + names(unreached));
        }
    }

    private String foot() {
        Table table = new Table("cost", "sweeps", "operations", "peak memory", "kept for the way back");
        long primal = 0;
        for (var entry : e.costs().entrySet()) {
            Cost cost = entry.getValue();
            primal = cost.primalOperations();
            table.row(entry.getKey(), Units.number(cost.sweeps()), Units.number(cost.operations()),
                    Units.bytes(cost.workspaceBytes()), Units.bytes(cost.storedBytes()));
        }
        List<Node> kept = e.reverse().kept();
        String keeps = "  The function alone takes " + count(primal, "operation")
                + ". Forward keeps nothing for later. Reverse keeps "
                + (kept.isEmpty() ? "no intermediate result" : names(kept)) + "; the inputs are there anyway.";
        return table.text() + String.join("\n", Pane.wrapped(keeps, WIDTH, "")) + "\n";
    }

    private void gap(Pane pane, int row) {
        if (e.rows().elided() > 0 && row == e.rows().before()) {
            pane.row(String.format(Locale.ROOT, "... %,d rows more; --all shows them", e.rows().elided()), "");
        }
    }

    private String primal(Node node) {
        String name = labels.of(node);
        String formula = node instanceof Node.Result result ? " = " + LocalRules.value(result).text(labels, longest)
                : "";
        return name + formula + " = " + value(e.forward().value(node));
    }

    private static String shape(Node node) {
        return node.shape().isScalar() ? "scalar" : node.shape().toString();
    }

    private String value(Tensor tensor) {
        return TensorText.rounded(tensor, elements);
    }

    private String names(List<Node> nodes) {
        return some(nodes.stream().map(labels::of).toList());
    }

    private String some(List<String> names) {
        if (names.isEmpty()) {
            return "nothing";
        } else if (names.size() <= NAMES || e.all()) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, NAMES - 2))
                + String.format(Locale.ROOT, ", ... (%,d in all)", names.size());
    }

    private static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }
}
