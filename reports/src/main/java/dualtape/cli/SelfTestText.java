package dualtape.cli;

import dualtape.check.SelfTest;
import dualtape.check.SelfTest.Outcome;
import dualtape.engine.InputException;
import dualtape.report.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code dualtape check --self-test}: which planted faults were caught, by whom. */
final class SelfTestText {
    private SelfTestText() {}

    static int run(long seed, List<String> arguments, PrintStream out) {
        if (!arguments.isEmpty()) {
            throw new InputException("--self-test takes no functions: it plants its faults in its own");
        }
        Progress progress = new Progress(SelfTest.functions());
        progress.show("planting faults");
        List<Outcome> outcomes = SelfTest.run(seed, progress::step);
        progress.clear();
        out.print(text(outcomes));
        out.flush();
        return (outcomes.stream().allMatch(Outcome::caught) ? ExitCode.OK : ExitCode.DISAGREE).code();
    }

    static String text(List<Outcome> outcomes) {
        Map<String, List<Outcome>> kinds = new LinkedHashMap<>();
        for (boolean inRule : new boolean[] {true, false}) {
            outcomes.stream().filter(outcome -> outcome.inRule() == inRule)
                    .sorted((a, b) -> a.kind().compareTo(b.kind()))
                    .forEach(outcome -> kinds.computeIfAbsent((inRule ? "rule: " : "sweep: ") + outcome.kind(),
                            key -> new ArrayList<>()).add(outcome));
        }
        List<String> columns = List.copyOf(outcomes.get(0).by().keySet());
        List<String> headings = new ArrayList<>(List.of("fault", "planted", "caught"));
        headings.addAll(columns);
        Table table = new Table(headings.toArray(new String[0]));
        kinds.forEach((kind, list) -> table.row(row(kind, list, columns)));
        table.row(row("all", outcomes, columns));
        long caught = outcomes.stream().filter(Outcome::caught).count();
        List<Outcome> rules = outcomes.stream().filter(Outcome::inRule).toList();
        StringBuilder text = new StringBuilder(table.text());
        text.append('\n').append(caught).append(" of ").append(outcomes.size()).append(" planted faults caught; ")
                .append(rules.stream().filter(Outcome::named).count()).append(" of ").append(rules.size())
                .append(" wrong rules blamed on the right operation\n");
        text.append("Forward against reverse accumulation alone would miss ")
                .append(outcomes.stream().filter(outcome -> !outcome.by().get(SelfTest.MODES)).count())
                .append(": both read the same rules.\n");
        outcomes.stream().filter(outcome -> !outcome.caught()).forEach(outcome -> text.append("MISSED  ")
                .append(outcome.kind()).append(" in ").append(outcome.where()).append(", ").append(outcome.function())
                .append('\n'));
        return text.toString();
    }

    private static String[] row(String kind, List<Outcome> outcomes, List<String> columns) {
        List<String> cells = new ArrayList<>(List.of(kind, outcomes.size() + "",
                outcomes.stream().filter(Outcome::caught).count() + ""));
        columns.forEach(
                column -> cells.add(outcomes.stream().filter(outcome -> outcome.by().get(column)).count() + ""));
        return cells.toArray(new String[0]);
    }
}
