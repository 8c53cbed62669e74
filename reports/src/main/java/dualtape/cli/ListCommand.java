package dualtape.cli;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.lang.Visible;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape list}: what there is. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the scenarios, the engines or the operations.",
        footerHeading = "%nExamples:%n",
        footer = {"  dualtape list operations --edges", "  dualtape list engines"})
final class ListCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WHAT", description = "scenarios, engines or operations")
    private String what;

    @Option(names = "--edges", description = "with operations: their kinks, ties, poles and ends of domain")
    private boolean edges;

    @Override
    public Integer call() {
        PrintStream out = Main.out();
        switch (what) {
            case "engines" -> {
                for (String name : Engines.names()) {
                    Engine engine = Engines.named(name);
                    out.printf(Locale.ROOT, "%-10s %s%n", engine.name(), engine.summary());
                }
            }
            case "operations" -> {
                for (Operation operation : Operations.all()) {
                    String call = operation.name()
                            + (Character.isLetter(operation.name().charAt(0)) ? operation.signature() : "");
                    out.printf(Locale.ROOT, "%-28s %s%n", call, operation.summary());
                    if (edges) {
                        operation.edges().forEach(edge -> out.println("    " + edge));
                    }
                }
            }
            case "scenarios" -> {
                for (Scenario scenario : Scenarios.all()) {
                    out.printf(Locale.ROOT, "%-32s %s%n", scenario.name(), scenario.summary());
                }
            }
            default ->
                throw new InputException(
                        "unknown list " + Visible.name(what) + "; there are scenarios, engines, operations");
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
