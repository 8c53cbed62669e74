package dualtape.explain;

import dualtape.engine.Cost;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.report.Columns;
import dualtape.report.Messages;
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
    private final Messages messages;
    private final Labels labels;
    private final int longest;
    private final int elements;

    private TextExplanation(Explanation explanation, Messages messages) {
        this.e = explanation;
        this.messages = messages;
        this.labels = explanation.labels();
        this.longest = explanation.all() ? Integer.MAX_VALUE : LONGEST;
        this.elements = explanation.all() ? Integer.MAX_VALUE : ELEMENTS;
    }

    /** The whole text. */
    static String of(Explanation explanation, Messages messages) {
        TextExplanation text = new TextExplanation(explanation, messages);
        return text.head() + "\n" + text.panes() + "\n" + text.foot();
    }

    private String head() {
        StringBuilder text = new StringBuilder();
        List<String> lines = e.program().strip().lines().toList();
        lines.stream().limit(20).forEach(line -> text.append("  ")
                .append(Columns.width(line) > WIDTH - 2 && !e.all() ? Columns.start(line, WIDTH - 6) + " ..." : line)
                .append('\n'));
        String value = value(e.value()) + (e.value().shape().isScalar() ? "" : "  " + e.value().shape());
        String said = messages.text("explain.value", value, some(e.wrt()));
        return text.append(lines.size() > 20 ? "  ...\n" : "").append('\n')
                .append(String.join("\n", Columns.wrapped(said, WIDTH, "  "))).append('\n').toString();
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
        List<String> heads = directions.stream().map(direction -> messages.text("explain.by", direction.label()))
                .toList();
        Pane pane = new Pane();
        pane.text(messages.text("explain.forward"));
        pane.text(messages.text(directions.isEmpty() ? "explain.no-input" : "explain.passes"));
        if (columns) {
            pane.row("", heads);
        } else {
            pane.row("", directions.isEmpty() ? messages.text("explain.shape")
                    : messages.text("explain.along", directions.get(0).label()));
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
                    pane.row(text + " = " + values.get(0) + (seed ? seed() : ""), shape(node));
                }
            }
        }
        gap(pane, row);
        String so = messages.text("explain.so") + " ";
        String rest = " ".repeat(Columns.width(so));
        for (int i = from; i < to; i++) {
            pane.text((i == from ? so : rest) + messages.text("explain.by", e.forward().directions().get(i).label())
                    + ": " + value(e.forward().results().get(i)));
        }
        long more = e.forward().passes() - e.forward().directions().size() + (e.all() ? 0
                : e.forward().directions().size() - to);
        if (more > 0) {
            pane.text(rest + messages.count("explain.more-passes", more));
        }
        return pane;
    }

    private String tangent(Node node, boolean columns) {
        Formula formula = e.forward().formula(node);
        if (formula != null) {
            return " = " + formula.text(labels, longest);
        }
        return node instanceof Node.Input && e.forward().varies(node) && columns ? seed() : "";
    }

    /** Reverse accumulation in its three steps. */
    private Pane reverse() {
        Pane pane = new Pane();
        pane.text(messages.text("explain.reverse"));
        pane.text(messages.text("explain.build",
                messages.count("explain.operations", e.graph().applications().size()),
                messages.count("explain.inputs", e.graph().inputs().size())));
        pane.text(messages.text("explain.run"));
        int row = 0;
        for (Node node : e.rows().shown()) {
            gap(pane, row++);
            pane.row(primal(node), shape(node) + (e.reverse().isRead(node) ? " *" : "  "));
        }
        gap(pane, row);
        pane.text(messages.text("explain.back"));
        if (!e.value().shape().isScalar()) {
            pane.text("   " + messages.text("explain.ones"));
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
                pane.row(labels.adjoint(node) + " = 0 " + messages.text("explain.no-use"), shape(node) + "  ");
            }
            return;
        }
        List<String> formulas = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (ReverseTrace.Part part : sum.parts()) {
            Formula formula = e.reverse().formula(part);
            formulas.add(formula == null ? value(part.value()) + seed() : formula.text(labels, longest));
            values.add(value(part.value()));
        }
        if (sum.elided() > 0) {
            formulas.add(messages.text("explain.more-uses", number(sum.elided())));
            values.add("...");
        }
        String left = labels.adjoint(node) + " = ";
        boolean one = formulas.size() == 1;
        boolean seed = one && sum.parts().get(0).by() == null;
        if (one) {
            pane.row(left + formulas.get(0) + (seed ? "" : " = " + value(sum.value())), shape(node) + "  ");
        } else {
            pane.row(left + plus(formulas), "");
            pane.row(" ".repeat(Columns.width(left) - 2) + "= " + plus(values) + " = " + value(sum.value()),
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
            pane.text(messages.text("explain.dropped-nothing"));
        }
        if (!independent.isEmpty()) {
            pane.text(messages.text("explain.dropped-independent", some(e.wrt()), names(independent)));
        }
        if (!unreached.isEmpty()) {
            pane.text(messages.text("explain.dropped-unreached", names(unreached)));
        }
    }

    private String foot() {
        Table table = new Table(messages.text("explain.cost"), messages.text("lesson.sweeps"),
                messages.text("explain.cost-operations"), messages.text("explain.cost-memory"),
                messages.text("explain.cost-kept"));
        long primal = 0;
        for (var entry : e.costs().entrySet()) {
            Cost cost = entry.getValue();
            primal = cost.primalOperations();
            table.row(messages.text("mode." + entry.getKey()), Units.number(cost.sweeps()),
                    Units.number(cost.operations()),
                    Units.bytes(cost.workspaceBytes()), Units.bytes(cost.storedBytes()));
        }
        List<Node> kept = e.reverse().kept();
        String keeps = Columns.joined(
                messages.text("explain.alone", messages.count("explain.operations", primal)),
                kept.isEmpty() ? messages.text("explain.keeps-nothing") : messages.text("explain.keeps", names(kept)));
        return table.text() + String.join("\n", Columns.wrapped("  " + keeps, WIDTH, "")) + "\n";
    }

    private void gap(Pane pane, int row) {
        if (e.rows().elided() > 0 && row == e.rows().before()) {
            pane.row(messages.text("explain.more-rows", number(e.rows().elided())), "");
        }
    }

    private String primal(Node node) {
        String name = labels.of(node);
        String formula = node instanceof Node.Result result ? " = " + LocalRules.value(result).text(labels, longest)
                : "";
        return name + formula + " = " + value(e.forward().value(node));
    }

    private String shape(Node node) {
        return node.shape().isScalar() ? messages.text("explain.scalar") : node.shape().toString();
    }

    private String value(Tensor tensor) {
        return TensorText.rounded(tensor, elements);
    }

    private String names(List<Node> nodes) {
        return some(nodes.stream().map(labels::of).toList());
    }

    private String some(List<String> names) {
        if (names.isEmpty()) {
            return messages.text("explain.nothing");
        } else if (names.size() <= NAMES || e.all()) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, NAMES - 2))
                + ", ... " + messages.text("explain.in-all", number(names.size()));
    }

    private String seed() {
        return " " + messages.text("explain.seed");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
