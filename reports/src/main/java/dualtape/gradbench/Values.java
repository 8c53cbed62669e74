package dualtape.gradbench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dualtape.engine.InputException;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.workload.Datum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as values and back. Lists of numbers are tensors as they are read, number by number, so that a line of 30 MB needs the memory
 * of its numbers. NaN and infinities may stand in the input as bare words.
 */
final class Values {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(10_000).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    private Values() {}

    /** The one value of a line. */
    static Object read(byte[] line) throws IOException {
        try (JsonParser json = FACTORY.createParser(line)) {
            if (json.nextToken() == null) {
                throw new JsonParseException(json, "the line is empty");
            }
            Object value = value(json);
            if (json.nextToken() != null) {
                throw new JsonParseException(json, "there is more after the end of the message");
            }
            return value;
        }
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    String name = json.currentName();
                    json.nextToken();
                    fields.put(name, value(json));
                }
                yield fields;
            }
            case START_ARRAY -> list(json);
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> json.getText();
        };
    }

    private static Object list(JsonParser json) throws IOException {
        double[] numbers = new double[16];
        int count = 0;
        List<Object> others = null;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (others == null && token.isNumeric()) {
                numbers = count < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * count);
                numbers[count++] = json.getDoubleValue();
                continue;
            }
            if (others == null) {
                others = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    others.add(numbers[i]);
                }
            }
            others.add(value(json));
        }
        return others == null ? Tensor.wrap(Shape.of(count), Arrays.copyOf(numbers, count)) : joined(others);
    }

    /** Rows of one shape as one tensor; a list that has anything else in it as it is. */
    private static Object joined(List<Object> rows) {
        Shape shape = rows.get(0) instanceof Tensor first ? first.shape() : null;
        for (Object row : rows) {
            if (shape == null || !(row instanceof Tensor tensor) || !tensor.shape().equals(shape)) {
                return rows;
            }
        }
        Shape all = shape.with(0, rows.size());
        double[] elements = new double[all.size()];
        for (int i = 0; i < rows.size(); i++) {
            ((Tensor) rows.get(i)).copyTo(elements, i * shape.size());
        }
        return Tensor.wrap(all, elements);
    }

    /**
     * Checks that all numbers of an output are finite.
     *
     * @throws InputException if one is not, naming it
     */
    static void checkFinite(String path, Object value) {
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> checkFinite(path + "." + name, field));
        } else if (value instanceof Tensor tensor) {
            for (int i = 0; i < tensor.size(); i++) {
                if (!Double.isFinite(tensor.at(i))) {
                    throw infinite(Datum.place(path, tensor.shape(), i), tensor.at(i));
                }
            }
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            throw infinite(path, number);
        }
    }

    private static InputException infinite(String place, double number) {
        return new InputException(place + " is " + number + ": the function has no finite value there");
    }

    /** Writes what {@link dualtape.workload.Task#output} gives, or what {@link #read} has read of a single value. */
    static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> fields) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : fields.entrySet()) {
                json.writeFieldName((String) field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Tensor tensor) {
            write(json, tensor, 0, 0);
        } else if (value instanceof int[] whole) {
            json.writeArray(whole, 0, whole.length);
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Number whole) {
            json.writeNumber(whole.toString());
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, element);
            }
            json.writeEndArray();
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    private static void write(JsonGenerator json, Tensor tensor, int axis, int from) throws IOException {
        Shape shape = tensor.shape();
        if (axis == shape.rank()) {
            json.writeNumber(tensor.at(from));
            return;
        }
        json.writeStartArray();
        for (int i = 0; i < shape.extent(axis); i++) {
            write(json, tensor, axis + 1, from + i * shape.stride(axis));
        }
        json.writeEndArray();
    }
}
