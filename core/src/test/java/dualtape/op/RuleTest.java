package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of every operation that the catalogue reaches, against a witness that uses values only. */
class RuleTest {
    private static final Set<Reached.Case> SEEN = new HashSet<>();

    private static final AtomicInteger RULES = new AtomicInteger();
    private static final AtomicInteger GRAPHS = new AtomicInteger();

    @AfterAll
    static void say() {
        System.out
                .println("Rules: " + RULES + " operations at operands against differences at 50 digits, push and pull; "
                        + GRAPHS + " samples at orders 1 and 2, forward, reverse and nested");
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyRuleAgreesWithDifferencesOfItsDefinition(Operation operation) {
        List<String> failures = new ArrayList<>();
        for (Reached.Case reached : Reached.cases(operation)) {
            if (SEEN.add(reached)) {
                RULES.incrementAndGet();
                failures.addAll(Witness.failures(reached.op(), reached.operands()));
            }
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n", failures));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void firstAndSecondDerivativesOfEverySampleAgreeWithDifferences(Operation operation) {
        List<String> failures = new ArrayList<>();
        for (Sample sample : operation.samples()) {
            GRAPHS.incrementAndGet();
            failures.addAll(
                    Witness.failures(operation.name() + " " + sample.attributes(), Reached.graph(operation, sample),
                            sample.operands()));
        }
        assertTrue(failures.isEmpty(), () -> failures.size() + " failures\n" + String.join("\n", failures));
    }
}
