package dualtape.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
import dualtape.engine.Nesting;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function of every module, by every mode, at seeded inputs, against witnesses that use values only. */
class WorkloadTest {
    private static final double TOLERANCE = 1e-9;
    private static final long[] SEEDS = {7, 20};
    private static final Map<String, double[]> KNOWN = new ConcurrentHashMap<>();

    static Stream<Arguments> functions() {
        List<Arguments> functions = new ArrayList<>();
        for (Workload workload : Workloads.all()) {
            for (String function : workload.functions()) {
                boolean named = Nesting.named(function) != null; // the function says itself which modes it takes
                for (DerivingEngine engine : named ? List.of(Engines.auto())
                        : List.of(Engines.auto(), Engines.forward(), Engines.reverse())) {
                    functions.add(Arguments.of(workload.name(), function, engine.name()));
                }
            }
        }
        return functions.stream();
    }

    @ParameterizedTest(name = "{0} {1} by {2}")
    @MethodSource("functions")
    void functionsGiveWhatValuesAloneGive(String module, String function, String engine) {
        Workload workload = Workloads.named(module);
        Task task = null;
        Object sizes = null;
        for (long seed : SEEDS) {
            Problem problem = workload.problem(Datum.of("input", workload.sample(seed)));
            task = problem.sizes().equals(sizes) ? task
                    : problem.task(function, (DerivingEngine) Engines.named(engine));
            sizes = problem.sizes();
            task.load(problem.point());
            task.run();
            double[] expected = KNOWN.computeIfAbsent(key(module, function) + " " + seed,
                    key -> References.of(module, function, workload.sample(seed), problem));
            assertNotNull(expected, () -> "no reference for " + module + " " + function);
            close(expected, numbers(task.output()), module + " " + function + " by " + engine + ", seed " + seed);
        }
    }

    /** Functions that say which modes they take all give the same. */
    private static String key(String module, String function) {
        return Nesting.named(function) != null ? module : module + " " + function;
    }

    private static void close(double[] expected, double[] given, String what) {
        assertEquals(expected.length, given.length, what);
        double largest = 0;
        for (double number : expected) {
            largest = Math.max(largest, Math.abs(number));
        }
        for (int i = 0; i < given.length; i++) {
            double difference = Math.abs(given[i] - expected[i]);
            int at = i;
            assertTrue(Double.isFinite(given[i]) && difference <= TOLERANCE * largest,
                    () -> what + ": element " + at + " is " + given[at] + ", expected " + expected[at]);
        }
    }

    /** All numbers of an output, in order. */
    static double[] numbers(Object output) {
        if (output instanceof Map<?, ?> fields) {
            return fields.values().stream().map(WorkloadTest::numbers).flatMapToDouble(java.util.Arrays::stream)
                    .toArray();
        } else if (output instanceof Tensor tensor) {
            return tensor.toArray();
        } else if (output instanceof int[] whole) {
            return java.util.Arrays.stream(whole).asDoubleStream().toArray();
        }
        return new double[] {((Number) output).doubleValue()};
    }
}
