package dualtape.report;

import dualtape.check.Finding;
import dualtape.check.Judgement;
import dualtape.check.Verdict;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Findings for people: a row for each function and order, then what is not plain agreement, then the sums. */
public final class CheckTable {
    private static final int SHOWN = 3;
    private static final int LONGEST_NAME = 40;

    private CheckTable() {}

    /** The table. */
    public static String table(List<CheckItem> items) {
        Set<String> engines = new LinkedHashSet<>();
        Map<String, List<Finding>> rows = new LinkedHashMap<>();
        for (CheckItem item : items) {
            Finding finding = item.finding();
            engines.add(finding.engine());
            rows.computeIfAbsent(finding.name() + "\n" + finding.order(), key -> new ArrayList<>()).add(finding);
        }
        List<String> headings = new ArrayList<>(List.of("function", "order", "points", "numbers"));
        headings.addAll(engines);
        headings.addAll(List.of("worst ulps", "edges"));
        Table table = new Table(headings.toArray(new String[0]));
        for (List<Finding> row : rows.values()) {
            table.row(cells(row, engines));
        }
        return table.text();
    }

    private static String[] cells(List<Finding> row, Set<String> engines) {
        List<String> cells = new ArrayList<>();
        Finding first = row.get(0);
        String name = first.name().replace('\n', ' ');
        cells.add(name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 3) + "...");
        cells.add(first.order() + "");
        cells.add(row.stream().map(Finding::point).distinct().count() + "");
        cells.add(String.format(Locale.ROOT, "%,d", row.stream().mapToInt(Finding::judged).sum()));
        for (String engine : engines) {
            cells.add(row.stream().filter(finding -> finding.engine().equals(engine)).map(Finding::verdict)
                    .max(Verdict::compareTo).map(CheckTable::word).orElse("-"));
        }
        cells.add(Units.number(row.stream().mapToDouble(Finding::worst).max().orElse(0)));
        int edges = row.stream().mapToInt(finding -> finding.count(Judgement.EDGE)).sum();
        int undefined = row.stream().mapToInt(finding -> finding.count(Judgement.UNDEFINED)).sum();
        cells.add((edges > 0 ? edges + "" : "")
                + (undefined > 0 ? (edges > 0 ? " + " : "") + undefined + " undefined" : ""));
        return cells.toArray(new String[0]);
    }

    private static String word(Verdict verdict) {
        return verdict == Verdict.DISAGREE ? "DISAGREE" : verdict.name().toLowerCase(Locale.ROOT);
    }

    /** What has to be said beside the table; empty if nothing has. Edges come in one line each, disagreement in full. */
    public static String details(List<CheckItem> items) {
        StringBuilder text = new StringBuilder();
        Set<String> edges = new LinkedHashSet<>();
        Set<String> passed = new LinkedHashSet<>();
        Set<String> undefined = new LinkedHashSet<>();
        for (CheckItem item : items) {
            Finding finding = item.finding();
            if (finding.verdict() == Verdict.AGREE) {
                finding.components().stream().filter(component -> component.judgement() == Judgement.EDGE).limit(SHOWN)
                        .forEach(component -> edges.add(finding.name() + " by " + component.where() + ": "
                                + component.note()));
                if (finding.count(Judgement.EDGE) == 0) {
                    finding.edges().stream().filter(hit -> hit.edge().kind() != Edge.Kind.DOMAIN).limit(SHOWN)
                            .forEach(hit -> passed.add(finding.name() + ": " + hit.text(Conventions.MINNORM)));
                }
                finding.culprits().forEach(culprit -> undefined.add(finding.name() + ": " + culprit.where() + " "
                        + culprit.note()));
                continue;
            }
            text.append('\n').append(finding.verdict()).append("  ").append(item.title()).append('\n');
            if (!item.point().isEmpty()) {
                text.append("  at ").append(item.point()).append('\n');
            }
            item.lines(SHOWN).forEach(line -> text.append("  ").append(line).append('\n'));
            if (finding.verdict() == Verdict.DISAGREE) {
                text.append("  again: ").append(item.again()).append('\n');
            }
        }
        list(text, "At an edge (counts as agreement)", edges);
        list(text, "The point is at an edge, and the witnesses have the convention's derivative", passed);
        list(text, "Undefined on both sides (counts as agreement); the first operations that are not finite",
                undefined);
        return text.toString();
    }

    private static void list(StringBuilder text, String heading, Set<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(heading).append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
    }

    /** How many of each, and what it cost. */
    public static String sums(List<CheckItem> items, double seconds) {
        long evaluations = items.stream().mapToLong(item -> item.finding().evaluations()).sum();
        long sweeps = items.stream().mapToLong(item -> item.finding().sweeps()).sum();
        long numbers = items.stream().mapToLong(item -> item.finding().judged()).sum();
        return String.format(Locale.ROOT,
                "%,d derivative%s checked: %,d agree, %,d unresolved, %,d disagree%n"
                        + "%,d numbers; %,d evaluations by witnesses, %,d sweeps of engines; %s%n",
                items.size(), items.size() == 1 ? "" : "s", count(items, Verdict.AGREE),
                count(items, Verdict.UNRESOLVED),
                count(items, Verdict.DISAGREE), numbers, evaluations, sweeps, Units.seconds(seconds));
    }

    /** How many have a verdict. */
    public static long count(List<CheckItem> items, Verdict verdict) {
        return items.stream().filter(item -> item.finding().verdict() == verdict).count();
    }
}
