package dualtape.cli;

import dualtape.engine.Deadline;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.forward.Taylor;
import dualtape.lang.PointText;
import dualtape.lang.TextSource;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape taylor}: derivatives of any order along a line. */
@Command(
        name = "taylor",
        mixinStandardHelpOptions = true,
        description = "The Taylor series of a program along a line: coefficients and derivatives to any order.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dualtape taylor 'exp(sin(x))' --at x=0.3 --order 20",
            "  dualtape taylor 'x^2 * y' --at 'x=1; y=2' --wrt x",
            "  dualtape taylor 'norm(w) + y' --at 'w=[3,4]; y=1' --direction 'w=[1,0]; y=2'"
        })
final class TaylorCommand implements Callable<Integer> {
    private static final int HIGHEST = 1_000;

    @Parameters(paramLabel = "PROGRAM", description = "a program, @file, or - for standard input")
    private String program;

    @Option(names = "--at", paramLabel = "POINT", description = "values of the inputs: 'x=1; w=[1,2]; X=@data.csv'")
    private String at = "";

    @Option(names = "--wrt", paramLabel = "NAME",
            description = "the input that grows by t; may be left out where there is one")
    private String wrt;

    @Option(names = "--direction", paramLabel = "DIRECTION",
            description = "instead: how fast each input grows with t: 'x=1; w=[0,2]'; the others stay")
    private String direction;

    @Option(names = "--order", paramLabel = "K", defaultValue = "6",
            description = "the highest derivative, up to 1000 (default ${DEFAULT-VALUE})")
    private int order;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default ${DEFAULT-VALUE})")
    private String format;

    @Mixin
    private LimitOptions limitOptions;

    @Override
    public Integer call() {
        boolean json = Formats.isJson(format);
        if (order < 0 || order > HIGHEST) {
            throw new InputException("--order must be from 0 to " + HIGHEST + ", got " + order);
        } else if (wrt != null && direction != null) {
            throw new InputException("--wrt moves one input and --direction says how each moves; give one of them");
        }
        Limits limits = limitOptions.limits();
        Deadline deadline = limits.start();
        TextSource source = Programs.read(program, limits, System.in);
        Point point = Programs.point(at, limits);
        Traced traced = source.trace(point);
        Point line = direction != null
                ? PointText.parse(direction, "--direction", limits)
                : Taylor.unit(traced, point, wrt != null ? wrt.strip() : only(source.inputs()));
        Taylor taylor = Taylor.along(traced, point, line, order, deadline);
        PrintStream out = Main.out();
        TaylorText text = new TaylorText(taylor, point, line);
        out.print(json ? text.json() + "\n" : text.text());
        out.flush();
        return ExitCode.OK.code();
    }

    private static String only(List<String> inputs) {
        if (inputs.size() == 1) {
            return inputs.get(0);
        }
        throw new InputException(inputs.isEmpty()
                ? "the program has no input, and a Taylor series needs one that moves"
                : "the program has " + inputs.size() + " inputs, " + String.join(", ", inputs)
                        + ", and a Taylor series has one variable: choose one, as in --wrt " + inputs.get(0)
                        + ", or a line through all of them, as in --direction '" + inputs.get(0) + "=1; "
                        + inputs.get(1) + "=1'");
    }
}
