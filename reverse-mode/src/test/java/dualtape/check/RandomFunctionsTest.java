package dualtape.check;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Seeded random smooth functions over the whole catalogue: none may be called wrong, and with a fault in one rule each must be.
 * {@code -Ddualtape.random.functions=10000} takes more of them.
 */
class RandomFunctionsTest {
    private static final int COUNT = Integer.getInteger("dualtape.random.functions", 60);

    @Test
    void rightDerivativesAgreeAndPlantedFaultsDisagree() {
        int unresolved = 0;
        int planted = 0;
        int caught = 0;
        Set<String> operations = new HashSet<>();
        for (int i = 0; i < COUNT; i++) {
            RandomFunction f = RandomFunction.of(i);
            operations.addAll(f.operations());
            Check check = Check.of(Engines.forward()).withoutBlame();
            for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
                Finding finding = check.on(engine).run("random " + i, f.traced(), f.at(), f.at().names());
                assertThat(finding.verdict()).as(i + " " + f.operations() + " " + finding.components())
                        .isNotEqualTo(Verdict.DISAGREE);
                unresolved += finding.verdict() == Verdict.UNRESOLVED ? 1 : 0;
            }
            Engine faulty = faulty(f, i);
            if (faulty != null) {
                Verdict verdict = check.on(faulty).run("random " + i, f.traced(), f.at(), f.at().names()).verdict();
                planted++;
                caught += verdict == Verdict.DISAGREE ? 1 : 0;
                assertThat(verdict).as(i + " " + f.operations()).isNotEqualTo(Verdict.AGREE);
            }
        }
        assertThat(unresolved).isLessThanOrEqualTo(2 * COUNT / 100); // two engines
        assertThat(planted).isGreaterThan(9 * COUNT / 10);
        assertThat(caught).isGreaterThanOrEqualTo((int) Math.floor(0.999 * planted));
        assertThat(operations).hasSizeGreaterThan(Math.min(COUNT, 60) / 2);
    }

    /** Reverse accumulation with a random fault that changes the derivative by more than a relative 1e-8; null if none does. */
    private static Engine faulty(RandomFunction f, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<RuleFault> faults = new ArrayList<>(List.of(RuleFault.values()));
        Collections.rotate(faults, random.nextInt(faults.size())); // the first that can be planted
        double[] right = SelfTest.derivative(Engines.reverse(), f.traced(), f.at());
        for (RuleFault fault : faults) {
            for (FaultyOp op : SelfTest.planted(f.traced().graph(), f.at().names(), fault, random.nextLong())) {
                Engine engine = FaultyEngine.of(Engines.reverse(), op);
                if (SelfTest.distance(SelfTest.derivative(engine, f.traced(), f.at()), right) > 1e-8) {
                    return engine;
                }
            }
        }
        return null;
    }

    @Test
    void aSeedGivesTheSameFunction() {
        assertThat(RandomFunction.of(5).operations()).isEqualTo(RandomFunction.of(5).operations());
        assertThat(RandomFunction.of(5).at()).isEqualTo(RandomFunction.of(5).at());
    }

    @Test
    void theSelfTestCatchesEveryPlantedFaultAndShowsWhatTheModesAloneMiss() {
        List<SelfTest.Outcome> outcomes = SelfTest.run(1, () -> {});
        assertThat(outcomes).hasSizeGreaterThanOrEqualTo(40).allMatch(SelfTest.Outcome::caught);
        assertThat(outcomes).filteredOn(SelfTest.Outcome::inRule).hasSizeGreaterThan(20)
                .noneMatch(outcome -> outcome.by().get(SelfTest.MODES));
        assertThat(outcomes).filteredOn(outcome -> !outcome.inRule())
                .allMatch(outcome -> outcome.by().get(SelfTest.MODES));
        for (RuleFault fault : RuleFault.values()) {
            assertThat(outcomes).anyMatch(outcome -> outcome.inRule() && outcome.kind().equals(fault.label()));
        }
        for (SweepFault fault : SweepFault.values()) {
            assertThat(outcomes).anyMatch(outcome -> !outcome.inRule() && outcome.kind().equals(fault.label()));
        }
    }
}
