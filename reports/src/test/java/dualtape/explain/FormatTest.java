package dualtape.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Point;
import dualtape.lang.Language;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormatTest {
    private static final int COLUMNS = 100;

    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    private static Explanation of(Scenario scenario) {
        return Explanation.of(scenario.source().trace(scenario.point()), scenario.point(), scenario.selected(), false);
    }

    private static Explanation baydin() {
        Point at = Point.of("x1", 2.0, "x2", 5.0);
        return Explanation.of(Language.parse("log(x1) + x1*x2 - sin(x2)").trace(at), at, List.of("x1", "x2"), false);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(FormatTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Baydin, Pearlmutter, Radul, Siskind 2018, tables 2 and 3, without what the engines' costs are. */
    @Test
    void textbookTablesStandBesideEachOther() throws IOException {
        String text = Format.TEXT.print(baydin());
        assertThat(text.substring(0, text.indexOf("\n\n  cost") + 1)).isEqualTo(resource("baydin.txt"))
                .contains("11.652", "5.5", "1.716");
    }

    @Test
    void drawingsOfTheTextbookFunction() throws IOException {
        assertThat(Format.DOT.print(baydin())).isEqualTo(resource("baydin.dot"));
        assertThat(Format.MERMAID.print(baydin())).isEqualTo(resource("baydin.mmd"));
    }

    @Test
    void latexOfTheTextbookFunction() throws IOException {
        String text = Format.LATEX.print(baydin());
        assertThat(text.substring(0, text.indexOf("\\begin{tabular}"))).isEqualTo(resource("baydin.tex"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void textFitsTheTerminal(Scenario scenario) {
        assertThat(Format.TEXT.print(of(scenario)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS).doesNotEndWith(" "));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyRowIsDrawnOnceWithDataAndGradient(Scenario scenario) {
        Explanation e = of(scenario);
        long rows = e.rows().shown().size();
        assertThat(Format.DOT.print(e).lines().filter(line -> line.matches("  n\\d+ \\[label=\".*data .*grad.*")))
                .hasSize((int) rows);
        assertThat(Format.MERMAID.print(e).lines().filter(line -> line.matches("  n\\d+\\[\".*data .*grad.*")))
                .hasSize((int) rows);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void latexIsWellFormed(Scenario scenario) {
        String latex = Format.LATEX.print(of(scenario));
        assertThat(count(latex, '{')).isEqualTo(count(latex, '}'));
        assertThat(latex.split("\\\\begin\\{", -1)).hasSameSizeAs(latex.split("\\\\end\\{", -1));
        assertThat(latex.split("(?<!\\\\)\\$", -1).length % 2).isOne();
        String tables = latex.substring(latex.indexOf("\\section"));
        assertThat(tables).matches("\\p{ASCII}*").doesNotContain("...");
        assertThat(latex.lines().filter(line -> line.contains(" & ") && line.endsWith("\\\\"))).isNotEmpty();
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void jsonHasWhatTheDocumentationNames(Scenario scenario) throws IOException {
        Explanation e = of(scenario);
        JsonNode json = new ObjectMapper().readTree(Format.JSON.print(e));
        assertThat(json.get("schema").asInt()).isOne();
        assertThat(json.get("nodes")).hasSize(e.rows().shown().size());
        assertThat(json.get("rows").asInt()).isEqualTo(e.rows().shown().size() + json.get("rows_elided").asInt());
        assertThat(json.get("gradient").properties()).hasSize(scenario.selected().size());
        for (JsonNode node : json.get("nodes")) {
            assertThat(node.has("name") && node.has("kind") && node.has("shape") && node.has("value")).isTrue();
            assertThat(node.get("tangents")).hasSize(json.get("directions").size());
        }
        assertThat(json.get("costs").has("forward") && json.get("costs").has("reverse")).isTrue();
    }

    @Test
    void namesOfEveryAlphabetAreDrawnAndTypeset() {
        Point at = Point.of("größe", 2.0, "λ", 3.0, "变量", new double[] {1, 2, 3, 4, 5, 6, 7, 8});
        Explanation e = Explanation.of(Language.parse("größe * λ + 变量 # \\end{verbatim} <b>").trace(at), at, at.names(),
                false);
        assertThat(Format.LATEX.print(e)).matches("(?s)\\p{ASCII}*").doesNotContain("# \\end{verbatim}");
        assertThat(Format.MERMAID.print(e)).contains("größe").doesNotContain("<b>");
        assertThat(Format.DOT.print(e)).contains("变量");
        assertThat(Format.TEXT.print(e)).contains("d变量").contains("[1, 2, 3, 4, 5, 6, ...]");
    }
}
