package dualtape.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.check.Component;
import dualtape.check.Culprit;
import dualtape.check.Finding;
import dualtape.check.Judgement;
import dualtape.check.Verdict;
import dualtape.ir.Origin;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class CheckReportsTest {
    @TempDir
    private Path folder;

    private static CheckItem item(String name, Verdict verdict, double got, Origin origin) {
        Judgement judgement = verdict == Verdict.DISAGREE ? Judgement.WRONG : Judgement.UNRESOLVED;
        Component component = new Component("w[3]", 0, 3, got, 2, 1e-15, judgement, "decimals", "a < b & \"c\"\u0001");
        Culprit culprit = new Culprit(Culprit.Kind.OPERATION, "sin", origin, "operand 0", got, 2,
                "its own derivative is wrong");
        boolean agrees = verdict == Verdict.AGREE;
        Finding finding = new Finding(name, "reverse", 1, 0, verdict,
                Map.of(agrees ? Judgement.CERTIFIED : judgement, 1),
                agrees ? List.of() : List.of(component), List.of(),
                verdict == Verdict.DISAGREE ? List.of(culprit) : List.of(),
                Map.of("w[3]", got), 0, 5, 1);
        return new CheckItem(finding, "x=1", "dualtape check 'f' --at 'x=1'");
    }

    private List<CheckItem> items() throws Exception {
        Path file = Files.writeString(folder.resolve("model one.dt"), "x");
        return List.of(item("f<&>", Verdict.DISAGREE, 4, new Origin(file.toString(), 2, 5)),
                item("f<&>", Verdict.UNRESOLVED, 1, null),
                item("g", Verdict.AGREE, 2, null),
                item("h", Verdict.DISAGREE, Double.NaN, new Origin("program", 1, 1)));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void junitXmlIsWellFormedWhateverIsInAName() throws Exception {
        Document document = xml(CheckReports.junit(items(), false));
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(document.getElementsByTagName("skipped").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent()).contains(
                "w[3]: got 4, expected 2", "a < b & \"c\"",
                "to blame: sin at", "again: dualtape check 'f' --at 'x=1'");
        assertThat(xml(CheckReports.junit(items(), true)).getElementsByTagName("failure").getLength()).isEqualTo(3);
    }

    @Test
    void sarifNamesRulesAndPlaces() throws Exception {
        JsonNode run = new ObjectMapper().readTree(CheckSarif.of(items(), "1.0")).get("runs").get(0);
        assertThat(run.get("tool").get("driver").get("rules")).hasSize(CheckItem.Rule.values().length);
        JsonNode results = run.get("results");
        assertThat(results).hasSize(3);
        assertThat(results.findValuesAsText("ruleId")).containsExactly("DT001", "DT004", "DT003");
        JsonNode place = results.get(0).get("locations").get(0).get("physicalLocation");
        assertThat(place.get("artifactLocation").get("uri").textValue()).startsWith("file:").endsWith("model%20one.dt");
        assertThat(place.get("region").get("startLine").intValue()).isEqualTo(2);
        assertThat(place.get("region").get("startColumn").intValue()).isEqualTo(5);
        assertThat(results.get(2).get("locations").get(0).has("physicalLocation")).isFalse();
    }

    @Test
    void annotationsAreOneLineEach() throws Exception {
        List<String> lines = CheckReports.annotations(items()).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("::error file=")
                .contains(",line=2,col=5,title=DT001 f<&>%2C order 1%2C reverse::w[3]", "%0A");
        assertThat(lines.get(1)).startsWith("::warning title=DT004");
    }

    @Test
    void jsonAndTableSayTheSame() throws Exception {
        JsonNode json = new ObjectMapper()
                .readTree(CheckJson.of(items(), List.of("a law"), List.of("laws left out"), "1.0", 2));
        assertThat(json.get("summary").get("disagree").intValue()).isEqualTo(2);
        assertThat(json.get("findings")).hasSize(4);
        assertThat(json.get("findings").get(3).get("components").get(0).get("got").textValue()).isEqualTo("NaN");
        assertThat(json.get("brokenLaws").get(0).textValue()).isEqualTo("a law");
        assertThat(CheckTable.table(items())).contains("DISAGREE").contains("agree");
        assertThat(CheckTable.details(items())).contains("DISAGREE  f<&>, order 1, reverse", "at x=1",
                "w[3]: got 4, expected 2 (by decimals)", "to blame: sin at");
        assertThat(CheckTable.sums(items(), 2)).startsWith("4 derivatives checked: 1 agree, 1 unresolved, 2 disagree");
    }
}
