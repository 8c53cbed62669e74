package dualtape.explain;

import dualtape.report.Columns;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of a listing: a text at the left, and at the right cells in columns, or one cell that spans them all. It has a
 * natural width; in a narrower place texts are wrapped.
 */
final class Pane {
    private static final int NARROWEST = 36;
    private static final int GAP = 2;
    private static final String CONTINUED = "      ";

    private final List<Line> lines = new ArrayList<>();
    private final List<Integer> columns = new ArrayList<>();

    private record Line(String text, List<String> cells) {}

    /** A line of text over the whole width. */
    void text(String text) {
        lines.add(new Line(text, List.of()));
    }

    /** A text and a cell at the right end. */
    void row(String text, String cell) {
        lines.add(new Line(text, List.of(cell)));
    }

    /** A text and cells in columns; a single one spans. */
    void row(String text, List<String> cells) {
        lines.add(new Line(text, cells));
        for (int i = 0; cells.size() > 1 && i < cells.size(); i++) {
            if (i == columns.size()) {
                columns.add(0);
            }
            columns.set(i, Math.max(columns.get(i), Columns.width(cells.get(i))));
        }
    }

    /** The width in which nothing is wrapped but texts without cells. */
    int width() {
        int width = NARROWEST;
        for (Line line : lines) {
            if (!line.cells().isEmpty()) {
                width = Math.max(width, Columns.width(line.text()) + GAP + Columns.width(right(line)));
            }
        }
        return width;
    }

    private String right(Line line) {
        if (line.cells().size() == 1) {
            return line.cells().get(0);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < line.cells().size(); i++) {
            text.append(i == 0 ? "" : "  ").append(" ".repeat(columns.get(i) - Columns.width(line.cells().get(i))))
                    .append(line.cells().get(i));
        }
        return text.toString();
    }

    /** The lines in this width, or in less where nothing needs it. */
    List<String> lines(int most) {
        int width = Math.min(most, width());
        List<String> all = new ArrayList<>();
        for (Line line : lines) {
            if (line.cells().isEmpty()) {
                all.addAll(Columns.wrapped(line.text(), most, ""));
                continue;
            }
            String right = right(line);
            List<String> parts = Columns.wrapped(line.text(),
                    Math.max(width / 3, width - GAP - Columns.width(right)), CONTINUED);
            all.addAll(parts.subList(0, parts.size() - 1));
            String last = parts.get(parts.size() - 1);
            String pad = " ".repeat(Math.max(GAP, width - Columns.width(last) - Columns.width(right)));
            all.add((last + pad + right).stripTrailing());
        }
        return all;
    }

    /** Two panes beside each other, the left one in its natural width. */
    static String beside(Pane left, Pane right, int width) {
        int leftWidth = left.width();
        List<String> leftLines = left.lines(leftWidth);
        List<String> rightLines = right.lines(width - leftWidth - 3);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.max(leftLines.size(), rightLines.size()); i++) {
            String l = i < leftLines.size() ? leftLines.get(i) : "";
            String r = i < rightLines.size() ? rightLines.get(i) : "";
            text.append((l + " ".repeat(Math.max(0, leftWidth - Columns.width(l))) + " │ " + r).stripTrailing())
                    .append('\n');
        }
        return text.toString();
    }
}
