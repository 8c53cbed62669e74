package dualtape.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.report.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every lesson prints, kept in files; {@code -Ddualtape.update=true} writes them anew. */
class LessonsTest {
    private static final Path FILES = Path.of("src/test/resources/dualtape/demo");
    private static final Path PAGE = Path.of("../docs/lecture.md");

    static IntStream numbers() {
        return IntStream.rangeClosed(1, Lessons.titles(Messages.ENGLISH).size());
    }

    private static String run(int number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lessons.run(number, new PrintStream(out, true, StandardCharsets.UTF_8), Messages.ENGLISH);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void printsWhatItPrinted(int number) throws IOException {
        Path file = FILES.resolve(String.format(Locale.ROOT, "%02d.txt", number));
        String printed = run(number);
        if (Boolean.getBoolean("dualtape.update")) {
            Files.writeString(file, printed);
        }
        assertThat(printed).isEqualTo(Files.readString(file));
        assertThat(printed.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(printed).doesNotContain("not refused");
    }

    /** The page that maps the lecture to the lessons quotes what they print. */
    @Test
    void thePageQuotesTheLessons() throws IOException {
        Matcher rows = Pattern.compile("\\| (\\d+) \\| `([^`]+)` \\| `([^`]+)` \\|").matcher(Files.readString(PAGE));
        int count = 0;
        while (rows.find()) {
            assertThat(run(Integer.parseInt(rows.group(1)))).as(rows.group()).contains(rows.group(3));
            count++;
        }
        assertThat(count).isGreaterThan(20);
    }
}
