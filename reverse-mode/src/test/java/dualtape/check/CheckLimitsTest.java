package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Budget;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Watch;
import dualtape.lang.Language;
import dualtape.lang.PointText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks of what is too much for the time there is, or for all laws. */
class CheckLimitsTest {
    private static final List<DerivingEngine> MODES = List.of(Engines.forward(), Engines.reverse());

    private final Point at = PointText.parse("x=[0.5, 1.5, 2, 3]");
    private final Traced traced = Language.parse("sum(sin(x) * x) * x[0]").trace(at);

    /** Ends the work at its n-th look. */
    private static Watch after(int looks) {
        int[] looked = {0};
        return new Watch() {
            @Override
            public void check(long nodes) {
                if (looked[0]++ >= looks) {
                    throw new LimitException("enough of it");
                }
            }
        };
    }

    @Test
    void withoutTimeAllIsUnresolvedAndTheMessageNamesTheOption() {
        Limits limits = new Limits(1, 1, 1_000_000, 1, 1e-9);
        for (Engine engine : MODES) {
            Finding finding = new Budget("the check", limits, limits.start())
                    .during(() -> Check.of(engine).run("f", traced, at, at.names()));
            assertThat(finding.verdict()).isEqualTo(Verdict.UNRESOLVED);
            assertThat(finding.judged()).isZero();
            assertThat(finding.components()).singleElement().extracting(Component::text).asString()
                    .startsWith("all of it: the check took longer than").endsWith("--max-seconds");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatWasJudgedBeforeALimitCounts(int order) {
        for (Engine engine : MODES) {
            Finding finding = after(3).during(() -> Check.of(engine).ofOrder(order).run("f", traced, at, at.names()));
            assertThat(finding.verdict()).isEqualTo(Verdict.UNRESOLVED);
            assertThat(finding.count(Judgement.CERTIFIED)).isEqualTo(finding.judged()).isPositive();
            assertThat(finding.components()).singleElement().extracting(Component::text)
                    .isEqualTo("the rest: enough of it");
            assertThat(finding.numbers()).doesNotContainKey("the rest");
        }
    }

    @Test
    void aWrongNumberThatWasFoundBeforeALimitIsADisagreement() {
        for (DerivingEngine engine : MODES) {
            Engine faulty = FaultyEngine.of(engine, SweepFault.WRONG_SEED);
            Finding finding = after(3).during(() -> Check.of(faulty).run("f", traced, at, at.names()));
            assertThat(finding.verdict()).isEqualTo(Verdict.DISAGREE);
            assertThat(finding.components()).extracting(Component::where).contains("the rest");
        }
    }

    @Test
    void lightLawsAreForFunctionsOfAnySizeAndHeavyOnesAreNot() {
        Point x = PointText.parse("x=1.0000001");
        Traced large = Language.parse("x" + "+x".repeat(Law.LARGE + 1)).trace(x);
        assertThat(Law.all()).allMatch(law -> law.isFor(traced)).anyMatch(law -> !law.isFor(large));
        List<Law> light = Law.all().stream().filter(law -> law.isFor(large)).toList();
        assertThat(light).isNotEmpty();
        for (Law law : light) {
            for (Engine engine : MODES) {
                assertThat(law.breaches(engine, large, x, x.names(), 1)).isEmpty();
            }
        }
    }

    @Test
    void anEngineWithAMemoryDerivesOnceForEachRequestAndGivesTheSame() {
        for (DerivingEngine engine : MODES) {
            int[] derived = {0};
            Engine once = Once.of(new FaultyEngine(engine, graph -> {
                derived[0]++;
                return graph;
            }, plan -> plan));
            assertThat(Once.of(once)).isSameAs(once);
            for (int i = 0; i < 3; i++) {
                for (Law law : new Laws().laws().stream().filter(law -> !law.isHeavy()).toList()) {
                    assertThat(law.breaches(once, traced, at, at.names(), i)).isEmpty();
                }
            }
            assertThat(derived[0]).isEqualTo(1);
            Finding finding = Check.of(once).run("f", traced, at, at.names());
            assertThat(finding.numbers()).isEqualTo(Check.of(engine).run("f", traced, at, at.names()).numbers());
            assertThat(finding.verdict()).isEqualTo(Verdict.AGREE);
        }
    }
}
