package dualtape.explain;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.Cost;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.report.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The explanation as one object, for programs; its fields are described in docs/explain.md. */
final class JsonExplanation {
    private static final int ELEMENTS = 6;

    private final Explanation e;
    private final Labels labels;
    private final JsonGenerator json;

    private JsonExplanation(Explanation explanation, JsonGenerator json) {
        this.e = explanation;
        this.labels = explanation.labels();
        this.json = json;
    }

    static String of(Explanation explanation) {
        return Json.lines(json -> new JsonExplanation(explanation, json).write()) + "\n";
    }

    private void write() throws IOException {
        json.writeNumberField("schema", 1);
        json.writeStringField("program", e.program());
        tensor("value", e.value());
        json.writeObjectFieldStart("gradient");
        int room = e.all() ? Integer.MAX_VALUE : Rows.MOST;
        for (var entry : e.reverse().gradient().entrySet()) {
            if (room-- > 0) {
                tensor(entry.getKey(), entry.getValue());
            }
        }
        json.writeEndObject();
        json.writeNumberField("gradient_count", e.reverse().gradient().size());
        directions();
        json.writeNumberField("rows", e.rows().count());
        json.writeNumberField("rows_elided", e.rows().elided());
        json.writeNumberField("rows_before_elided", e.rows().before());
        json.writeArrayFieldStart("nodes");
        for (Node node : e.rows().shown()) {
            node(node);
        }
        json.writeEndArray();
        steps();
        costs();
    }

    private void directions() throws IOException {
        json.writeArrayFieldStart("directions");
        for (int i = 0; i < e.forward().directions().size(); i++) {
            ForwardTrace.Direction direction = e.forward().directions().get(i);
            json.writeStartObject();
            json.writeStringField("input", direction.input());
            json.writeNumberField("element", direction.element());
            tensor("tangent", e.forward().results().get(i));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("passes", e.forward().passes());
    }

    private void node(Node node) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", labels.of(node));
        json.writeStringField("kind", node instanceof Node.Input ? "input"
                : node instanceof Node.Constant ? "constant" : "operation");
        if (node instanceof Node.Result result) {
            json.writeStringField("operation", result.application().op().symbol());
            json.writeStringField("formula", text(LocalRules.value(result)));
            json.writeArrayFieldStart("operands");
            for (Node operand : result.application().operands()) {
                if (Labels.isInline(operand)) {
                    tensor(((Node.Constant) operand).value());
                } else {
                    json.writeString(labels.of(operand));
                }
            }
            json.writeEndArray();
            if (result.application().origin() != null) {
                json.writeNumberField("line", result.application().origin().line());
                json.writeNumberField("column", result.application().origin().column());
            }
        }
        json.writeFieldName("shape");
        json.writeArray(node.shape().extents(), 0, node.shape().rank());
        tensor("value", e.forward().value(node));
        json.writeBooleanField("read_on_the_way_back", e.reverse().isRead(node));
        tangents(node);
        adjoint(node);
        json.writeEndObject();
    }

    private void tangents(Node node) throws IOException {
        Formula formula = e.forward().formula(node);
        if (formula != null) {
            json.writeStringField("tangent_formula", text(formula));
        }
        json.writeArrayFieldStart("tangents");
        for (Tensor tangent : e.forward().tangents(node)) {
            tensor(tangent);
        }
        json.writeEndArray();
    }

    private void adjoint(Node node) throws IOException {
        ReverseTrace.Sum sum = e.reverse().sum(node);
        if (sum == null) {
            json.writeNullField("adjoint");
            return;
        }
        tensor("adjoint", sum.value());
        json.writeArrayFieldStart("adjoint_parts");
        for (ReverseTrace.Part part : sum.parts()) {
            json.writeStartObject();
            Formula formula = e.reverse().formula(part);
            json.writeStringField("from", part.by() == null ? "seed" : labels.of(part.by().results().get(0)));
            if (formula != null) {
                json.writeStringField("formula", text(formula));
            }
            tensor("value", part.value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("adjoint_parts_elided", sum.elided());
    }

    private void steps() throws IOException {
        json.writeObjectFieldStart("steps");
        json.writeObjectFieldStart("build");
        json.writeNumberField("operations", e.graph().applications().size());
        json.writeNumberField("inputs", e.graph().inputs().size());
        json.writeEndObject();
        json.writeObjectFieldStart("run_and_store");
        nodes("kept", e.reverse().kept());
        json.writeEndObject();
        json.writeObjectFieldStart("go_back");
        nodes("dropped_independent", e.reverse().independent());
        nodes("dropped_unreached", e.reverse().unreached());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void costs() throws IOException {
        json.writeObjectFieldStart("costs");
        for (Map.Entry<String, Cost> entry : e.costs().entrySet()) {
            Cost cost = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeNumberField("primal_operations", cost.primalOperations());
            json.writeNumberField("sweeps", cost.sweeps());
            json.writeNumberField("operations", cost.operations());
            json.writeNumberField("workspace_bytes", cost.workspaceBytes());
            json.writeNumberField("stored_bytes", cost.storedBytes());
            json.writeNumberField("graph_bytes", cost.graphBytes());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** Names of nodes: of a long list as many as there are rows in an elided trace, and how many there are. */
    private void nodes(String field, List<Node> nodes) throws IOException {
        int shown = e.all() ? nodes.size() : Math.min(nodes.size(), Rows.MOST);
        names(field, nodes.subList(0, shown).stream().map(labels::of).toList());
        json.writeNumberField(field + "_count", nodes.size());
    }

    private void names(String field, List<String> names) throws IOException {
        json.writeFieldName(field);
        json.writeArray(names.toArray(String[]::new), 0, names.size());
    }

    private void tensor(String field, Tensor tensor) throws IOException {
        json.writeFieldName(field);
        tensor(tensor);
    }

    /** A tensor as nested lists; of a long one the first elements and how many there are. */
    private void tensor(Tensor tensor) throws IOException {
        if (e.all() || tensor.size() <= ELEMENTS) {
            Json.tensor(json, tensor);
            return;
        }
        json.writeStartObject();
        json.writeArrayFieldStart("first");
        for (int i = 0; i < ELEMENTS; i++) {
            Json.number(json, tensor.at(i));
        }
        json.writeEndArray();
        json.writeNumberField("elements", tensor.size());
        json.writeEndObject();
    }

    private String text(Formula formula) {
        return formula.text(labels, e.all() ? Integer.MAX_VALUE : 300);
    }
}
