package dualtape.cli;

import dualtape.bench.Comparison;
import dualtape.bench.Growth;
import dualtape.bench.Sampler;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.lang.Visible;
import dualtape.report.Claims;
import dualtape.report.Columns;
import dualtape.report.Messages;
import dualtape.report.Report;
import dualtape.report.Texts;
import dualtape.scenario.Families;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape compare}: the main job. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compares the modes: values, gradients, agreement, cost, growth. Without an argument, the whole catalogue.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape compare",
            "  dualtape compare 'lecture/*' --out lecture-report",
            "  dualtape compare nist/misra1a",
            "  dualtape compare '(dot(x, w) - y)^2' --at 'x=[1,2]; w=[3,4]; y=2' --wrt w"
        })
final class CompareCommand implements Callable<Integer> {
    private static final int[] CHAIN = {100, 1_000, 10_000, 100_000};
    private static final int[] INPUTS = {1, 2, 4, 10, 30, 100, 1_000, 10_000};
    private static final int QUICK_SIZES = 3;
    private static final double SECONDS = 60;
    private static final int WIDTH = 100;

    @Parameters(arity = "0..*", paramLabel = "ITEM",
            description = "names of scenarios (with *), or one program, @file or -")
    private List<String> arguments = List.of();

    @Option(names = "--at", paramLabel = "POINT",
            description = "values of a program's inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "dualtape-report",
            description = "the folder of the report (${DEFAULT-VALUE})")
    private Path out;

    @Option(names = "--quick", description = "fewer samples and smaller sizes: a few seconds")
    private boolean quick;

    @Option(names = "--tolerance", paramLabel = "T", defaultValue = "1e-10",
            description = "how far exact engines may differ, of the largest component (${DEFAULT-VALUE})")
    private double tolerance;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() throws IOException {
        PrintStream text = Main.out();
        List<Subject> items = items(limitOptions.limits());
        Report report = new Report(out, Environment.describe(quick, tolerance));
        Progress progress = new Progress(items.size() + sizes(CHAIN).length + sizes(INPUTS).length);
        Thread farewell = farewell(report, progress);
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            return compare(items, report, progress, text);
        } finally {
            leave(farewell);
        }
    }

    /** What happens at Ctrl-C: whatever was measured stays in the folder, and the process says so. */
    private Thread farewell(Report report, Progress progress) {
        return new Thread(() -> {
            progress.clear();
            System.err.println("dualtape: interrupted; what was measured until now is in " + out
                    + (report.isEmpty() ? ": nothing yet" : ": report.md, results.json"));
            Main.endInterrupted();
        }, "farewell");
    }

    /** Nothing to say at the end of a command that was not interrupted. */
    private static void leave(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook runs, and ends it.
        }
    }

    private Integer compare(List<Subject> items, Report report, Progress progress, PrintStream text)
            throws IOException {
        boolean agree = true;
        Pace pace = new Pace(SECONDS, items.size() + sizes(CHAIN).length + sizes(INPUTS).length);
        for (Subject item : items) {
            progress.show(item.name());
            Comparison comparison = limitOptions.during(limits -> Comparison.of(item.name(), item.source(),
                    item.point(), item.wrt(), tolerance, sampler(pace.next(1, 0.8))));
            report.add(comparison);
            progress.clear();
            text.println(comparison.name());
            Texts.summary(comparison).lines().forEach(line -> print(text, line));
            text.print(Texts.engines(comparison).text());
            Texts.advice(comparison).ifPresent(advice -> AdviceText.sentences(advice, Messages.ENGLISH)
                    .forEach(sentence -> print(text, sentence)));
            text.println();
            text.flush();
            agree &= comparison.agrees();
            progress.step();
        }
        growth(report, progress, pace, text);
        text.println("Times were sampled in this process after warm-up, interleaved; for figures from fresh JVMs:");
        text.println("  dualtape bench run");
        text.println("Written to " + out + ": report.md, results.json, time.svg, memory.svg, crossing.svg");
        if (!agree) {
            text.println("DISAGREE: exact engines differ by more than " + tolerance
                    + " of the largest component; see above.");
        }
        text.flush();
        return (agree ? ExitCode.OK : ExitCode.DISAGREE).code();
    }

    private void growth(Report report, Progress progress, Pace pace, PrintStream text) throws IOException {
        progress.show("growth along a chain");
        Growth chain = Growth.study("chain", Families::chain, sizes(CHAIN), sampler(pace.next(sizes(CHAIN).length, 1)),
                part -> {
                    growing(report, part, null);
                    progress.step();
                });
        progress.show("growth with the inputs");
        Growth inputs = Growth.study("inputs", Families::inputs, sizes(INPUTS),
                sampler(pace.next(sizes(INPUTS).length, 1)), part -> {
                    growing(report, chain, part);
                    progress.step();
                });
        progress.clear();
        report.growth(chain, inputs);
        text.println("Growth along a chain of n operations, one input");
        text.println(Texts.growth(chain).text());
        text.println("Growth with n inputs, one output");
        text.println(Texts.growth(inputs).text());
        Texts.sentences(chain, inputs).forEach(sentence -> print(text, sentence));
        text.println();
        text.println(Claims.table(chain, inputs).text());
    }

    private static void growing(Report report, Growth chain, Growth inputs) {
        try {
            report.growing(chain, inputs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sampler sampler(double seconds) {
        return new Sampler(quick ? 0.1 : seconds, 15);
    }

    private int[] sizes(int[] all) {
        return quick ? java.util.Arrays.copyOf(all, Math.min(all.length, all == CHAIN ? QUICK_SIZES : all.length - 2))
                : all;
    }

    private List<Subject> items(Limits limits) {
        List<Subject> items = new ArrayList<>();
        if (arguments.isEmpty()) {
            Scenarios.all().forEach(scenario -> items.add(Subject.of(scenario, at, wrt, limits)));
        }
        for (String argument : arguments) {
            List<Scenario> scenarios = Subject.scenarios(argument);
            scenarios.forEach(scenario -> items.add(Subject.of(scenario, at, wrt, limits)));
            if (scenarios.isEmpty()) {
                if (arguments.size() > 1) {
                    throw new InputException(Visible.name(argument)
                            + " is no scenario; see dualtape list scenarios. A program stands alone");
                }
                items.add(Subject.ofProgram(argument, at, wrt, limits, System.in));
            }
        }
        return items;
    }

    /** A line under an item, broken where a terminal would end. */
    private static void print(PrintStream text, String line) {
        Columns.wrapped("  " + line, WIDTH, "  ").forEach(text::println);
    }
}
