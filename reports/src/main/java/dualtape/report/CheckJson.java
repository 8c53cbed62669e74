package dualtape.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.check.Component;
import dualtape.check.Culprit;
import dualtape.check.Finding;
import dualtape.check.Judgement;
import dualtape.check.Verdict;
import dualtape.engine.EdgeHit;
import dualtape.ir.Conventions;
import dualtape.ir.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Findings as one JSON object. */
public final class CheckJson {
    private CheckJson() {}

    /**
     * The text, with a line end.
     *
     * @param broken laws, a line each
     * @param leftOut laws that were not looked at, a line for a function
     */
    public static String of(List<CheckItem> items, List<String> broken, List<String> leftOut, String version,
            double seconds) {
        return Json.lines(json -> {
            json.writeStringField("version", version);
            json.writeObjectFieldStart("summary");
            for (Verdict verdict : Verdict.values()) {
                json.writeNumberField(verdict.name().toLowerCase(Locale.ROOT), CheckTable.count(items, verdict));
            }
            json.writeNumberField("seconds", seconds);
            json.writeEndObject();
            json.writeArrayFieldStart("brokenLaws");
            for (String line : broken) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("lawsLeftOut");
            for (String line : leftOut) {
                json.writeString(line);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (CheckItem item : items) {
                finding(json, item);
            }
            json.writeEndArray();
        }) + "\n";
    }

    private static void finding(JsonGenerator json, CheckItem item) throws IOException {
        Finding finding = item.finding();
        json.writeStartObject();
        json.writeStringField("function", finding.name());
        json.writeStringField("engine", finding.engine());
        json.writeNumberField("order", finding.order());
        json.writeNumberField("point", finding.point());
        json.writeStringField("at", item.point());
        json.writeStringField("verdict", finding.verdict().name());
        if (item.rule() != null) {
            json.writeStringField("rule", item.rule().name());
        }
        json.writeObjectFieldStart("numbers");
        for (Judgement judgement : Judgement.values()) {
            json.writeNumberField(judgement.name().toLowerCase(Locale.ROOT), finding.count(judgement));
        }
        json.writeEndObject();
        json.writeFieldName("worstUlps");
        Json.number(json, finding.worst());
        json.writeNumberField("evaluations", finding.evaluations());
        json.writeNumberField("sweeps", finding.sweeps());
        json.writeArrayFieldStart("components");
        for (Component component : finding.components()) {
            component(json, component);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("edges");
        for (EdgeHit hit : finding.edges()) {
            json.writeString(hit.text(Conventions.MINNORM));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("culprits");
        for (Culprit culprit : finding.culprits()) {
            culprit(json, culprit);
        }
        json.writeEndArray();
        json.writeStringField("again", item.again());
        json.writeEndObject();
    }

    private static void component(JsonGenerator json, Component component) throws IOException {
        json.writeStartObject();
        json.writeStringField("where", component.where());
        json.writeStringField("judgement", component.judgement().name().toLowerCase(Locale.ROOT));
        json.writeFieldName("got");
        Json.number(json, component.got());
        json.writeFieldName("expected");
        Json.number(json, component.expected());
        json.writeFieldName("ulps");
        Json.number(json, component.ulps());
        json.writeFieldName("bound");
        Json.number(json, component.bound());
        json.writeStringField("witness", component.witness());
        json.writeStringField("note", component.note());
        json.writeEndObject();
    }

    private static void culprit(JsonGenerator json, Culprit culprit) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", culprit.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        json.writeStringField("operation", culprit.operation());
        Origin origin = culprit.origin();
        if (origin != null) {
            json.writeStringField("source", origin.source());
            json.writeNumberField("line", origin.line());
            json.writeNumberField("column", origin.column());
        }
        json.writeStringField("operand", culprit.operand());
        json.writeFieldName("got");
        Json.number(json, culprit.got());
        json.writeFieldName("expected");
        Json.number(json, culprit.expected());
        json.writeStringField("note", culprit.note());
        json.writeEndObject();
    }
}
