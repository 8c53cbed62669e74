package dualtape.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.Layout;
import dualtape.engine.Point;
import dualtape.forward.Taylor;
import dualtape.ir.Conventions;
import dualtape.ir.Numerals;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.report.Json;
import dualtape.report.Table;
import dualtape.report.TensorText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A Taylor series for people and for programs. */
final class TaylorText {
    private static final int SHOWN = 6;
    private static final int MOST_EDGES = 20;

    private final Taylor taylor;
    private final Point point;
    private final Point direction;
    private final List<Tensor> coefficients = new ArrayList<>();
    private final List<Tensor> derivatives = new ArrayList<>();

    TaylorText(Taylor taylor, Point point, Point direction) {
        this.taylor = taylor;
        this.point = point;
        this.direction = direction;
        for (int k = 0; k <= taylor.order(); k++) {
            coefficients.add(taylor.coefficient(k));
            derivatives.add(taylor.derivative(k));
        }
    }

    /** A table of k, coefficient and derivative for each element of the result. */
    String text() {
        StringBuilder text = new StringBuilder("Taylor series in t at ").append(String.join(", ",
                direction.names().stream().map(name -> name + " = " + line(name)).toList())).append('\n');
        Shape shape = taylor.value().shape();
        Layout elements = new Layout(Map.of("f", shape));
        for (int i = 0; i < shape.size() && i < SHOWN; i++) {
            text.append('\n').append(shape.isScalar() ? "" : elements.describe(i) + "\n").append(table(i));
        }
        if (shape.size() > SHOWN) {
            text.append("\n... and ").append(shape.size() - SHOWN)
                    .append(" more elements; --format json has them all\n");
        }
        if (!taylor.edges().isEmpty()) {
            text.append("\nThe point is at an edge, where the function may have no series:\n");
            taylor.edges().stream().limit(MOST_EDGES)
                    .forEach(edge -> text.append("  ").append(describe(edge)).append('\n'));
            if (taylor.edges().size() > MOST_EDGES) {
                text.append("  ... and ").append(taylor.edges().size() - MOST_EDGES).append(" more\n");
            }
        }
        return text.toString();
    }

    /** As in 0.3 + t, 1 - 2 t, [1, 2] + [0, 1] t. */
    private String line(String name) {
        String speed = TensorText.of(direction.get(name), SHOWN);
        String size = speed.startsWith("-") ? speed.substring(1) : speed;
        return TensorText.of(point.get(name), SHOWN) + (speed.equals(size) ? " + " : " - ")
                + (size.equals("1") ? "" : size + " ") + "t";
    }

    private String table(int element) {
        Table table = new Table("k", "coefficient f^(k) / k!", "derivative f^(k)");
        for (int k = 0; k <= taylor.order(); k++) {
            table.row(String.valueOf(k), Numerals.text(coefficients.get(k).at(element)),
                    Numerals.text(derivatives.get(k).at(element)));
        }
        return table.text();
    }

    private static String describe(Taylor.Edge edge) {
        String where = edge.origin() == null ? "" : " at " + edge.origin();
        String conventions = String.join("; ", conventions(edge.symbol()));
        return edge.symbol() + where + (edge.steers()
                ? ": another beside the point; what ran at the point was followed"
                : conventions.isEmpty() ? "" : ": " + conventions);
    }

    /** What the catalogue says of an operation's kinks, ties and jumps. */
    private static List<String> conventions(String symbol) {
        Operation operation = Operations.find(symbol);
        List<String> conventions = new ArrayList<>();
        if (operation != null) {
            operation.edges().forEach(edge -> {
                switch (edge.kind()) {
                    case KINK, TIE, JUMP -> conventions.add(edge.kind().name().toLowerCase(Locale.ROOT) + ", "
                            + edge.where() + ": " + edge.used(Conventions.MINNORM));
                    default -> {
                        // poles and ends of domains show in the numbers
                    }
                }
            });
        }
        return conventions;
    }

    /** One line. */
    String json() {
        return Json.line(json -> {
            json.writeFieldName("value");
            Json.tensor(json, taylor.value());
            json.writeNumberField("order", taylor.order());
            json.writeObjectFieldStart("direction");
            for (String name : direction.names()) {
                json.writeFieldName(name);
                Json.tensor(json, direction.get(name));
            }
            json.writeEndObject();
            list(json, "coefficients", coefficients);
            list(json, "derivatives", derivatives);
            json.writeArrayFieldStart("edges");
            for (Taylor.Edge edge : taylor.edges()) {
                json.writeString(describe(edge));
            }
            json.writeEndArray();
        });
    }

    private static void list(JsonGenerator json, String name, List<Tensor> tensors) throws IOException {
        json.writeArrayFieldStart(name);
        for (Tensor tensor : tensors) {
            Json.tensor(json, tensor);
        }
        json.writeEndArray();
    }
}
