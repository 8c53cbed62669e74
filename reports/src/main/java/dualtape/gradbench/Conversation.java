package dualtape.gradbench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import dualtape.engine.DerivingEngine;
import dualtape.engine.InputException;
import dualtape.lang.Visible;
import dualtape.workload.Workload;
import dualtape.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One side of a conversation: a message in, its answer out. Whatever is wrong with a message is said in its answer; the next one is
 * served.
 */
public final class Conversation {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(-?\\d{1,18})(?![\\d.eE])");

    private final Evaluations evaluations;

    /** Derivatives by this engine. */
    public Conversation(DerivingEngine engine) {
        this.evaluations = new Evaluations(engine);
    }

    /** What comes after the id in an answer. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** The answer to a line, without an end of line. */
    public byte[] answer(byte[] line) {
        Object message;
        try {
            message = Values.read(line);
        } catch (JsonProcessingException e) {
            return refusal(salvaged(line), "the line is not JSON: " + e.getOriginalMessage().replaceAll("\\s+", " "));
        } catch (IOException | OutOfMemoryError e) {
            return refusal(salvaged(line), e instanceof IOException ? "the line is not JSON in UTF-8: " + e.getMessage()
                    : "not enough memory to read the line; give more with DUALTAPE_JAVA_OPTS=-Xmx...");
        }
        return message instanceof Map<?, ?> fields ? answer(fields)
                : refusal(null, "the message is no object; expected one with id and kind");
    }

    private byte[] answer(Map<?, ?> message) {
        Object id = message.get("id");
        try {
            return String.valueOf(message.get("kind")).equals("evaluate") ? line(id, evaluations.of(message))
                    : line(id, json -> acknowledge(message, json));
        } catch (InputException | IllegalArgumentException e) {
            return refusal(id, e.getMessage());
        } catch (OutOfMemoryError e) {
            evaluations.forget();
            return refusal(id, "not enough memory; give more with DUALTAPE_JAVA_OPTS=-Xmx...");
        } catch (RuntimeException | StackOverflowError e) {
            return refusal(id, "internal error: " + e);
        }
    }

    private static void acknowledge(Map<?, ?> message, JsonGenerator json) throws IOException {
        switch (String.valueOf(message.get("kind"))) {
            case "start" -> json.writeStringField("tool", "dualtape");
            case "define" -> {
                module(message);
                json.writeBooleanField("success", true);
            }
            default -> {} // analysis, and whatever is to come: only the id
        }
    }

    /** The module that a message names. */
    static Workload module(Map<?, ?> message) {
        return Workloads.named(text(message, "module"));
    }

    /** A field that has to be a text. */
    static String text(Map<?, ?> message, String field) {
        if (!(message.get(field) instanceof String text)) {
            throw new InputException(message.containsKey(field)
                    ? "\"" + field + "\" must be a text"
                    : "the message has no \"" + field + "\"; it has " + message.keySet());
        }
        return text;
    }

    /** The id in the text of a line that is no JSON, or null. */
    private static Object salvaged(byte[] line) {
        Matcher id = ID.matcher(new String(line, StandardCharsets.ISO_8859_1));
        return id.find() ? Long.valueOf(id.group(1)) : null;
    }

    /** The answer to a line that was not kept. */
    public static byte[] tooLong(int longest) {
        return refusal(null,
                String.format(Locale.ROOT, "the line has more than %,d MB, too many for the memory; give more with "
                        + "DUALTAPE_JAVA_OPTS=-Xmx...", longest >> 20));
    }

    private static byte[] refusal(Object id, String error) {
        return line(id, json -> {
            json.writeBooleanField("success", false);
            json.writeStringField("error", Visible.message(String.valueOf(error)));
        });
    }

    private static byte[] line(Object id, Body body) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = Values.FACTORY.createGenerator(line, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeFieldName("id");
            Values.write(json, id);
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toByteArray();
    }
}
