package dualtape.report;

import java.util.ArrayList;
import java.util.List;

/** A table of texts: columns aligned for a terminal, or as Markdown. The first column is aligned to the left. */
public final class Table {
    private final List<String[]> rows = new ArrayList<>();

    /** With these headings. */
    public Table(String... headings) {
        rows.add(headings);
    }

    /** One row more. */
    public Table row(String... cells) {
        rows.add(cells);
        return this;
    }

    /** For a terminal. */
    public String text() {
        int[] width = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                width[i] = Math.max(width[i], Columns.width(row[i]));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < width.length; i++) {
                String pad = " ".repeat(width[i] - Columns.width(rows.get(r)[i]));
                line.append(i == 0 ? rows.get(r)[i] + pad : "  " + pad + rows.get(r)[i]);
            }
            text.append(line.toString().stripTrailing()).append('\n');
            if (r == 0) {
                text.append("  ");
                for (int i = 0; i < width.length; i++) {
                    text.append(i == 0 ? "" : "  ").append("-".repeat(width[i]));
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    /** As Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            text.append("| ").append(String.join(" | ", rows.get(r))).append(" |\n");
            if (r == 0) {
                text.append("|---|").append("---:|".repeat(rows.get(0).length - 1)).append('\n');
            }
        }
        return text.toString();
    }
}
