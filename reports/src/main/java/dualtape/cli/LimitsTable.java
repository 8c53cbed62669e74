package dualtape.cli;

import dualtape.bench.LimitLine;
import dualtape.bench.LimitRows;
import dualtape.bench.Sampler;
import dualtape.bench.Settling;
import dualtape.engine.InputException;
import dualtape.lang.Visible;
import dualtape.report.Table;
import dualtape.report.Units;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What {@code dualtape bench limits} prints: derived gradients against gradients by hand. */
final class LimitsTable {
    private static final int ROUNDS = 15;

    private LimitsTable() {}

    static void print(PrintStream text, Pattern pattern, double seconds, double warmup, long memory) {
        List<String> names = LimitRows.names().stream().filter(name -> pattern.matcher(name).find()).toList();
        if (names.isEmpty()) {
            throw new InputException("no row matches " + Visible.name(pattern.pattern()) + "; there are "
                    + String.join(", ", LimitRows.names()));
        }
        Table table = new Table("row", "gradient", "/ by hand", "/ own value", "by hand / value", "memory");
        Table directions = new Table("row", "first", "warm after", "one / own value", "several / own value",
                "directions");
        Sampler sampler = new Sampler(seconds, ROUNDS);
        for (String name : names) {
            System.err.println("measuring " + name);
            LimitLine line = LimitLine.of(name, sampler, warmup, memory);
            table.row(name, Units.seconds(line.gradient().median()), ratio(line.toHand()), ratio(line.toPrimal()),
                    ratio(line.handToPrimal()), Units.bytes(line.bytes()));
            directions.row(name, Units.seconds(line.firstSeconds()), warmth(line.settling()),
                    ratio(line.oneToPrimal()), ratio(line.severalToPrimal()), String.valueOf(line.directions()));
        }
        text.print(table.text());
        text.println();
        text.print(directions.text());
        text.println();
        text.println("Medians of runs in turn, in one process of Java " + Runtime.version().feature()
                + "; in brackets from quartiles. By hand: plain Java,");
        text.println(
                "the same function. First: the gradient is derived, lowered and run once. One, several: directions at once,");
        text.println(
                "by forward accumulation. Warm after: until vectors had taken over where they are faster, and nothing");
        text.println("became quicker; then the times were taken. If it says \"not yet\", --warmup was too short.");
        text.println("Fresh JVMs: dualtape bench run Limits.");
        text.flush();
    }

    private static String warmth(Settling settling) {
        return settling.settled() ? Units.seconds(settling.seconds()) : "not yet";
    }

    private static String ratio(LimitLine.Ratio ratio) {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", ratio.median(), ratio.low(), ratio.high());
    }
}
