package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Traced;
import dualtape.explain.Explanation;
import dualtape.explain.Format;
import dualtape.lang.Visible;
import dualtape.report.Messages;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape explain}: both modes step by step. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Shows both modes step by step: values, tangents, adjoints, what is stored and what it costs.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape explain 'log(x1) + x1*x2 - sin(x2)' --at 'x1=2; x2=5'",
            "  dualtape explain lecture/regression --wrt w",
            "  dualtape explain classic/rosenbrock --advice",
            "  dualtape explain classic/baydin --format dot | dot -Tsvg > graph.svg",
            "  dualtape explain classic/baydin --format latex > tables.tex"
        })
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROGRAM", description = "a scenario, a program, @file, or - for standard input")
    private String program;

    @Option(names = "--at", paramLabel = "POINT", description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text, json, dot, mermaid or latex (default ${DEFAULT-VALUE})")
    private String format;

    @Option(names = "--all",
            description = "leave nothing out: traces over 200 rows, tensors over 6 elements, passes over 3")
    private boolean all;

    @Option(names = "--advice", description = "instead: which mode to use for it, and why")
    private boolean advice;

    @Mixin
    private LanguageOption language;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() {
        Format chosen = format();
        Messages messages = language.messages();
        Limits limits = limitOptions.limits();
        Subject subject = Subject.of(program, at, wrt, limits, System.in);
        return limitOptions.during(within -> answer(subject, chosen, messages, within));
    }

    private Integer answer(Subject subject, Format chosen, Messages messages, Limits limits) {
        PrintStream out = Main.out();
        Traced traced = subject.trace(limits);
        out.print(advice
                ? AdviceText.of(traced, subject.point(), subject.wrt(), messages)
                : chosen.print(Explanation.of(traced, subject.point(), subject.wrt(), all), messages));
        out.flush();
        return ExitCode.OK.code();
    }

    private Format format() {
        return Arrays.stream(Format.values()).filter(each -> name(each).equals(format)).findFirst()
                .orElseThrow(() -> new InputException("unknown format " + Visible.name(format) + "; the formats are "
                        + String.join(", ", Arrays.stream(Format.values()).map(ExplainCommand::name).toList())));
    }

    private static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
