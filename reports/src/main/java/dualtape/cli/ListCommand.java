package dualtape.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.lang.Visible;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.report.Json;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dualtape list}: what there is. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the scenarios, the engines or the operations.",
        footerHeading = "%nExamples:%n",
        footer = {"  dualtape list operations --edges", "  dualtape list engines",
            "  dualtape list scenarios --format json"})
final class ListCommand implements Callable<Integer> {
    @Parameters(paramLabel = "WHAT", description = "scenarios, engines or operations")
    private String what;

    @Option(names = "--edges",
            description = "with operations: their kinks, ties, poles and ends of domain, and what each profile uses there")
    private boolean edges;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text",
            description = "text or json (default ${DEFAULT-VALUE})")
    private String format;

    @Override
    public Integer call() {
        PrintStream out = Main.out();
        boolean json = Formats.isJson(format);
        switch (what) {
            case "engines" -> out.print(json ? document(engines(), ListCommand::write) : engineLines());
            case "operations" -> out.print(json ? document(Operations.all(), this::write) : operationLines());
            case "scenarios" -> out.print(json ? document(Scenarios.all(), ListCommand::write) : scenarioLines());
            default ->
                throw new InputException(
                        "unknown list " + Visible.name(what) + "; there are scenarios, engines, operations");
        }
        out.flush();
        return ExitCode.OK.code();
    }

    private static List<Engine> engines() {
        return Engines.names().stream().map(Engines::named).toList();
    }

    private static String engineLines() {
        StringBuilder text = new StringBuilder();
        engines().forEach(
                engine -> text.append(String.format(Locale.ROOT, "%-10s %s%n", engine.name(), engine.summary())));
        return text.toString();
    }

    private String operationLines() {
        StringBuilder text = new StringBuilder();
        for (Operation operation : Operations.all()) {
            text.append(String.format(Locale.ROOT, "%-28s %s%n", call(operation), operation.summary()));
            if (edges) {
                operation.edges().forEach(edge -> text.append("    ").append(edge).append('\n'));
            }
        }
        return text.toString();
    }

    private static String call(Operation operation) {
        return operation.name() + (Character.isLetter(operation.name().charAt(0)) ? operation.signature() : "");
    }

    private static String scenarioLines() {
        StringBuilder text = new StringBuilder();
        for (Scenario scenario : Scenarios.all()) {
            text.append(String.format(Locale.ROOT, "%-32s %s%n", scenario.name(), scenario.summary()));
        }
        return text.toString();
    }

    private interface Writer<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** One object whose only field is the list. */
    private <T> String document(Iterable<T> items, Writer<T> writer) {
        return Json.line(json -> {
            json.writeArrayFieldStart(what);
            for (T item : items) {
                json.writeStartObject();
                writer.write(json, item);
                json.writeEndObject();
            }
            json.writeEndArray();
        }) + "\n";
    }

    private static void write(JsonGenerator json, Engine engine) throws IOException {
        json.writeStringField("name", engine.name());
        json.writeStringField("summary", engine.summary());
        json.writeBooleanField("exact", engine.exact());
    }

    private void write(JsonGenerator json, Operation operation) throws IOException {
        json.writeStringField("name", operation.name());
        json.writeStringField("group", operation.group());
        json.writeStringField("call", call(operation));
        json.writeStringField("summary", operation.summary());
        if (edges) {
            json.writeArrayFieldStart("edges");
            for (Edge edge : operation.edges()) {
                json.writeStartObject();
                json.writeStringField("kind", edge.kind().name().toLowerCase(Locale.ROOT));
                json.writeStringField("where", edge.where());
                for (Conventions conventions : Conventions.values()) {
                    json.writeStringField(conventions.label(), edge.used(conventions));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private static void write(JsonGenerator json, Scenario scenario) throws IOException {
        json.writeStringField("name", scenario.name());
        json.writeStringField("summary", scenario.summary());
        json.writeStringField("provenance", scenario.provenance());
        json.writeStringField("program", scenario.program());
        json.writeArrayFieldStart("wrt");
        for (String name : scenario.selected()) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
