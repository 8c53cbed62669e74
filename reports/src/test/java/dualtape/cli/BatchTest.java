package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static String answer(String line) {
        return new Batch(Limits.DEFAULT).answer(line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void answersWithValueGradientAndEngine() {
        assertThat(answer("{\"expr\": \"sum(x)*y\", \"at\": {\"x\": [1, 2], \"y\": 3, \"z\": [[1], [2]]}}"))
                .isEqualTo(
                        "{\"value\":9.0,\"gradient\":{\"x\":[3.0,3.0],\"y\":3.0,\"z\":[[0.0],[0.0]]},\"engine\":\"reverse\"}");
    }

    @Test
    void notNumbersAreTexts() {
        assertThat(answer("{\"expr\": \"log(x)\", \"at\": {\"x\": 0}}"))
                .isEqualTo("{\"value\":\"-Infinity\",\"gradient\":{\"x\":\"Infinity\"},\"engine\":\"reverse\"}");
    }

    @Test
    void badLinesGetAnErrorThatHelps() {
        assertThat(answer("")).contains("error").contains("empty");
        assertThat(answer("{")).contains("not JSON");
        assertThat(answer("[1]")).contains("a request is an object");
        assertThat(answer("{\"expr\": \"x\", \"at\": {\"x\": 1}, \"by\": 1}")).contains("unknown field")
                .contains("wrt");
        assertThat(answer("{\"expr\": \"x\"}")).contains("has no value").contains("x");
        assertThat(answer("{\"expr\": \"x*2\", \"at\": {\"x\": [1, 2]}}")).contains("sum").contains("seed")
                .contains("Jacobian");
        assertThat(answer("{\"expr\": \"x\", \"at\": {\"x\": 1}, \"engine\": \"fast\"}")).contains("forward, reverse");
        assertThat(answer("{\"expr\": \"x\", \"at\": {\"x\": 1}, \"wrt\": [\"q\"]}")).contains("the inputs are x");
        assertThat(answer("{\"expr\": \"x\", \"at\": {\"x\": [[1], [1, 2]]}}")).contains("differ in length");
        assertThat(answer("{\"expr\": \"sn(x)\", \"at\": {\"x\": 1}}")).contains("did you mean sin?");
        assertThat(answer("{\"expr\": \"x \\u001b[31m\", \"at\": {\"x\": 1}}")).contains("<U+001B>")
                .doesNotContain("\\u001b");
        assertThat(answer("[".repeat(100_000))).contains("error");
    }

    @Test
    void everyLineGetsOneLineInOrder() throws Exception {
        String in = "{\"expr\": \"x\", \"at\": {\"x\": 1}}\n\nbad\n{\"expr\": \"2*x\", \"at\": {\"x\": 1}}";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Batch(Limits.DEFAULT).serve(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8));
        String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines).hasSize(5);
        assertThat(lines[0]).contains("\"value\":1.0");
        assertThat(lines[1]).contains("error");
        assertThat(lines[2]).contains("error");
        assertThat(lines[3]).contains("\"value\":2.0");
    }
}
