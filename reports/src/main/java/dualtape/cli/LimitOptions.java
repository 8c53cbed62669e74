package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The limits of a program, each an option. */
final class LimitOptions {
    @Option(names = "--max-source", paramLabel = "N", defaultValue = "4194304",
            description = "characters of source (${DEFAULT-VALUE})")
    private int source;

    @Option(names = "--max-nesting", paramLabel = "N", defaultValue = "1000",
            description = "levels of brackets (${DEFAULT-VALUE})")
    private int nesting;

    @Option(names = "--max-nodes", paramLabel = "N", defaultValue = "5000000",
            description = "nodes of a graph (${DEFAULT-VALUE})")
    private int nodes;

    @Option(names = "--max-iterations", paramLabel = "N", defaultValue = "1000000",
            description = "iterations of loops (${DEFAULT-VALUE})")
    private int iterations;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--max-seconds", paramLabel = "S", defaultValue = "10",
            description = "seconds for one program (${DEFAULT-VALUE})")
    private double seconds;

    /** Whether the time is asked for, not the one by default. */
    boolean isTimeGiven() {
        return command.commandLine().getParseResult().hasMatchedOption("--max-seconds");
    }

    /** Does the work of a command within the limits: one deadline for all of it. */
    <T> T during(Function<Limits, T> work) {
        Limits limits = limits();
        return new Budget("the command", limits, limits.start()).during(() -> work.apply(limits));
    }

    Limits limits() {
        if (source < 1 || nesting < 1 || nodes < 1 || iterations < 1 || !(seconds > 0)) {
            throw new InputException("a limit must be positive");
        } else if (nesting > 100_000) {
            throw new InputException("--max-nesting can be at most 100000, got " + nesting);
        }
        return new Limits(source, nesting, nodes, iterations, seconds);
    }
}
