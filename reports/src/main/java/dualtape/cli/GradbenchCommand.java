package dualtape.cli;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.gradbench.Conversation;
import dualtape.lang.Visible;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dualtape gradbench}: the GradBench tool. */
@Command(
        name = "gradbench",
        mixinStandardHelpOptions = true,
        description = "Speaks the GradBench protocol: a JSON message a line on standard input, an answer a line.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo '{\"id\":0,\"kind\":\"evaluate\",\"module\":\"hello\",\"function\":\"double\",\"input\":3}' \\",
            "    | dualtape gradbench",
            "  dualtape gradbench --engine forward"
        })
final class GradbenchCommand implements Callable<Integer> {
    private static final List<String> ENGINES = List.of("forward", "reverse", "auto");

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "auto",
            description = "forward, reverse, or auto: the mode that suits the function (default ${DEFAULT-VALUE})")
    private String engine;

    @Override
    public Integer call() throws Exception {
        if (!ENGINES.contains(engine)) {
            throw new InputException("unknown engine " + Visible.name(engine) + "; the engines are "
                    + String.join(", ", ENGINES));
        }
        PrintStream out = Main.out();
        System.setOut(System.err); // whatever else is printed does not go between the answers
        Conversation conversation = new Conversation((DerivingEngine) Engines.named(engine));
        Lines lines = new Lines(System.in);
        while (!out.checkError() && lines.next()) {
            byte[] answer = lines.tooLong() ? Conversation.tooLong(lines.longest()) : conversation.answer(lines.line());
            out.write(answer, 0, answer.length);
            out.write('\n');
            out.flush();
        }
        return ExitCode.OK.code();
    }
}
