package dualtape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Values;
import dualtape.ir.Conventions;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.lang.TextSource;
import dualtape.lang.Visible;
import dualtape.report.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON Lines: a request a line in, an answer a line out, in order, flushed. A bad line gets an error, the next is served. */
final class Batch {
    private static final List<String> FIELDS = List.of("expr", "at", "wrt", "engine", "operator", "direction",
            "seed", "edges", "nesting");
    private static final int LONGEST_MESSAGE = 1_000;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Limits limits;

    Batch(Limits limits) {
        this.limits = limits;
    }

    /** Serves every line of the input. */
    void serve(InputStream in, PrintStream out) throws IOException {
        InputStream buffered = new BufferedInputStream(in, 1 << 16);
        for (byte[] line = line(buffered); line != null; line = line(buffered)) {
            out.print(answer(line));
            out.print('\n');
            out.flush();
        }
    }

    /** The next line without its end, or null at the end of the input. A last line without an end is a line. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        for (; b >= 0 && b != '\n'; b = in.read()) {
            bytes.write(b);
        }
        return bytes.toByteArray();
    }

    /** The answer to one line, never an exception. */
    String answer(byte[] line) {
        try {
            return answer(
                    MAPPER.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString()));
        } catch (CharacterCodingException e) {
            return error("the line is not UTF-8");
        } catch (JsonProcessingException e) {
            return error("the line is not JSON: " + e.getOriginalMessage().replaceAll(" \\(start marker at .*", "")
                    + (e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")"));
        } catch (InputException | IllegalArgumentException e) {
            return error(e.getMessage());
        } catch (OutOfMemoryError e) {
            return error("the request needs more memory than there is; raise it with DUALTAPE_JAVA_OPTS=-Xmx...");
        } catch (RuntimeException | StackOverflowError e) {
            return error("internal error: " + e);
        }
    }

    private String answer(JsonNode request) {
        if (request == null || request.isMissingNode()) {
            throw new InputException("the line is empty; a request is {\"expr\": \"x^2\", \"at\": {\"x\": 1}}");
        } else if (!request.isObject()) {
            throw new InputException("a request is an object, as in {\"expr\": \"x^2\", \"at\": {\"x\": 1}}");
        }
        request.properties().forEach(field -> {
            if (!FIELDS.contains(field.getKey())) {
                throw new InputException("unknown field " + Visible.name(field.getKey()) + "; the fields are "
                        + String.join(", ", FIELDS));
            }
        });
        JsonNode expression = request.get("expr");
        if (expression == null || !expression.isTextual()) {
            throw new InputException("\"expr\" must be a text, the program");
        }
        Point at = point(request.get("at"), "at");
        Engine engine = engine(request.get("engine"));
        List<String> wrt = wrt(request.get("wrt"), at);
        TextSource source = Language.parse(expression.textValue(), limits, "expr");
        Question question = new Question(text(request, "operator", Question::operator, Operator.GRADIENT), wrt,
                isGiven(request, "direction") ? point(request.get("direction"), "direction") : null,
                isGiven(request, "seed") ? tensor("seed", "seed", request.get("seed")) : null,
                text(request, "edges", Question::conventions, Conventions.MINNORM),
                text(request, "nesting", Question::nesting, null), engine);
        Values values = question.answer(source, at, limits);
        return Json.line(json -> Answers.write(json, question.operator(), values));
    }

    private static boolean isGiven(JsonNode request, String field) {
        return request.get(field) != null && !request.get(field).isNull();
    }

    /** A field that chooses one of a few things by its name. */
    private static <T> T text(JsonNode request, String field, Function<String, T> meaning, T byDefault) {
        if (!isGiven(request, field)) {
            return byDefault;
        } else if (!request.get(field).isTextual()) {
            throw new InputException("\"" + field + "\" must be a text");
        }
        return meaning.apply(request.get(field).textValue());
    }

    private static Engine engine(JsonNode engine) {
        if (engine == null || engine.isNull()) {
            return Engines.reverse();
        } else if (!engine.isTextual()) {
            throw new InputException(
                    "\"engine\" must be a text: one of " + Engines.names());
        }
        return engine(engine.textValue());
    }

    /** The engine of a name that came from outside. */
    static Engine engine(String name) {
        if (!Engines.names().contains(name)) {
            throw new InputException("unknown engine " + Visible.name(name) + "; the engines are "
                    + String.join(", ", Engines.names()));
        }
        return Engines.named(name);
    }

    private static List<String> wrt(JsonNode wrt, Point at) {
        if (wrt == null || wrt.isNull()) {
            return at.names();
        } else if (!wrt.isArray()) {
            throw new InputException("\"wrt\" must be a list of names, as in [\"x\"]");
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : wrt) {
            if (!name.isTextual()) {
                throw new InputException("\"wrt\" must be a list of names, as in [\"x\"]");
            }
            names.add(name.textValue());
        }
        return names;
    }

    private static Point point(JsonNode at, String where) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        if (at == null || at.isNull()) {
            return Point.of(values);
        } else if (!at.isObject()) {
            throw new InputException(
                    "\"" + where + "\" must be an object, a value for each input, as in {\"x\": 1.5, \"w\": [1, 2]}");
        }
        at.properties().forEach(field -> {
            if (!field.getKey().matches("[\\p{L}_][\\p{L}\\p{Nd}_]*")) {
                throw new InputException(
                        "\"" + where + "\": " + Visible.name(field.getKey()) + " cannot be the name of an input");
            }
            values.put(field.getKey(), tensor(where, field.getKey(), field.getValue()));
        });
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
                            "\"" + where + "\": the rows of " + Visible.name(name) + " differ in length or depth");
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
        return switch (value.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new InputException("\"" + where + "\": " + Visible.name(name)
                    + " must be a number, a list of numbers, or \"NaN\", \"Infinity\", \"-Infinity\"");
        };
    }

    private static String error(String message) {
        String shown = Visible.text(String.valueOf(message));
        String cut = shown.length() > LONGEST_MESSAGE ? shown.substring(0, LONGEST_MESSAGE - 4) + " ..." : shown;
        return Json.line(json -> json.writeStringField("error", cut));
    }
}
