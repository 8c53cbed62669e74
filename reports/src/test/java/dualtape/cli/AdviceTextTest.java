package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Advice;
import dualtape.engine.Operator;
import dualtape.engine.SweepCosts;
import dualtape.report.Messages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTextTest {
    private static final SweepCosts COSTS = new SweepCosts(1.6, 2.1, 5, true);

    @Test
    void sentencesSayWhatEachWayNeeds() {
        assertThat(AdviceText.sentences(Advice.of(Operator.GRADIENT, 200, 1, COSTS), Messages.ENGLISH)).containsExactly(
                "gradient of 1 result element by 200 input elements: use reverse",
                "reverse needs 1 sweep at 2.1 primals",
                "forward needs 200 sweeps at 1.6 primals, 320 in all: about 150 times as much");
        assertThat(AdviceText.sentences(Advice.of(Operator.GRADIENT, 1, 1, COSTS), Messages.ENGLISH)).containsExactly(
                "gradient of 1 result element by 1 input element: use forward",
                "forward needs 1 sweep at 1.6 primals",
                "reverse needs 1 sweep at 2.1 primals: about 1.3 times as much");
        Advice coloured = Advice.of(Operator.JACOBIAN, 1_000, 100, COSTS).withColours(3, 90);
        assertThat(AdviceText.sentences(coloured, Messages.ENGLISH).get(2))
                .isEqualTo("reverse needs 100 sweeps at 2.1 primals, 210 in all: about 44 times as much");
        assertThat(AdviceText.sentences(coloured, Messages.of("zh")).get(2))
                .isEqualTo("反向累积需要 100 遍，每遍相当于 2.1 次求值，合计 210 次：约为前者的 44 倍");
    }

    /** Of what is advised on, every way has its text in every language. */
    @ParameterizedTest
    @EnumSource(value = Operator.class, names = {"GRADIENT", "JACOBIAN", "HESSIAN"})
    void everyWayHasAName(Operator operator) {
        Advice advice = Advice.of(operator, 10, 20, COSTS).withColours(3, 9).withStarColours(2);
        for (String language : Messages.LANGUAGES) {
            assertThat(AdviceText.sentences(advice, Messages.of(language))).hasSize(advice.options().size() + 1);
        }
    }
}
