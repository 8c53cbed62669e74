package dualtape.cli;

import dualtape.demo.Lessons;
import dualtape.engine.InputException;
import dualtape.lang.Visible;
import dualtape.report.Messages;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dualtape demo}: the lecture's lessons. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "The lecture, lesson by lesson: without a number the list, with one the lesson.",
        footerHeading = "%nExamples:%n",
        footer = {"  dualtape demo", "  dualtape demo 9", "  dualtape demo all", "  dualtape demo 9 --lang zh"})
final class DemoCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "the lesson's number, or all")
    private String number;

    @Mixin
    private LanguageOption language;

    @Override
    public Integer call() {
        Messages messages = language.messages();
        PrintStream out = Main.out();
        List<String> titles = Lessons.titles(messages);
        if (number == null) {
            for (int i = 0; i < titles.size(); i++) {
                out.printf("%2d  %s%n", i + 1, titles.get(i));
            }
        } else if (number.equals("all")) {
            for (int i = 1; i <= titles.size(); i++) {
                Lessons.run(i, out, messages);
                out.println(i < titles.size() ? "\n" : "");
            }
        } else {
            Lessons.run(lesson(titles.size()), out, messages);
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private int lesson(int most) {
        if (number.matches("0*[1-9]\\d{0,3}") && Integer.parseInt(number) <= most) {
            return Integer.parseInt(number);
        }
        throw new InputException("there is no lesson " + Visible.name(number) + "; they are numbered from 1 to " + most
                + ", and dualtape demo lists them");
    }
}
