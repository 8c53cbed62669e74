package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BatchTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final String GOOD = "{\"expr\": \"x^2\", \"at\": {\"x\": 3}}";
    static final String ANSWER = "{\"value\":9.0,\"gradient\":{\"x\":6.0},\"engine\":\"reverse\"}";

    private static String answer(String line) {
        return new Batch(Limits.DEFAULT).answer(line.getBytes(StandardCharsets.UTF_8));
    }

    private static String error(String line) throws IOException {
        JsonNode answer = MAPPER.readTree(answer(line));
        assertThat(answer.properties()).as(line).hasSize(1);
        return answer.get("error").textValue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'expr': 'sum(x)*y', 'at': {'x': [1, 2], 'y': 3, 'z': [[1], [2]]}} | 9.0 | {'x':[3.0,3.0],'y':3.0,'z':[[0.0],[0.0]]}",
        "{'expr': 'x*y', 'at': {'y': 2, 'x': 3}} | 6.0 | {'y':3.0,'x':2.0}",
        "{'expr': 'x*y', 'at': {'y': 2, 'x': 3}, 'wrt': ['x']} | 6.0 | {'x':2.0}",
        "{'expr': 'x*y', 'at': {'y': 2, 'x': 3}, 'wrt': ['x', 'y']} | 6.0 | {'x':2.0,'y':3.0}",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': []} | 1.0 | {}", "{'expr': '3'} | 3.0 | {}",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': null, 'engine': null} | 1.0 | {'x':1.0}",
        "{'engine': 'reverse', 'at': {'x': 1}, 'expr': 'x'} | 1.0 | {'x':1.0}",
        "{'expr': 'log(x)', 'at': {'x': 0}} | '-Infinity' | {'x':'Infinity'}",
        "{'expr': 'x*y', 'at': {'x': 'NaN', 'y': '-Infinity'}} | 'NaN' | {'x':'-Infinity','y':'NaN'}",
        "{'expr': 'x', 'at': {'x': 1e999}} | 'Infinity' | {'x':1.0}",
        "{'expr': '0*x', 'at': {'x': -1}} | -0.0 | {'x':0.0}",
        "{'expr': 'x', 'at': {'x': 0.1}} | 0.1 | {'x':1.0}",
        "{'expr': 'x*x', 'at': {'x': 0.1}} | 0.010000000000000002 | {'x':0.2}",
        "{'expr': 'x', 'at': {'x': 12345678901234567890}} | 1.2345678901234567e19 | {'x':1.0}",
        "{'expr': 'sum(X)', 'at': {'X': []}} | 0.0 | {'X':[]}",
        "{'expr': 'sum(X)', 'at': {'X': [[],[]]}} | 0.0 | {'X':[[],[]]}",
        "{'expr': 'sum(X)', 'at': {'X': [[[1],[2]],[[3],[4]]]}} | 10.0 | {'X':[[[1.0],[1.0]],[[1.0],[1.0]]]}",
        "{'expr': 'α^2', 'at': {'α': 3}} | 9.0 | {'α':6.0}",
        "{'expr': 'a = x\\n2*a', 'at': {'x': 1}} | 2.0 | {'x':2.0}",
        "{'expr': 'X[0, 1] * v[-1]', 'at': {'X': [[1, 2]], 'v': [3]}} | 6.0 | {'X':[[0.0,3.0]],'v':[2.0]}"})
    void answersWithValueGradientAndEngine(String line, String value, String gradient) {
        assertThat(answer(line.replace('\'', '"'))).isEqualTo(
                ("{'value':" + value + ",'gradient':" + gradient + ",'engine':'reverse'}").replace('\'', '"'));
    }

    static List<String> engines() {
        return Engines.all().stream().map(Engine::name).toList();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void everyEngineAnswersUnderItsName(String engine) throws IOException {
        JsonNode answer = MAPPER.readTree(
                answer("{\"expr\": \"x^2\", \"at\": {\"x\": 3}, \"engine\": \"" + engine + "\"}"));
        assertThat(answer.get("engine").textValue()).isEqualTo(engine);
        assertThat(answer.get("gradient").get("x").doubleValue()).isCloseTo(6,
                within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "~~ | the line is empty; a request is {'expr': 'x^2', 'at': {'x': 1}}",
        "~  \t~ | the line is empty; a request is {'expr': 'x^2', 'at': {'x': 1}}",
        "[1] | the line is a list; a request is an object, as in {'expr': 'x^2', 'at': {'x': 1}}",
        "null | the line is null; a request is an object, as in {'expr': 'x^2', 'at': {'x': 1}}",
        "'x' | the line is a text; a request is an object, as in {'expr': 'x^2', 'at': {'x': 1}}",
        "true | the line is true; a request is an object, as in {'expr': 'x^2', 'at': {'x': 1}}",
        "{ | the line is not JSON: Unexpected end-of-input: expected close marker for Object (column 2)",
        "bad | the line is not JSON: Unrecognized token 'bad': was expecting (JSON String, Number, Array, Object or token "
                + "'null', 'true' or 'false') (column 1)",
        "{'expr': 'x'} {'expr': 'x'} | the line is not JSON: there is more after the end of the request (column 15)",
        "{'expr': 'x', 'expr': 'y'} | the line is not JSON: Duplicate field 'expr' (column 21)",
        "{'expr': 'x', 'at': {'x': 1, 'x': 2}} | the line is not JSON: Duplicate field 'x' (column 33)",
        "{'expr': 'x', 'at': {'x': NaN}} | the line is not JSON: NaN is no number of JSON; write it in quotes (column 30)",
        "{'expr': 'x', 'at': {'x': 1}, 'by': 1} | unknown field 'by'; the fields are expr, at, wrt, engine, "
                + "operator, direction, seed, edges, nesting",
        "{'at': {'x': 1}} | there is no 'expr'; a request is {'expr': 'x^2', 'at': {'x': 1}}",
        "{'expr': 3} | 'expr' must be a text, the program; got a number",
        "{'expr': 'x', 'at': [1]} | 'at' must be an object, a value for each input, as in {'x': 1.5, 'w': [1, 2]}; got a list",
        "{'expr': 'x', 'at': {'x': 'nan'}} | 'at': 'x' must be a number, a list of numbers, or 'NaN', 'Infinity', '-Infinity'; "
                + "got the text 'nan'",
        "{'expr': 'x', 'at': {'x': null}} | 'at': 'x' must be a number, a list of numbers, or 'NaN', 'Infinity', '-Infinity'; "
                + "got null",
        "{'expr': 'x', 'at': {'x': [1, [2]]}} | 'at': 'x' must be a number, a list of numbers, or 'NaN', 'Infinity', "
                + "'-Infinity'; got a list",
        "{'expr': 'x', 'at': {'x': [[1], [1, 2]]}} | 'at': the rows of 'x' differ in length or depth: one has 1 element, "
                + "another has 2",
        "{'expr': 'x', 'at': {'x': [[1, 2], 3]}} | 'at': the rows of 'x' differ in length or depth: one has 2 elements, "
                + "another is a number",
        "{'expr': 'x', 'at': {'a b': 1}} | 'at': 'a b' cannot be the name of an input; a name is letters, digits and _, and "
                + "begins with no digit",
        "{'expr': 'x', 'at': {'sin': 1}} | 'at': sin is a function of the language; choose another name",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': 'x'} | 'wrt' must be a list of names, as in ['x']; got a text",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': ['x', 1]} | 'wrt' must be a list of names, as in ['x']; got a list with something "
                + "else in it",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': ['x', 'x']} | an input to differentiate by is named twice: 'x'",
        "{'expr': 'x', 'at': {'x': 1}, 'wrt': ['q']} | no input 'q' to differentiate by; the inputs are x",
        "{'expr': '3', 'wrt': ['q']} | no input 'q' to differentiate by; the program has no inputs",
        "{'expr': 'x', 'at': {'x': 1}, 'engine': 'fast'} | unknown engine 'fast'; the engines are forward, reverse, symbolic, "
                + "numeric, auto",
        "{'expr': 'x', 'at': {'x': 1}, 'engine': 1} | 'engine' must be a text; got a number",
        "{'expr': ''} | the program is empty; write an expression, as in x^2",
        "{'expr': 'x'} | line 1, column 1: input 'x' has no value; give it one, as in x=1#  x#  ^",
        "{'expr': 'sn(x)', 'at': {'x': 1}} | line 1, column 1: unknown function 'sn'; did you mean sin?#  sn(x)#  ^",
        "{'expr': 'x @ y', 'at': {'x': [1, 2], 'y': [1]}} | line 1, column 3: matmul: the left operand has shape [2] and the "
                + "right one [1]; the inner extents 2 and 1 differ#  x @ y#    ^",
        "{'expr': 'x \\u001b[31m', 'at': {'x': 1}} | line 1, column 3: unexpected character '<U+001B>'; it cannot be seen; "
                + "delete it#  x <U+001B>[31m#    ^",
        "{'expr': 'x \\ud800', 'at': {'x': 1}} | line 1, column 3: unexpected character '<U+D800>'; it cannot be seen; delete "
                + "it#  x <U+D800>#    ^"})
    void badLinesGetAnErrorThatHelps(String line, String message) throws IOException {
        String[] lines = error(line == null ? "" : line.replace('\'', '"')).split("\n");
        assertThat(String.join("#", lines).replace('"', '\'')).isEqualTo(message);
    }

    @Test
    void aResultThatIsNoScalarIsAnErrorWithTheWaysOut() throws IOException {
        assertThat(error("{\"expr\": \"x*2\", \"at\": {\"x\": [1, 2]}}")).contains("shape [2]").contains("sum(")
                .contains("seed")
                .contains("Jacobian");
    }

    @Test
    void depthAndLengthAreNoMatter() throws IOException {
        assertThat(error("[".repeat(100_000))).isEqualTo("the line's JSON is nested deeper than 1,000 levels");
        assertThat(error("{\"a\":".repeat(100_000))).isEqualTo("the line's JSON is nested deeper than 1,000 levels");
        assertThat(answer("{\"expr\": \"sum(x)\", \"at\": {\"x\": " + "[".repeat(900) + "1" + "]".repeat(900) + "}}"))
                .startsWith("{\"value\":1.0,");
        assertThat(error("{\"expr\": \"x\", \"at\": {\"x\": " + "1".repeat(100_001) + "}}"))
                .isEqualTo("a number in the line has more than 100,000 digits");
        assertThat(answer("{\"expr\": \"x\", \"at\": {\"x\": 1." + "0".repeat(50_000) + "}}"))
                .startsWith("{\"value\":1.0,");
        String name = "n".repeat(1_000_000);
        assertThat(error("{\"expr\": \"x\", \"at\": {\"x\": 1}, \"wrt\": [\"" + name + "\"]}")).hasSizeLessThan(200)
                .endsWith("the inputs are x");
        assertThat(error("{\"" + name + "\": 1}")).hasSizeLessThan(200)
                .endsWith("the fields are expr, at, wrt, engine, operator, direction, seed, edges, nesting");
        assertThat(error("{\"expr\": \"x\", \"at\": {\"x\": 1, \"" + name + "\": 2, \"" + name + "\": 3}}"))
                .hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void aLineOfThirtyMegabytesIsServed() throws IOException {
        String numbers = "1.5,".repeat(7_500_000) + "1";
        assertThat(answer("{\"expr\": \"sum(x)\", \"at\": {\"x\": [" + numbers + "]}, \"wrt\": []}"))
                .isEqualTo("{\"value\":1.1250001E7,\"gradient\":{},\"engine\":\"reverse\"}".replace("1.1250001E7",
                        "11250001.0"));
        assertThat(error("{\"expr\": \"" + "x+".repeat(15_000_000) + "x\"}"))
                .isEqualTo(
                        "the program has 30,000,001 characters, more than 4,194,304; raise the limit with --max-source");
    }

    private static List<String> serve(byte[] in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Batch(new Limits(4 << 20, 1_000, 10_000, 1_000, 60)).serve(new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text.isEmpty() || text.endsWith("\n")).isTrue();
        return text.lines().toList();
    }

    @Test
    void everyLineGetsOneLineInOrder() throws IOException {
        String in = "\uFEFF" + GOOD + "\r\n\nbad\n" + GOOD + "\n{\"expr\": \"while 1 { 1 }\"}\n" + GOOD
                + "\n{\"expr\": \"y = 1; for i in 0..900 { for j in 0..50 { y = y + 1 } }; y\"}\n" + GOOD;
        List<String> lines = serve(in.getBytes(StandardCharsets.UTF_8));
        assertThat(lines).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(lines.get(i)).matches(i == 0 || i == 3 || i == 5 || i == 7
                    ? line -> line.equals(ANSWER) : line -> line.startsWith("{\"error\":"));
        }
        assertThat(lines.get(4)).contains("--max-iterations");
        assertThat(serve(new byte[0])).isEmpty();
        assertThat(serve("\n\n".getBytes(StandardCharsets.UTF_8))).hasSize(2);
    }

    @Test
    void invalidUtf8IsAnErrorThatNamesTheByte() throws IOException {
        byte[] line = (GOOD + "\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        line[10] = (byte) 0xC3;
        assertThat(serve(line)).containsExactly("{\"error\":\"the line is not UTF-8: byte 11 is 0xC3\"}", ANSWER);
        assertThat(serve(new byte[] {'{', (byte) 0xE2, (byte) 0x82})).containsExactly(
                "{\"error\":\"the line is not UTF-8: byte 2 is 0xE2\"}");
    }

    @Test
    void anAnswerIsFlushedBeforeTheNextLineIsRead() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] requests = (GOOD + "\n" + GOOD + "\n").getBytes(StandardCharsets.UTF_8);
        int length = requests.length / 2;
        InputStream oneByOne = new InputStream() {
            private int served;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                assertThat(out.toString(StandardCharsets.UTF_8).lines().count()).isEqualTo(served);
                if (served == 2) {
                    return -1;
                }
                System.arraycopy(requests, served++ * length, target, offset, length);
                return length;
            }
        };
        new Batch(Limits.DEFAULT).serve(oneByOne, new PrintStream(out, false, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ANSWER + "\n" + ANSWER + "\n");
    }

    @Test
    void randomBytesAreAnsweredLineByLine() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<byte[]> lines = new ArrayList<>();
        ByteArrayOutputStream in = new ByteArrayOutputStream();
        for (int i = 0; i < 300; i++) {
            byte[] line = GOOD.getBytes(StandardCharsets.UTF_8);
            for (int k = random.nextInt(4); k > 0; k--) {
                line[random.nextInt(line.length)] = (byte) random.nextInt(256);
            }
            lines.add(line);
            in.write(line);
            in.write('\n');
        }
        long expected = lines.stream().mapToLong(line -> 1 + new String(line, StandardCharsets.ISO_8859_1).chars()
                .filter(c -> c == '\n').count()).sum();
        List<String> answers = serve(in.toByteArray());
        assertThat(answers).hasSize((int) expected);
        for (String answer : answers) {
            JsonNode json = MAPPER.readTree(answer);
            assertThat(json.has("error") ^ json.has("value")).as(answer).isTrue();
            assertThat(json.path("error").asText()).doesNotContain("internal error");
        }
    }
}
