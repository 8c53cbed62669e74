package dualtape.cli;

import dualtape.engine.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** A subcommand of {@code dualtape} that is not made before it is asked for. */
record Subcommand(String name, Supplier<CommandLine> maker) {

    /** The subcommands in the order of the help. */
    static List<Subcommand> all() {
        List<Subcommand> all = new ArrayList<>();
        all.add(new Subcommand("compare", () -> new CommandLine(new CompareCommand())));
        all.add(new Subcommand("check", () -> new CommandLine(new CheckCommand())));
        all.add(new Subcommand("grad", () -> new CommandLine(new GradCommand())));
        all.add(new Subcommand("taylor", () -> new CommandLine(new TaylorCommand())));
        all.add(new Subcommand("explain", () -> new CommandLine(new ExplainCommand())));
        all.add(new Subcommand("demo", () -> new CommandLine(new DemoCommand())));
        all.add(new Subcommand("bench", () -> new CommandLine(new BenchCommand())));
        all.add(new Subcommand("gradbench", () -> new CommandLine(new GradbenchCommand())));
        all.add(new Subcommand("list", () -> new CommandLine(new ListCommand())));
        for (Operator operator : Operator.values()) {
            if (operator != Operator.GRADIENT) {
                all.add(new Subcommand(operator.label(), () -> OperatorCommand.of(operator)));
            }
        }
        return all;
    }

    CommandLine make() {
        return maker.get();
    }
}
