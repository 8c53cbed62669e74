package dualtape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.demo.Lessons;
import dualtape.engine.InputException;
import dualtape.explain.Explanation;
import dualtape.explain.Format;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every language says the same, with the same numbers in the same places. */
class LanguagesTest {
    private static final Path FILES = Path.of("src/main/resources/dualtape/report");
    private static final Path SOURCES = Path.of("src/main/java/dualtape");
    private static final Pattern LITERAL = Pattern.compile("\"([a-z-]+\\.(?:[a-z.-]*))\"");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:e[-+]?\\d+)?");

    static Stream<Messages> languages() {
        return Messages.LANGUAGES.stream().map(Messages::of);
    }

    static IntStream lessons() {
        return IntStream.rangeClosed(1, Lessons.titles(Messages.ENGLISH).size());
    }

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    @Test
    void everyFileIsALanguage() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(
                    Messages.LANGUAGES.stream().map(name -> "messages_" + name + ".properties").toList());
        }
        assertThatThrownBy(() -> Messages.of("fr")).isInstanceOf(InputException.class)
                .hasMessageContaining("\"fr\"").hasMessageContaining("en, zh");
    }

    @ParameterizedTest
    @MethodSource("languages")
    void everyLanguageHasTheSameKeysAndPlaces(Messages messages) {
        assertThat(messages.keys()).containsExactlyInAnyOrderElementsOf(Messages.ENGLISH.keys());
        for (String key : messages.keys()) {
            assertThat(matches(Pattern.compile("\\{\\d}"), raw(messages, key)).distinct().sorted()).as(key)
                    .containsExactlyElementsOf(
                            matches(Pattern.compile("\\{\\d}"), raw(Messages.ENGLISH, key)).distinct().sorted()
                                    .toList());
            assertThat(raw(messages, key)).as(key).isNotBlank();
        }
    }

    private static String raw(Messages messages, String key) {
        return messages.text(key, "{0}", "{1}", "{2}", "{3}", "{4}");
    }

    /** A key stands in the sources; of keys that are put together its beginning does. */
    @Test
    void noKeyIsUnused() throws IOException {
        Set<String> literals = new HashSet<>();
        for (String place : List.of("demo", "explain", "cli")) {
            try (Stream<Path> files = Files.list(SOURCES.resolve(place))) {
                for (Path file : files.toList()) {
                    matches(LITERAL, Files.readString(file)).map(each -> each.replace("\"", ""))
                            .forEach(literals::add);
                }
            }
        }
        for (String key : Messages.ENGLISH.keys()) {
            String before = key.substring(0, key.lastIndexOf('.'));
            boolean counted = key.endsWith(".one") || key.endsWith(".many");
            assertThat(literals).as(key).containsAnyOf(key, counted ? before : before + ".");
        }
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void lessonsPrintTheSameNumbersInEveryLanguage(int number) {
        String english = lesson(number, Messages.ENGLISH);
        languages().forEach(messages -> {
            String printed = lesson(number, messages);
            assertThat(numbers(printed)).isEqualTo(numbers(english));
            assertThat(printed.lines())
                    .allSatisfy(line -> assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(100));
        });
    }

    private static String lesson(int number, Messages messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Lessons.run(number, new PrintStream(out, true, StandardCharsets.UTF_8), messages);
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void explanationsHaveTheSameNumbersAndLayoutInEveryLanguage(Scenario scenario) {
        Explanation e = Explanation.of(scenario.source().trace(scenario.point()), scenario.point(),
                scenario.selected(), false);
        languages().forEach(messages -> {
            for (Format format : Format.values()) {
                assertThat(numbers(format.print(e, messages))).as(format.name())
                        .isEqualTo(numbers(format.print(e)));
            }
            String printed = Format.TEXT.print(e, messages);
            assertThat(bars(printed)).isEqualTo(bars(Format.TEXT.print(e)));
            assertThat(printed.lines())
                    .allSatisfy(line -> assertThat(Columns.width(line)).as(line).isLessThanOrEqualTo(100));
        });
    }

    /** The columns in which bars stand. */
    private static Set<Integer> bars(String text) {
        Set<Integer> columns = new HashSet<>();
        text.lines().filter(line -> line.contains("│"))
                .forEach(line -> columns.add(Columns.width(line.substring(0, line.indexOf('│')))));
        return columns;
    }

    private static List<String> numbers(String text) {
        return matches(NUMBER, text).sorted().toList();
    }

    private static Stream<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group);
    }
}
