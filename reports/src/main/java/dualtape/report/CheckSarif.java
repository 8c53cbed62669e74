package dualtape.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.check.Verdict;
import dualtape.ir.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Findings in SARIF 2.1.0, the format in which code hosts take the results of analysers. */
public final class CheckSarif {
    private CheckSarif() {}

    /** The text, with a line end. */
    public static String of(List<CheckItem> items, String version) {
        return Json.lines(json -> {
            json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            tool(json, version);
            json.writeStringField("columnKind", "unicodeCodePoints");
            json.writeArrayFieldStart("results");
            for (CheckItem item : items) {
                if (item.rule() != null) {
                    result(json, item);
                }
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
        }) + "\n";
    }

    private static void tool(JsonGenerator json, String version) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "dualtape");
        json.writeStringField("version", version);
        json.writeArrayFieldStart("rules");
        for (CheckItem.Rule rule : CheckItem.Rule.values()) {
            json.writeStartObject();
            json.writeStringField("id", rule.name());
            json.writeStringField("name", rule.label());
            json.writeObjectFieldStart("shortDescription");
            json.writeStringField("text", rule.summary());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void result(JsonGenerator json, CheckItem item) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", item.rule().name());
        json.writeNumberField("ruleIndex", item.rule().ordinal());
        json.writeStringField("level", level(item).toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("message");
        json.writeStringField("text", item.title() + ": " + String.join("; ", item.lines(2)));
        json.writeEndObject();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        Origin origin = item.origin();
        if (origin != null && isFile(origin.source())) {
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", uri(origin.source()));
            json.writeEndObject();
            json.writeObjectFieldStart("region");
            json.writeNumberField("startLine", origin.line());
            json.writeNumberField("startColumn", origin.column());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName",
                item.finding().name() + (origin == null ? "" : ":" + origin.line() + ":" + origin.column()));
        json.writeStringField("kind", "function");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    /** As code hosts name levels: error, warning, note. */
    static String level(CheckItem item) {
        return item.finding().verdict() == Verdict.DISAGREE ? "error"
                : item.finding().verdict() == Verdict.UNRESOLVED ? "warning" : "note";
    }

    /** Whether a program's name in origins is that of a file, and not that of a scenario or of a text on the command line. */
    static boolean isFile(String source) {
        return java.nio.file.Files.isRegularFile(java.nio.file.Path.of(source));
    }

    private static String uri(String file) {
        java.nio.file.Path path = java.nio.file.Path.of(file);
        String text = path.isAbsolute() ? path.toUri().toString() : path.normalize().toString().replace('\\', '/');
        return text.replace(" ", "%20");
    }
}
