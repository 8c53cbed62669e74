package dualtape.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.engine.Operator;
import dualtape.engine.Values;
import dualtape.ir.Tensor;
import java.io.IOException;
import java.util.Map;

/** How the answer of each operator is written, in JSON and for people. */
final class Answers {
    private static final int SHOWN = 100;

    private Answers() {}

    /** The name under which an operator's derivative stands in an answer. */
    static String field(Operator operator) {
        return switch (operator) {
            case JVP -> "tangent";
            case VJP -> "cotangent";
            default -> operator.label();
        };
    }

    /** The fields of an answer: value, derivative, engine. */
    static void write(JsonGenerator json, Operator operator, Values values) throws IOException {
        json.writeFieldName("value");
        Json.tensor(json, values.value());
        if (operator == Operator.JVP) {
            json.writeFieldName(field(operator));
            Json.tensor(json, values.tangent());
        } else {
            json.writeObjectFieldStart(field(operator));
            for (Map.Entry<String, Tensor> entry : values.derivatives().entrySet()) {
                json.writeFieldName(entry.getKey());
                if (operator == Operator.HESSIAN) {
                    blocks(json, values, entry.getKey());
                } else {
                    Json.tensor(json, entry.getValue());
                }
            }
            json.writeEndObject();
        }
        json.writeStringField("engine", values.engine());
    }

    private static void blocks(JsonGenerator json, Values values, String row) throws IOException {
        json.writeStartObject();
        for (String column : values.derivatives().keySet()) {
            json.writeFieldName(column);
            Json.tensor(json, values.block(row, column));
        }
        json.writeEndObject();
    }

    /** The derivative for people, a line or more for each input; the value apart. */
    static String text(Operator operator, Values values) {
        StringBuilder text = new StringBuilder();
        if (operator == Operator.JVP) {
            return "  " + TensorText.of(values.tangent(), SHOWN) + "\n";
        }
        values.derivatives().forEach((name, derivative) -> {
            if (operator == Operator.HESSIAN) {
                values.derivatives().keySet().forEach(column -> matrix(text, name + ", " + column,
                        values.block(name, column)));
            } else if (operator == Operator.JACOBIAN) {
                matrix(text, name, derivative);
            } else {
                text.append("  ").append(name).append(" = ").append(TensorText.of(derivative, SHOWN)).append('\n');
            }
        });
        return text.toString();
    }

    /** A matrix row by row, as far as it can be read. */
    private static void matrix(StringBuilder text, String name, Tensor matrix) {
        int rows = matrix.shape().extent(0);
        int columns = matrix.shape().extent(1);
        String head = "  " + name + " = [";
        text.append(head);
        for (int i = 0; i < Math.min(rows, 20); i++) {
            double[] row = new double[columns];
            for (int j = 0; j < columns; j++) {
                row[j] = matrix.at(i * columns + j);
            }
            text.append(i == 0 ? "" : ",\n" + " ".repeat(head.length())).append(TensorText.of(Tensor.vector(row), 12));
        }
        text.append(rows > 20 ? ",\n" + " ".repeat(head.length()) + "... " + (rows - 20) + " more rows]\n" : "]\n");
    }
}
