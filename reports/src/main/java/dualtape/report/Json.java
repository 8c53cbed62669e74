package dualtape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dualtape.ir.Numerals;
import dualtape.ir.Shape;
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

    /**
     * A scalar as a number, a vector as a list, a matrix as a list of its rows, and so on; where an axis has no elements, an
     * empty list each.
     */
    public static void tensor(JsonGenerator json, Tensor tensor) throws IOException {
        Shape shape = tensor.shape();
        int rank = 0;
        int leaves = 1;
        while (rank < shape.rank() && shape.extent(rank) > 0) {
            leaves *= shape.extent(rank++);
        }
        int[] index = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            json.writeStartArray();
        }
        for (int i = 0; i < leaves; i++) {
            if (tensor.size() > 0) {
                number(json, tensor.at(i));
            } else {
                json.writeStartArray();
                json.writeEndArray();
            }
            int axis = rank - 1;
            while (axis >= 0 && ++index[axis] == shape.extent(axis)) {
                json.writeEndArray();
                index[axis--] = 0;
            }
            for (int inner = axis + 1; axis >= 0 && inner < rank; inner++) {
                json.writeStartArray();
            }
        }
    }
}
