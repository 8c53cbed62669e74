package dualtape.cli;

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
        System.exit(commandLine().execute(args));
    }

    /**
     * The command with its subcommands, for {@link #main} and for tests.
     *
     * @return a new command line; arguments that begin with {@code @} are taken as they are
     */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExpandAtFiles(false);
    }

    @Override
    public void run() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
    }
}
