package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the language and the syntax of points say to what is wrong: the whole message, with place, line and caret. A
 * statement that throws and has no case here fails the test.
 */
class MessagesTest {
    private static final Limits LIMITS = new Limits(1_000, 50, 20_000, 1_000, 10);
    private static final Case TOO_LARGE = new Case("1 + broadcast(1, shape=[46340, 46340])", "", "");
    private static final Path SOURCES = Path.of("src/main/java/dualtape/lang");

    static List<Case> cases() {
        try {
            return Case.read("messages.txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatIsWrongWhereAndTheMend(Case each) {
        assertThat(String.valueOf(refusal(each).getMessage())).isEqualTo(each.message());
    }

    @Test
    void noStatementThatThrowsIsWithoutACase() throws IOException {
        List<StackTraceElement> thrown = new ArrayList<>();
        Stream.concat(cases().stream(), Stream.of(TOO_LARGE)).forEach(each -> {
            for (Throwable e = refusal(each); e != null; e = e.getCause()) {
                thrown.addAll(List.of(e.getStackTrace()));
            }
        });
        List<String> missing = new ArrayList<>();
        for (Thrower thrower : Thrower.in(SOURCES)) {
            if (thrown.stream().noneMatch(thrower::threw)) {
                missing.add(thrower.toString());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void aValueThatDoesNotFitIntoTheMemoryIsRefusedWithThePlaceAndTheMend() {
        assertThat(refusal(TOO_LARGE).getMessage())
                .matches("(?s)line 1, column 5: this value does not fit into the memory "
                        + "of [\\d,]+ MB; give more with DUALTAPE_JAVA_OPTS=-Xmx\\.\\.\\.\n.*");
    }

    @Test
    void everyMessageIsShortAndSafeToShow() {
        String bad = "\u001b[31m\u202e\u2066\u0007\ufeff\udb40\udc41";
        for (String wild : List.of(bad, "x" + bad, bad.repeat(20_000), "x + " + bad.repeat(1_000) + " $",
                "\u0301".repeat(20_000) + "$",
                "x".repeat(100_000) + "(1)", "x".repeat(100_000),
                "def " + "f".repeat(5_000) + "(x) = x; 1 + " + "f".repeat(5_000),
                "a = 1; " + "漢".repeat(200) + " $")) {
            for (String message : List.of(message(() -> Language.parse(wild).trace(Point.of())),
                    message(() -> PointText.parse(wild)), message(() -> PointText.parse("x=" + wild)),
                    message(() -> PointText.parse(wild + "=1")), message(() -> PointText.parse("x=@" + wild)))) {
                assertThat(message.length()).isLessThanOrEqualTo(1_000);
                assertThat(message.codePoints().filter(c -> c != '\n')).noneMatch(c -> List.of((int) Character.CONTROL,
                        (int) Character.FORMAT, (int) Character.SURROGATE).contains(Character.getType(c)));
                assertThat(message.lines()).allMatch(line -> line.length() <= 1_000);
            }
        }
    }

    @Test
    void theWindowAroundTheCaretIsAboutEightyColumnsWide() {
        String message = message(() -> Language.parse("x + ".repeat(100) + "$" + " + x".repeat(100)));
        String[] lines = message.split("\n");
        assertThat(lines).hasSize(3);
        assertThat(lines[0]).isEqualTo("line 1, column 401: unexpected character \"$\"");
        assertThat(lines[1]).hasSize(2 + 4 + 80 + 4).startsWith("  ... ").endsWith(" ...");
        assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('$');
    }

    @Test
    void caretsStandBelowWideLettersAndTabs() {
        assertThat(caret("漢字 + $")).isEqualTo("  漢字 + $\n         ^");
        assertThat(caret("\tx + $")).isEqualTo("   x + $\n       ^");
        assertThat(caret("\ud835\udc65 + $")).isEqualTo("  \ud835\udc65 + $\n      ^");
    }

    @Test
    void linesEndAsOnEverySystem() {
        for (String end : List.of("\n", "\r\n", "\r")) {
            assertThat(message(() -> Language.parse("x = 1" + end + "y = x $ 2" + end + "y")))
                    .isEqualTo("line 2, column 7: unexpected character \"$\"\n  y = x $ 2\n        ^");
        }
    }

    private static String caret(String program) {
        String message = message(() -> Language.parse(program));
        return message.substring(message.indexOf('\n') + 1);
    }

    private static String message(Runnable task) {
        try {
            task.run();
        } catch (InputException e) {
            return e.getMessage();
        }
        return "";
    }

    /** What is thrown at a case; an assertion error if nothing is. */
    private static InputException refusal(Case each) {
        try {
            Point at = PointText.parse(each.at(), LIMITS);
            Language.parse(each.program(), LIMITS, "program").trace(at);
        } catch (InputException e) {
            return e;
        }
        throw new AssertionError("nothing is wrong with " + each);
    }

    /** A statement of the product that throws: its file, and its first and last line. */
    private record Thrower(String file, int first, int last) {
        private static final Pattern THROW = Pattern.compile(
                "throw (new (Syntax|Input|Limit|Language|Shape)Exception|place\\.|error)\\b.*");

        static List<Thrower> in(Path folder) throws IOException {
            List<Thrower> throwers = new ArrayList<>();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                    List<String> lines = Files.readAllLines(file);
                    for (int i = 0; i < lines.size(); i++) {
                        if (THROW.matcher(lines.get(i)).find()) {
                            int last = i;
                            while (!lines.get(last).stripTrailing().endsWith(";")) {
                                last++;
                            }
                            throwers.add(new Thrower(file.getFileName().toString(), i + 1, last + 1));
                        }
                    }
                }
            }
            return throwers;
        }

        boolean threw(StackTraceElement frame) {
            return file.equals(frame.getFileName()) && frame.getLineNumber() >= first && frame.getLineNumber() <= last;
        }
    }
}
