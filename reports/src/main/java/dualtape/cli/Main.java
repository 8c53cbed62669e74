package dualtape.cli;

import dualtape.engine.InputException;
import dualtape.lang.Visible;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code dualtape}: hands the arguments to one subcommand. The only place that ends the process. */
@Command(
        name = "dualtape",
        mixinStandardHelpOptions = true,
        versionProvider = BuildInfo.class,
        description = "Differentiates one expression in two ways: by dual numbers and by a tape.")
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the arguments as the shell passed them
     */
    public static void main(String[] args) {
        CommandLine line = commandLine(args.length == 0 ? "" : args[0]);
        int code;
        try {
            code = line.execute(args);
        } catch (OutOfMemoryError e) {
            line.getErr().println("dualtape: " + Derivatives.outOfMemory());
            code = ExitCode.USAGE.code();
        }
        System.exit(code);
    }

    /**
     * The command with all its subcommands.
     *
     * @return a new command line; arguments that begin with {@code @} are taken as they are
     */
    static CommandLine commandLine() {
        return commandLine("");
    }

    /**
     * The command with the subcommands that a first argument can need. Reading the options of all of them would take longer
     * than everything else that happens before a command begins.
     *
     * @param first the first argument: the name of a subcommand brings that one alone, a question for the version none,
     *     anything else all of them
     */
    private static CommandLine commandLine(String first) {
        CommandLine line = new CommandLine(new Main());
        if (!first.equals("--version") && !first.equals("-V")) {
            boolean added = false;
            for (Subcommand subcommand : Subcommand.all()) {
                if (subcommand.name().equals(first)) {
                    line.addSubcommand(first, subcommand.make());
                    added = true;
                }
            }
            if (!added) {
                Subcommand.all().forEach(subcommand -> line.addSubcommand(subcommand.name(), subcommand.make()));
            }
        }
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n");
            java.util.Map<String, String> codes = new java.util.LinkedHashMap<>();
            for (ExitCode code : ExitCode.values()) {
                codes.put(String.valueOf(code.code()), code.meaning());
            }
            command.getCommandSpec().usageMessage().exitCodeList(codes);
        }
        return line.setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setUnmatchedOptionsArePositionalParams(true) // a program may begin with a minus sign
                .setPosixClusteredShortOptionsAllowed(false)
                .setParameterExceptionHandler((e, args) -> misused(e))
                .setExecutionExceptionHandler((e, command, result) -> failed(e, command));
    }

    private static int misused(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        command.getErr().println("dualtape: " + Visible.message(e.getMessage()).replace('\n', ' '));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
            command.getErr().println("see " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return ExitCode.USAGE.code();
    }

    private static int failed(Exception e, CommandLine command) {
        boolean input = e instanceof InputException || e instanceof IllegalArgumentException;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        command.getErr().println("dualtape: " + (input ? "" : "internal error: ") + Visible.message(message));
        if (System.getenv("DUALTAPE_DEBUG") != null) {
            e.printStackTrace(command.getErr());
        }
        return (input ? ExitCode.USAGE : ExitCode.INTERNAL).code();
    }

    /** The end of an interrupted process, from its shutdown hook, where another exit would wait for itself. */
    static void endInterrupted() {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.code());
    }

    /** Standard output in UTF-8, buffered: a command flushes it. */
    static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    }

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
    }
}
