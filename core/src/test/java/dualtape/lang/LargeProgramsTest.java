package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dualtape.engine.InputException;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs as large as the limits allow, and larger: the right value, or an error that names the limit and its flag. */
class LargeProgramsTest {
    private static final int MANY = 200_000;
    private static final Limits PATIENT = new Limits(4 << 20, 1_000, 5_000_000, 1_000_000, 600);
    private static final Point AT = Point.of("x", 1.0);

    private static double value(String program) {
        Graph graph = Language.parse(program, PATIENT, "program").trace(AT).graph();
        return graph.evaluate(Tensors.INSTANCE, List.of(Tensor.scalar(1))).get(0).value();
    }

    @Test
    void longChainsOfOperatorsNeedNoStack() {
        assertThat(value("x" + " + x".repeat(MANY - 1))).isEqualTo(MANY);
        assertThat(value("x" + " - x".repeat(MANY - 1))).isEqualTo(2 - MANY);
        assertThat(value("-".repeat(MANY) + "x")).isEqualTo(1);
        assertThat(value("not ".repeat(MANY + 1) + "x")).isEqualTo(0);
        assertThat(value("x" + "^x".repeat(MANY))).isEqualTo(1);
        assertThat(value("x" + "^-x".repeat(MANY))).isEqualTo(1);
        assertThat(value("x" + " and x".repeat(MANY))).isEqualTo(1);
        assertThat(value("1" + "; x".repeat(MANY))).isEqualTo(1);
        assertThat(value("if x < 0 { 1 }" + " else if x < 0 { 1 }".repeat(MANY / 10) + " else { 7 }")).isEqualTo(7);
        assertThat(value("sum([x" + ", x".repeat(MANY - 1) + "])")).isEqualTo(MANY);
    }

    @Test
    void sharedValuesAreComputedOnce() {
        assertThat(value("y = x" + "; y = y + y".repeat(60) + "; y")).isEqualTo(Math.pow(2, 60));
    }

    @Test
    void manyInputsAreInputs() {
        StringBuilder program = new StringBuilder("0");
        for (int i = 0; i < MANY; i++) {
            program.append(" + x").append(i);
        }
        assertThat(Language.parse(program.toString()).inputs()).hasSize(MANY);
    }

    @Test
    void nestingUpToTheLimitIsReadAndRun() {
        for (String open : List.of("(", "sin(", "[0, ", "x + (", "-(", "(1 < ", "x[0 * ",
                "(x or not x < x + x * -x ^ ")) {
            String close = open.contains("[") ? "]" : ")";
            String program = open.repeat(1_000) + "0" + close.repeat(1_000);
            try {
                Language.parse(program, PATIENT, "program").trace(AT);
            } catch (LanguageException e) {
                assertThat(e).hasMessageMatching("(?s).*(one shape|no elements).*"); // shapes, not the depth
            }
        }
        String blocks = "if x { ".repeat(1_000) + "7" + " }".repeat(1_000);
        assertThat(value(blocks)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "sin(", "x[", "-(", "if x { ", "f(x, "})
    void nestingBeyondTheLimitIsRefused(String open) {
        assertThatThrownBy(() -> Language.parse(open.repeat(MANY) + "x")).isInstanceOf(LimitException.class)
                .hasMessageContaining("deeper than 1,000 levels; raise the limit with --max-nesting");
    }

    @Test
    void theLimitOfNestingCanBeRaised() {
        Limits deep = new Limits(4 << 20, 100_000, 5_000_000, 1_000_000, 600);
        Graph graph = Language.parse("-(".repeat(100_000) + "x" + ")".repeat(100_000), deep, "program").trace(AT)
                .graph();
        assertThat(graph.applications()).hasSize(100_000);
    }

    @Test
    void callsOfCallsAreBoundedLikeBrackets() {
        StringBuilder chain = new StringBuilder("def f0(a) = a\n");
        for (int i = 1; i < 20_000; i++) {
            chain.append("def f").append(i).append("(a) = f").append(i - 1).append("(a)\n");
        }
        assertThat(value(chain + "f999(x)")).isEqualTo(1);
        assertThatThrownBy(() -> value(chain + "f19999(x)")).isInstanceOf(LimitException.class)
                .hasMessageContaining("calls and brackets are nested deeper than 1,000 levels")
                .hasMessageContaining("--max-nesting");
    }

    @Test
    void callsThatDoubleEndAtTheDeadlineOrAtTheNodes() {
        StringBuilder doubling = new StringBuilder("def f0(a) = a\n");
        StringBuilder adding = new StringBuilder("def f0(a) = a\n");
        for (int i = 1; i <= 60; i++) {
            doubling.append("def f%d(a) { f%d(a); f%d(a) }\n".formatted(i, i - 1, i - 1));
            adding.append("def f%d(a) = f%d(a) + f%d(a)\n".formatted(i, i - 1, i - 1));
        }
        Limits hasty = new Limits(4 << 20, 1_000, 5_000_000, 1_000_000, 0.2);
        assertThatThrownBy(() -> Language.parse(doubling + "f60(x)", hasty, "program").trace(AT))
                .isInstanceOf(LimitException.class).hasMessageContaining("longer than 0.2 s")
                .hasMessageContaining("--max-seconds");
        Limits few = new Limits(4 << 20, 1_000, 10_000, 1_000_000, 600);
        assertThatThrownBy(() -> Language.parse(adding + "f60(x)", few, "program").trace(AT))
                .isInstanceOf(LimitException.class).hasMessageContaining("more than 10,000 nodes; raise the limit with "
                        + "--max-nodes");
    }

    @Test
    void sourceOfFourMegabytesIsReadAndMoreIsRefused() {
        assertThat(value("x #" + "c".repeat((4 << 20) - 3))).isEqualTo(1);
        assertThat(value(" \n".repeat((2 << 20) - 1) + "x")).isEqualTo(1);
        assertThat(value("x" + "1".repeat(100) + "=1;" + "x;".repeat(400_000) + "x")).isEqualTo(1);
        assertThat(value("0*" + "1".repeat(300) + "0".repeat(1_000_000) + "; x")).isEqualTo(1);
        assertThatThrownBy(() -> Language.parse("x" + " ".repeat(4 << 20))).isInstanceOf(LimitException.class)
                .hasMessage(
                        "the program has 4,194,305 characters, more than 4,194,304; raise the limit with --max-source");
        String name = "n".repeat(4 << 20);
        assertThatThrownBy(() -> Language.parse(name).trace(AT)).isInstanceOf(InputException.class)
                .hasMessageContaining("has no value");
    }

    @Test
    void loopsEndAtTheirLimit() {
        assertThat(value("y = x; for i in 0..100000 { y = y + x }; y")).isEqualTo(100_001);
        assertThatThrownBy(() -> value("while 1 { 1 }")).isInstanceOf(LimitException.class)
                .hasMessageContaining("more than 1,000,000 times; raise the limit with --max-iterations");
        assertThatThrownBy(() -> value("for i in 0..2000000000 { 1 }")).isInstanceOf(LimitException.class)
                .hasMessageContaining("--max-iterations");
    }

    @Test
    void anOperationThatCannotEndInTimeIsNotBegun() {
        Limits hasty = new Limits(4 << 20, 1_000, 5_000_000, 1_000_000, 1);
        assertThatThrownBy(
                () -> Language.parse("A = broadcast(x, shape=[3000, 3000]); A @ A", hasty, "program").trace(AT))
                .isInstanceOf(LimitException.class).hasMessageContaining("5.40e+10 operations")
                .hasMessageContaining("--max-seconds");
    }
}
