package dualtape.cli;

import dualtape.check.Baseline;
import java.nio.file.Path;
import java.util.List;

/** How a comparison with a baseline reads. */
final class BaselineText {
    private static final int SHOWN = 20;

    private BaselineText() {}

    static String of(Path file, Baseline before, List<Baseline.Change> changes, int numbers) {
        if (changes.isEmpty()) {
            return "all " + numbers + " numbers are those of the baseline " + file + ", bit by bit\n";
        }
        StringBuilder text = new StringBuilder("\n");
        long missing = changes.stream().filter(change -> change.now() == null).count();
        long fresh = changes.stream().filter(change -> change.before() == null).count();
        text.append("against the baseline ").append(file).append(": ").append(changes.size() - missing - fresh)
                .append(" of ")
                .append(numbers - fresh).append(" numbers changed, ").append(missing).append(" missing, ").append(fresh)
                .append(" new\n");
        before.about().forEach(line -> text.append("  baseline's ").append(line).append('\n'));
        for (Baseline.Change change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
            text.append("  ").append(change.text()).append('\n');
        }
        if (changes.size() > SHOWN) {
            text.append("  and ").append(changes.size() - SHOWN).append(" more\n");
        }
        return text.append("if this is right, write it anew with --save-baseline ").append(file).append('\n')
                .toString();
    }
}
