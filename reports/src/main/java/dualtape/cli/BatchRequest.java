package dualtape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Conventions;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.lang.TextSource;
import dualtape.lang.Visible;
import dualtape.lang.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One line of {@code grad --batch}, read and checked. */
record BatchRequest(TextSource source, Point at, Question question, Limits limits) {
    private static final List<String> FIELDS = List.of("expr", "at", "wrt", "engine", "operator", "direction",
            "seed", "edges", "nesting");
    private static final String EXAMPLE = "{\"expr\": \"x^2\", \"at\": {\"x\": 1}}";

    /**
     * The request of a line.
     *
     * @throws InputException if a field is unknown, missing, or not what it has to be
     */
    static BatchRequest of(JsonNode request, Limits limits) {
        if (request == null || request.isMissingNode()) {
            throw new InputException("the line is empty; a request is " + EXAMPLE);
        } else if (!request.isObject()) {
            throw new InputException("the line is " + kind(request) + "; a request is an object, as in " + EXAMPLE);
        }
        for (Map.Entry<String, JsonNode> field : request.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new InputException("unknown field " + Visible.name(field.getKey()) + "; the fields are "
                        + String.join(", ", FIELDS));
            }
        }
        JsonNode expression = request.get("expr");
        if (expression == null || !expression.isTextual()) {
            throw new InputException(expression == null ? "there is no \"expr\"; a request is " + EXAMPLE
                    : "\"expr\" must be a text, the program; got " + kind(expression));
        }
        Point at = isGiven(request, "at") ? point("at", request.get("at")) : Point.of();
        Engine engine = chosen(request, "engine", Question::engine, Engines.reverse());
        List<String> wrt = isGiven(request, "wrt") ? wrt(request.get("wrt")) : at.names();
        Question question = new Question(chosen(request, "operator", Question::operator, Operator.GRADIENT), wrt,
                isGiven(request, "direction") ? point("direction", request.get("direction")) : null,
                isGiven(request, "seed") ? tensor("seed", "seed", request.get("seed")) : null,
                chosen(request, "edges", Question::conventions, Conventions.MINNORM),
                chosen(request, "nesting", Question::nesting, null), engine);
        return new BatchRequest(Language.parse(expression.textValue(), limits, "expr"), at, question, limits);
    }

    private static boolean isGiven(JsonNode request, String field) {
        return request.get(field) != null && !request.get(field).isNull();
    }

    /** A field that chooses one of a few things by its name. */
    private static <T> T chosen(JsonNode request, String field, Function<String, T> meaning, T byDefault) {
        if (!isGiven(request, field)) {
            return byDefault;
        } else if (!request.get(field).isTextual()) {
            throw new InputException("\"" + field + "\" must be a text; got " + kind(request.get(field)));
        }
        return meaning.apply(request.get(field).textValue());
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case STRING -> "a text";
            case NUMBER -> "a number";
            case NULL -> "null";
            default -> node.asText();
        };
    }

    private static List<String> wrt(JsonNode wrt) {
        List<String> names = new ArrayList<>();
        if (wrt.isArray()) {
            wrt.forEach(name -> names.add(name.isTextual() ? name.textValue() : null));
        }
        if (!wrt.isArray() || names.contains(null)) {
            throw new InputException("\"wrt\" must be a list of names, as in [\"x\"]; got "
                    + (wrt.isArray() ? "a list with something else in it" : kind(wrt)));
        }
        return names;
    }

    private static Point point(String where, JsonNode at) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        if (!at.isObject()) {
            throw new InputException("\"" + where + "\" must be an object, a value for each input, as in "
                    + "{\"x\": 1.5, \"w\": [1, 2]}; got " + kind(at));
        }
        for (Map.Entry<String, JsonNode> field : at.properties()) {
            Words.checkInput("\"" + where + "\"", field.getKey());
            values.put(field.getKey(), tensor(where, field.getKey(), field.getValue()));
        }
        return Point.of(values);
    }

    /** A number, or lists of numbers of one length on each level; level by level, so that depth is no matter. */
    private static Tensor tensor(String where, String name, JsonNode value) {
        List<JsonNode> level = List.of(value);
        List<Integer> extents = new ArrayList<>();
        while (!level.isEmpty() && level.get(0).isArray()) {
            int extent = level.get(0).size();
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : level) {
                if (!node.isArray() || node.size() != extent) {
                    throw new InputException(
                            "\"" + where + "\": the rows of " + Visible.name(name) + " differ in length or depth: one "
                                    + "has " + extent + (extent == 1 ? " element" : " elements") + ", another "
                                    + (node.isArray() ? "has " + node.size() : "is " + kind(node)));
                }
                node.forEach(next::add);
            }
            extents.add(extent);
            level = next;
        }
        double[] data = new double[level.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = number(where, name, level.get(i));
        }
        return Tensor.wrap(Shape.of(extents.stream().mapToInt(Integer::intValue).toArray()), data);
    }

    private static double number(String where, String name, JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return switch (value.isTextual() ? value.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new InputException("\"" + where + "\": " + Visible.name(name)
                    + " must be a number, a list of numbers, or \"NaN\", \"Infinity\", \"-Infinity\"; got "
                    + (value.isTextual() ? "the text " + Visible.name(value.textValue()) : kind(value)));
        };
    }
}
