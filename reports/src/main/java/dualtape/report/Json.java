package dualtape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.ir.Numerals;
import dualtape.ir.Tensor;
import java.io.IOException;
import java.io.StringWriter;

/** Answers in JSON: numbers that read back to the same double, NaN and infinities as strings, tensors as nested lists. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** What writes one answer. */
    public interface Body {
        /** Writes the fields of the answer. */
        void write(JsonGenerator json) throws IOException;
    }

    /** One object on one line. */
    public static String line(Body body) {
        return object(body, false);
    }

    /** One object, laid out in lines with indents. */
    public static String lines(Body body) {
        return object(body, true);
    }

    private static String object(Body body, boolean laidOut) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            if (laidOut) {
                json.useDefaultPrettyPrinter();
            }
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A double, or the text of one that is not finite. */
    public static void number(JsonGenerator json, double x) throws IOException {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            json.writeString(Double.toString(x));
        } else {
            json.writeNumber(Numerals.json(x));
        }
    }

    /** A scalar as a number, a vector as a list, a matrix as a list of its rows, and so on. */
    public static void tensor(JsonGenerator json, Tensor tensor) throws IOException {
        int rank = tensor.shape().rank();
        int[] index = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            json.writeStartArray();
        }
        if (tensor.size() == 0 && rank > 0) {
            for (int axis = 0; axis < rank; axis++) {
                json.writeEndArray();
            }
            return;
        }
        for (int i = 0; i < tensor.size(); i++) {
            number(json, tensor.at(i));
            int axis = rank - 1;
            while (axis >= 0 && ++index[axis] == tensor.shape().extent(axis)) {
                json.writeEndArray();
                index[axis--] = 0;
            }
            for (int inner = axis + 1; axis >= 0 && inner < rank; inner++) {
                json.writeStartArray();
            }
        }
    }
}
