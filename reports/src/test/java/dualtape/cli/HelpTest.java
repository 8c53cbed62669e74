package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command, subcommands of subcommands too. */
class HelpTest {
    private static final int COLUMNS = 100;

    static List<CommandLine> commands() {
        List<CommandLine> all = new ArrayList<>();
        Deque<CommandLine> open = new ArrayDeque<>(List.of(Main.commandLine()));
        while (!open.isEmpty()) {
            CommandLine command = open.pop();
            all.add(command);
            open.addAll(command.getSubcommands().values());
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsTheTerminal(CommandLine command) {
        assertThat(command.getUsageMessage().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsDescribed(CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesOfACommandAreNotBrokenAcrossLines(CommandLine command) {
        String usage = command.getUsageMessage();
        for (String example : command.getCommandSpec().usageMessage().footer()) {
            assertThat(usage).contains(example + System.lineSeparator());
        }
    }
}
