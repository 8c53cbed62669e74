package dualtape.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dualtape.engine.Budget;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Values;
import dualtape.lang.Visible;
import dualtape.report.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** JSON Lines: a request a line in, an answer a line out, in order, flushed. A bad line gets an error, the next is served. */
final class Batch {
    private static final int LONGEST_NUMBER = 100_000;
    private static final int DEEPEST = 1_000;
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE).maxNumberLength(LONGEST_NUMBER).maxNestingDepth(DEEPEST).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Limits limits;

    Batch(Limits limits) {
        this.limits = limits;
    }

    /** Serves every line of the input, until the input ends or nobody reads the output any more. */
    void serve(InputStream in, PrintStream out) throws IOException {
        serve(in, out, 1);
    }

    /** The same on several threads, a line each; answers come in order all the same. */
    void serve(InputStream in, PrintStream out, int threads) throws IOException {
        Lines lines = new Lines(in);
        if (threads > 1) {
            new BatchThreads(this, lines, out).serve(threads);
            return;
        }
        while (!out.checkError() && lines.next()) {
            print(out, lines.tooLong() ? tooLong(lines) : answer(lines.line()));
        }
    }

    /** Prints an answer and flushes it. */
    static void print(PrintStream out, String answer) {
        out.print(answer);
        out.print('\n');
        out.flush();
    }

    /** The answer to a line that was not kept. */
    static String tooLong(Lines lines) {
        return error(String.format(Locale.ROOT, "the line has more than %,d MB, too many for the memory of %,d MB; "
                + "give more with DUALTAPE_JAVA_OPTS=-Xmx...", lines.longest() >> 20,
                Runtime.getRuntime().maxMemory() >> 20));
    }

    /** The answer to one line, never an exception. */
    String answer(byte[] line) {
        try {
            JsonNode json = MAPPER.readTree(text(line));
            return new Budget("the request", limits, limits.start())
                    .during(() -> answer(BatchRequest.of(json, limits)));
        } catch (StreamConstraintsException e) {
            return error(e.getMessage().contains("depth")
                    ? String.format(Locale.ROOT, "the line's JSON is nested deeper than %,d levels", DEEPEST)
                    : String.format(Locale.ROOT, "a number in the line has more than %,d digits", LONGEST_NUMBER));
        } catch (JsonProcessingException e) {
            return error("the line is not JSON: " + reason(e)
                    + (e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")"));
        } catch (InputException | IllegalArgumentException e) {
            return error(e.getMessage());
        } catch (OutOfMemoryError e) {
            return error(Derivatives.outOfMemory());
        } catch (RuntimeException | StackOverflowError e) {
            return error("internal error: " + e);
        }
    }

    /** The characters of a line. */
    private static String text(byte[] line) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(line);
        CharBuffer characters = CharBuffer.allocate(line.length);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (result.isError()) {
            throw new InputException(String.format(Locale.ROOT, "the line is not UTF-8: byte %d is 0x%02X",
                    bytes.position() + 1, line[bytes.position()]));
        }
        String text = characters.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** What the parser of JSON says, without the names of its own classes and switches. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll(" \\(start marker at .*", "").replaceAll(": enable `.*", "")
                .replaceAll("Trailing token .*", "there is more after the end of the request")
                .replaceAll("(?s)Non-standard token '([^']*)'.*", "$1 is no number of JSON; write it in quotes");
    }

    private static String answer(BatchRequest request) {
        Values values = request.question().answer(request.source(), request.at(), request.limits());
        return Json.line(json -> Answers.write(json, request.question().operator(), values));
    }

    private static String error(String message) {
        return Json.line(json -> json.writeStringField("error", Visible.message(String.valueOf(message))));
    }
}
