package dualtape.gradbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Engines;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.workload.Workload;
import dualtape.workload.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConversationTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Conversation conversation = new Conversation(Engines.auto());

    private String answer(String message) {
        return new String(conversation.answer(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8).replace('"', '\'');
    }

    private JsonNode json(String message) throws IOException {
        return MAPPER.readTree(conversation.answer(message.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'id':0,'kind':'start','eval':'gmm'} | {'id':0,'tool':'dualtape'}",
        "{'id':0,'kind':'start','eval':'gmm','config':{'a':[1,'x']}} | {'id':0,'tool':'dualtape'}",
        "{'id':1,'kind':'define','module':'gmm'} | {'id':1,'success':true}",
        "{'id':3,'kind':'analysis','of':2,'valid':false,'error':'off'} | {'id':3}",
        "{'id':4,'kind':'coffee'} | {'id':4}",
        "{'id':5} | {'id':5}", "{'kind':'analysis'} | {'id':null}", "{'kind':'analysis','id':'a'} | {'id':'a'}",
        "{'id':12345678901234567890,'kind':'x'} | {'id':12345678901234567890}"})
    void everyKindHasItsAnswer(String message, String answer) {
        assertThat(answer(message)).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{'id':1,'kind':'define','module':'gm'} | 1 | unknown module",
        "{'id':1,'kind':'define'} | 1 | no 'module'",
        "{'id':1,'kind':'define','module':3} | 1 | 'module' must be a text",
        "{'id':2,'kind':'evaluate','module':'lse','function':'gradient'} | 2 | no 'input'",
        "{'id':2,'kind':'evaluate','module':'lse','input':{}} | 2 | no 'function'",
        "{'id':2,'kind':'evaluate','module':'lse','function':'hessian','input':{}} | 2 | no function 'hessian'",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{}} | 2 | input has no field 'x'",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':3} | 2 | input is 3, expected an object",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[[1,2],[3]]}} | 2 | input.x is a list",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[1,NaN]}} | 2 | input.x[1] is NaN",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[-Infinity]}} | 2 | input.x[0] is -Infinity",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[]}} | 2 | input.x is empty",
        "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[1],'min_runs':'a'}} | 2 | input.min_runs is a text",
        "{'id':2,'kind':'evaluate','module':'hello','function':'double','input':'x'} | 2 | input is a text, expected a number",
        "{'id':2,'kind':'evaluate','module':'hello','function':'square','input':1e200} | 2 | output is Infinity",
        "{'id':2,'kind':'evaluate','module':'llsq','function':'primal','input':{'x':[1],'n':1}} | 2 | 1, expected a whole number, 2 or",
        "{'id':2,'kind':'evaluate','module':'llsq','function':'primal','input':{'x':[1],'n':2.5}} | 2 | input.n is 2.5",
        "{'id':9,'kind':'evaluate','module':'lse' | 9 | not JSON", "{'id': 17, nonsense | 17 | not JSON",
        "nonsense | null | not JSON",
        "{'id':1.5e3,] | null | not JSON", "~~ | null | empty", "{'id':3}{'id':4} | 3 | more after the end",
        "[1] | null | no object",
        "{'id':3,'id':4} | 3 | Duplicate"})
    void whatIsWrongIsSaidAndTheNextMessageIsServed(String message, String id, String part) throws IOException {
        JsonNode answer = json(message);
        assertThat(answer.get("id").asText()).isEqualTo(id);
        assertThat(answer.get("success").booleanValue()).isFalse();
        assertThat(answer.get("error").textValue()).contains(part.replace('\'', '"'));
        assertThat(answer.properties()).hasSize(3);
        assertThat(answer("{'id':8,'kind':'define','module':'hello'}")).isEqualTo("{'id':8,'success':true}");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] line = {'{', '"', 'i', 'd', '"', ':', '6', ',', '"', (byte) 0xFF, '"', '}'};
        assertThat(new String(conversation.answer(line), StandardCharsets.UTF_8))
                .startsWith("{\"id\":6,\"success\":false");
    }

    @Test
    void runsAreRepeatedAsOftenAsAsked() throws IOException {
        JsonNode answer = json(
                "{'id':2,'kind':'evaluate','module':'hello','function':'double','input':3,'description':'3'}");
        assertThat(answer.get("output").doubleValue()).isEqualTo(6);
        assertThat(answer.get("timings").findValuesAsText("name")).containsExactly("prepare", "evaluate");
        answer = json("{'id':2,'kind':'evaluate','module':'lse','function':'gradient','input':{'x':[1,2],'min_runs':3,"
                + "'min_seconds':0}}");
        assertThat(answer.get("timings").findValuesAsText("name")).containsExactly("prepare", "evaluate", "evaluate",
                "evaluate");
        answer.get("timings").forEach(timing -> assertThat(timing.get("nanoseconds").isIntegralNumber()).isTrue());
    }

    @Test
    void aProgramServesEveryInputOfItsSizes() {
        Evaluations evaluations = new Evaluations(Engines.auto());
        for (double x : new double[] {1, 2, 3}) {
            Map<String, Object> input = Map.of("x", Tensor.vector(x, 2 * x));
            evaluations.of(Map.of("module", "lse", "function", "gradient", "input", input));
        }
        assertThat(evaluations.kept()).isEqualTo(1);
        evaluations.of(Map.of("module", "lse", "function", "gradient", "input", Map.of("x", Tensor.vector(1))));
        assertThat(evaluations.kept()).isEqualTo(2);
    }

    @Test
    void aLineOfThirtyMegabytesIsServed() throws IOException {
        StringBuilder line = new StringBuilder(
                "{'id':2,'kind':'evaluate','module':'lse','function':'primal','input':{'x':[-1");
        while (line.length() < 30_000_000) {
            line.append(",-0.123456789012345678");
        }
        JsonNode answer = json(line.append("]}}").toString());
        assertThat(answer.get("success").booleanValue()).isTrue();
    }

    static Stream<Arguments> functions() {
        return Workloads.all().stream().flatMap(workload -> workload.functions().stream()
                .map(function -> Arguments.of(workload.name(), function)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionAnswersWithFiniteNumbers(String module, String function) throws IOException {
        JsonNode answer = MAPPER.readTree(conversation.answer(message(module, function,
                Workloads.named(module).sample(3))));
        assertThat(answer.get("success").booleanValue()).as(answer.toString()).isTrue();
        assertThat(answer.get("output").isMissingNode()).isFalse();
    }

    /** Without a field, and with one of another shape, every module names the field. */
    @ParameterizedTest
    @MethodSource("functions")
    void everyFieldIsCheckedAndNamed(String module, String function) throws IOException {
        Workload workload = Workloads.named(module);
        if (!(workload.sample(3) instanceof Map<?, ?> fields)) {
            return;
        }
        for (Object field : fields.keySet()) {
            for (Object other : Arrays.asList(null, "a text", Tensor.uniform(2, Shape.of(1, 1, 1, 1, 1)))) {
                Map<Object, Object> changed = new LinkedHashMap<>(fields);
                changed.put(field, other);
                if (other == null) {
                    changed.remove(field);
                }
                JsonNode answer = MAPPER.readTree(conversation.answer(message(module, function, changed)));
                assertThat(answer.path("error").asText()).as("%s without %s: %s", module, field, answer)
                        .contains(String.valueOf(field)).doesNotContain("internal");
            }
        }
    }

    private static byte[] message(String module, String function, Object input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = Values.FACTORY.createGenerator(line)) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", 5);
            message.put("kind", "evaluate");
            message.put("module", module);
            message.put("function", function);
            message.put("input", input);
            Values.write(json, message);
        }
        return line.toByteArray();
    }
}
