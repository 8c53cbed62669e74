package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/language.md says is so. */
class LanguagePageTest {
    private static final Path PAGE = Path.of("../docs/language.md");
    private static final Point AT = PointText.parse("x=3; y=2; z=5; v=[1, 2, 3]");

    private static Tensor value(String program) {
        Graph graph = Language.parse(program).trace(AT).graph();
        return graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, AT)).get(0);
    }

    @Test
    void whatIsWrittenIsWhatIsMeant() throws IOException {
        Matcher pairs = Pattern.compile("`([^`]+)` is `([^`]+)`").matcher(Files.readString(PAGE));
        int count = 0;
        while (pairs.find()) {
            assertThat(value(pairs.group(1))).as(pairs.group()).isEqualTo(value(pairs.group(2)));
            count++;
        }
        assertThat(count).isGreaterThan(10);
    }

    @Test
    void theExamplesRunAndFail() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("```\n") + 4;
        String program = page.substring(start, page.indexOf("\n```", start));
        assertThat(Language.parse(program).inputs()).containsExactly("x", "w", "b", "y");
        Matcher error = Pattern.compile("grad '([^']+)' --at (\\S+)\ndualtape: ([^`]+)\n```").matcher(page);
        assertThat(error.find()).isTrue();
        String message = "";
        try {
            Language.parse(error.group(1)).trace(PointText.parse(error.group(2)));
        } catch (LanguageException e) {
            message = e.getMessage();
        }
        assertThat(error.group(3)).isEqualTo(message);
    }

    @Test
    void theLimitsAreThoseByDefault() throws IOException {
        String page = Files.readString(PAGE);
        Limits limits = Limits.DEFAULT;
        assertThat(page).contains(row(limits.source(), "source")).contains(row(limits.nesting(), "nesting"))
                .contains(row(limits.nodes(), "nodes")).contains(row(limits.iterations(), "iterations"))
                .contains(row((int) limits.seconds(), "seconds"));
    }

    private static String row(int limit, String option) {
        return String.format(Locale.ROOT, "| %,d | `--max-%s` |", limit, option);
    }
}
