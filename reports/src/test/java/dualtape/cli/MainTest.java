package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(args);
    }

    @Test
    void versionNamesVersionCommitAndJava() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .matches("(?s)dualtape \\d+\\.\\d+\\.\\d+\\S* \\(([0-9a-f]{7,}|unknown)(, with changes)?\\).*")
                .contains("Java " + Runtime.version().feature())
                .doesNotContain("${");
    }

    @Test
    void helpAndNoArgumentsPrintTheUsage() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: dualtape");
        String help = out.toString();
        out.getBuffer().setLength(0);
        assertThat(run()).isZero();
        assertThat(out.toString()).isEqualTo(help);
    }

    @Test
    void unknownArgumentIsRefusedOnStandardError() {
        assertThat(run("--no-such-option")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--no-such-option");
    }

    @Test
    void argumentThatBeginsWithAtIsNoFile() {
        assertThat(run("@nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("@nowhere");
    }
}
