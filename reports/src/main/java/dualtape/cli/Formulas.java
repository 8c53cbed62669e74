package dualtape.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.Budget;
import dualtape.engine.Engines;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Swell;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.lang.print.TextPrinter;
import dualtape.report.Texts;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simplified derivative as expressions of the text language, and how much larger it is written out than shared.
 *
 * @param programs by input, null where one is too long to print
 * @param more how many inputs were left out
 * @param swell of all
 */
record Formulas(Map<String, String> programs, int more, Swell swell) {
    private static final int LONGEST = 1_500;
    private static final long LARGEST = 2_000;
    private static final int MOST_PARTS = 20;
    private static final int WIDTH = 88;

    /** Of a gradient. */
    static Formulas of(Question question, Graph graph, Point at, Limits limits) {
        Request request = question.asked(graph, at).request();
        Graph derived = new Budget("the symbolic derivative", limits, Budget.deadline(limits))
                .during(() -> Engines.symbolic().derive(graph, request).graph());
        List<Node> parts = derived.outputs().subList(1, derived.outputs().size());
        Map<String, String> programs = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(parts.size(), MOST_PARTS); i++) {
            String program = Swell.of(derived, List.of(parts.get(i))).shared() > LARGEST ? null
                    : TextPrinter.print(derived, parts.get(i), WIDTH);
            programs.put(request.wrt().get(i), program == null || program.length() > LONGEST ? null : program);
        }
        return new Formulas(programs, Math.max(0, parts.size() - MOST_PARTS), Swell.of(derived, parts));
    }

    /** For people. */
    String text() {
        StringBuilder text = new StringBuilder();
        programs.forEach((input, program) -> text.append("  d/d").append(input).append(": ")
                .append(program == null ? "too long to print" : program.replace("\n", "\n    ")).append('\n'));
        if (more > 0) {
            text.append("  ... and by ").append(more).append(" more inputs\n");
        }
        return text.append("  swell: ").append(Texts.swell(swell)).append('\n').toString();
    }

    /** As fields: {@code formulas} by input, null where too long, and {@code swell}, the tree's size as a text if it is no long. */
    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("formulas");
        for (Map.Entry<String, String> program : programs.entrySet()) {
            json.writeStringField(program.getKey(), program.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("swell");
        if (swell.tree().bitLength() < 63) {
            json.writeNumberField("tree", swell.tree().longValue());
        } else {
            json.writeStringField("tree", swell.tree().toString());
        }
        json.writeNumberField("shared", swell.shared());
        json.writeEndObject();
    }
}
