package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.lang.PointText;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.PrintStream;
import java.util.List;
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
            "  dualtape explain lecture/regression --wrt w"
        })
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PROGRAM", description = "a scenario, a program, @file, or - for standard input")
    private String program;

    @Option(names = "--at", paramLabel = "POINT", description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAMES", split = ",", description = "inputs to differentiate by; default all")
    private List<String> wrt;

    @Option(names = "--all", description = "elide nothing")
    private boolean all;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() {
        Limits limits = limitOptions.limits();
        List<Scenario> scenarios = program.startsWith("@") ? List.of() : Scenarios.matching(program);
        if (scenarios.size() > 1) {
            throw new InputException(
                    "explain takes one scenario; these match: " + scenarios.stream().map(Scenario::name).toList());
        }
        Source source = scenarios.isEmpty() ? Programs.read(program, limits, System.in) : scenarios.get(0).source();
        Point point = scenarios.isEmpty() || !at.isBlank() ? PointText.parse(at) : scenarios.get(0).point();
        List<String> names = wrt != null ? wrt : scenarios.isEmpty() ? point.names() : scenarios.get(0).selected();
        PrintStream out = Main.out();
        out.print(new Explanation(source.trace(point), point, names, all).text());
        out.flush();
        return ExitCode.OK.code();
    }
}
