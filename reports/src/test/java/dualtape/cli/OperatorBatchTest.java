package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Limits;
import dualtape.engine.Nesting;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every operator in JSON Lines, by every engine: shapes of the answers, and errors that help. */
class OperatorBatchTest {
    private static final String MAP = "{\"expr\": \"[x[0] * y, sin(x[1])]\", \"at\": {\"x\": [1, 0], \"y\": 3, \"u\": 7}, ";
    private static final String SCALAR = "{\"expr\": \"x[0]^2 * x[1] * y\", \"at\": {\"x\": [1, 2], \"y\": 3, \"u\": 7}, ";

    private static String answer(String line) {
        return new Batch(Limits.DEFAULT).answer(line.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(String line) throws Exception {
        return new ObjectMapper().readTree(answer(line));
    }

    /** Compares numbers up to what the engine promises. */
    private static void same(Engine engine, JsonNode got, String expected) throws Exception {
        JsonNode wanted = new ObjectMapper().readTree(expected);
        same(engine.exact() ? 0 : 1e-4, got, wanted, engine.name() + ": " + got);
    }

    private static void same(double tolerance, JsonNode got, JsonNode wanted, String what) {
        if (wanted.isNumber()) {
            assertThat(got.isNumber()).as(what).isTrue();
            assertThat(Math.abs(got.doubleValue() - wanted.doubleValue())).as(what).isLessThanOrEqualTo(tolerance);
            return;
        }
        assertThat(got).as(what).isNotNull();
        assertThat(got.size()).as(what).isEqualTo(wanted.size());
        for (int i = 0; wanted.isArray() && i < wanted.size(); i++) {
            same(tolerance, got.get(i), wanted.get(i), what);
        }
        wanted.properties().forEach(field -> same(tolerance, got.get(field.getKey()), field.getValue(), what));
    }

    @Test
    void everyEngineAnswersEveryOperator() throws Exception {
        for (Engine engine : Engines.all()) {
            String by = "\"engine\": \"" + engine.name() + "\"}";
            same(engine, json(MAP + "\"operator\": \"jacobian\", " + by).get("jacobian"),
                    "{\"x\": [[3, 0], [0, 1]], \"y\": [[1], [0]], \"u\": [[0], [0]]}");
            same(engine,
                    json(MAP + "\"operator\": \"jvp\", \"direction\": {\"x\": [1, 2], \"y\": 5}, " + by).get("tangent"),
                    "[8, 2]");
            same(engine, json(MAP + "\"operator\": \"vjp\", \"seed\": [2, 10], " + by).get("cotangent"),
                    "{\"x\": [6, 10], \"y\": 2, \"u\": 0}");
            same(engine, json(SCALAR + "\"operator\": \"jvp\", \"direction\": {\"y\": 5}, " + by).get("tangent"), "10");
            same(engine, json(SCALAR + "\"operator\": \"vjp\", \"wrt\": [\"y\"], " + by).get("cotangent"),
                    "{\"y\": 2}");
            same(engine, json(SCALAR + "\"operator\": \"hvp\", \"direction\": {\"x\": [1, 0]}, " + by).get("hvp"),
                    "{\"x\": [12, 6], \"y\": 4, \"u\": 0}");
            same(engine, json(SCALAR + "\"operator\": \"hvp\", \"wrt\": [\"y\"], \"direction\": {\"x\": [1, 0]}, " + by)
                    .get("hvp"), "{\"y\": 4}");
            same(engine, json(SCALAR + "\"operator\": \"hessian\", \"wrt\": [\"x\", \"y\"], " + by).get("hessian"),
                    "{\"x\": {\"x\": [[12, 6], [6, 0]], \"y\": [[4], [1]]}, \"y\": {\"x\": [[4, 1]], \"y\": [[0]]}}");
        }
        for (Nesting nesting : Nesting.values()) {
            String nested = "\"nesting\": \"" + nesting.label() + "\"}";
            same(Engines.reverse(), json(SCALAR + "\"operator\": \"hessian\", \"wrt\": [\"y\", \"u\"], " + nested)
                    .get("hessian"), "{\"y\": {\"y\": [[0]], \"u\": [[0]]}, \"u\": {\"y\": [[0]], \"u\": [[0]]}}");
        }
    }

    @Test
    void profilesChooseWhatIsUsedAtAnEdge() throws Exception {
        String abs = "{\"expr\": \"abs(x) + max(y, z)\", \"at\": {\"x\": 0, \"y\": 1, \"z\": 1}, \"edges\": ";
        for (Engine engine : Engines.all()) {
            if (engine.exact()) {
                String by = ", \"engine\": \"" + engine.name() + "\"}";
                same(engine, json(abs + "\"minnorm\"" + by).get("gradient"), "{\"x\": 0, \"y\": 0.5, \"z\": 0.5}");
                same(engine, json(abs + "\"jax\"" + by).get("gradient"), "{\"x\": 1, \"y\": 0.5, \"z\": 0.5}");
                same(engine, json(abs + "\"tensorflow\"" + by).get("gradient"), "{\"x\": 0, \"y\": 1, \"z\": 0}");
                assertThat(json(abs + "\"ieee\"" + by).get("gradient").get("x").asText()).isEqualTo("NaN");
                String root = "{\"expr\": \"sum(sqrt(x))\", \"at\": {\"x\": [0, 1]}, \"edges\": ";
                assertThat(json(root + "\"minnorm\"" + by).get("gradient").get("x").toString())
                        .as(engine.name()).isEqualTo("[\"Infinity\",0.5]");
            }
        }
    }

    @Test
    void errorsSayWhatIsMissingAndWhatThereIs() {
        assertThat(answer(MAP + "\"operator\": \"slope\"}")).contains("unknown operator \\\"slope\\\"")
                .contains("gradient, jacobian, jvp, vjp, hvp, hessian");
        assertThat(answer(MAP + "\"operator\": \"jvp\"}")).contains("needs a direction");
        assertThat(answer(MAP + "\"operator\": \"jvp\", \"direction\": {\"q\": 1}}")).contains("q")
                .contains("the inputs are x, y, u");
        assertThat(answer(MAP + "\"operator\": \"jvp\", \"direction\": {\"x\": 1}}")).contains("has shape []")
                .contains("the input [2]");
        assertThat(answer(MAP + "\"operator\": \"vjp\"}")).contains("needs a seed of that shape").contains("[2]");
        assertThat(answer(MAP + "\"operator\": \"vjp\", \"seed\": [1]}")).contains("the seed has shape [1]");
        assertThat(answer(MAP + "\"operator\": \"hessian\"}")).contains("a hessian is of a scalar");
        assertThat(answer(MAP + "\"operator\": \"jacobian\", \"seed\": [1, 2]}")).contains("takes no seed");
        assertThat(answer(SCALAR + "\"nesting\": \"fr\"}")).contains("has no nesting");
        assertThat(answer(SCALAR + "\"operator\": \"hvp\", \"nesting\": \"rev\", \"direction\": {\"y\": 1}}"))
                .contains("unknown nesting").contains("ff, fr, rf, rr");
        assertThat(answer(SCALAR + "\"edges\": \"torch\"}")).contains("minnorm, jax, tensorflow, ieee");
        assertThat(answer(SCALAR + "\"operator\": 3}")).contains("must be a text");
    }
}
