package dualtape.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes and values at which the modules could go wrong. */
class WorkloadEdgeTest {
    private static double[] run(String module, String function, Object... fields) {
        Problem problem = Workloads.named(module).problem(Datum.of("input", Tasks.fields(fields)));
        Task task = problem.task(function, Engines.auto());
        task.load(problem.point());
        task.run();
        return WorkloadTest.numbers(task.output());
    }

    /** The determinant is linear in each element, so that its slope is a difference of two values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8})
    void determinantsOfEverySizeHaveTheSlopesOfTheirDifferences(int ell) {
        double[] a = new Seeded(ell).tensor(-1, 1, ell * ell).toArray();
        double[] slopes = run("det", "gradient", "A", Tensor.vector(a), "ell", ell);
        double value = PlainModels.det(a, ell);
        assertEquals(value, run("det", "primal", "A", Tensor.vector(a), "ell", ell)[0], 1e-12);
        for (int i = 0; i < a.length; i += Math.max(1, a.length / 9)) {
            double[] moved = a.clone();
            moved[i] += 1;
            assertEquals(PlainModels.det(moved, ell) - value, slopes[i], 1e-12);
        }
    }

    @Test
    void aSumOfExponentialsDoesNotVanish() {
        double[] low = {-1000, -1000.5, -1001};
        assertEquals(-1000 + Math.log(1 + Math.exp(-0.5) + Math.exp(-1)),
                run("lse", "primal", "x", Tensor.vector(low))[0],
                1e-12);
        assertEquals(1, Arrays.stream(run("lse", "gradient", "x", Tensor.vector(low))).sum(), 1e-15);
    }

    @Test
    void aMixtureInOneDimensionHasNoElementsBelowTheDiagonal() {
        Map<String, Object> in = Tasks.fields("d", 1, "k", 2, "n", 3, "x",
                Tensor.matrix(new double[] {0.1}, new double[] {0.5},
                        new double[] {0.9}),
                "m", 0, "gamma", 1.0, "alpha", Tensor.vector(0.1, -0.2), "mu",
                Tensor.matrix(new double[] {0.3}, new double[] {0.6}), "q", Tensor.matrix(new double[] {0.2},
                        new double[] {-0.4}),
                "l", Tensor.wrap(dualtape.ir.Shape.of(2, 0), new double[0]));
        Object[] fields = in.entrySet().stream().flatMap(field -> List.of(field.getKey(), field.getValue()).stream())
                .toArray();
        assertEquals(PlainValues.gmm(in)[0], run("gmm", "objective", fields)[0], 1e-12);
        assertEquals(6, run("gmm", "jacobian", fields).length);
    }

    @Test
    void theLastComponentDependsOnNothingThatCannotReachIt() {
        assertArrayEquals(new double[9], run("ode", "gradient", "x", new Seeded(1).tensor(0.5, 1, 9), "s", 2));
        assertTrue(Arrays.stream(run("ode", "gradient", "x", new Seeded(1).tensor(0.5, 1, 8), "s", 2))
                .allMatch(g -> g > 0));
        assertEquals(1, run("ode", "primal", "x", Tensor.vector(0.5), "s", 1)[0]);
    }

    @Test
    void aPointBetweenTwoCentroidsGoesToTheFirst() {
        Tensor points = Tensor.matrix(new double[] {0}, new double[] {2}, new double[] {-2});
        Tensor centroids = Tensor.matrix(new double[] {1}, new double[] {-1});
        assertEquals(3, run("kmeans", "cost", "points", points, "centroids", centroids)[0]);
        assertArrayEquals(new double[] {0, 1}, run("kmeans", "dir", "points", points, "centroids", centroids), 1e-15);
    }

    @Test
    void aCentroidWithoutPointsIsAnError() {
        InputException e = assertThrows(InputException.class, () -> run("kmeans", "dir", "points",
                Tensor.matrix(new double[] {0}, new double[] {1}), "centroids",
                Tensor.matrix(new double[] {0.5}, new double[] {9})));
        assertTrue(e.getMessage().contains("input.centroids[1]"), e.getMessage());
    }

    @Test
    void aCameraThatIsNotTurnedHasTheSlopesOfAnInfinitesimalTurn() {
        Object[] fields = {"n", 1, "m", 1, "p", 1, "cam",
            Tensor.vector(0, 0, 0, 0.1, 0.2, -0.3, 2, 0.1, 0.2, 0.01, 0.02), "x",
            Tensor.vector(0.5, -0.4, 2), "w", 0.8, "feat", Tensor.vector(0.3, 0.1)};
        double[] jacobian = run("ba", "jacobian", fields);
        double[] values = Arrays.copyOfRange(jacobian, jacobian.length - 31, jacobian.length);
        for (int i = 0; i < 11; i++) {
            double h = 1e-5;
            double[] up = run("ba", "objective", moved(fields, i, h));
            double[] down = run("ba", "objective", moved(fields, i, -h));
            for (int row = 0; row < 2; row++) {
                assertEquals((up[row] - down[row]) / (2 * h), values[15 * row + i], 1e-8, "element " + i);
            }
        }
    }

    private static Object[] moved(Object[] fields, int index, double by) {
        Object[] moved = fields.clone();
        double[] camera = ((Tensor) fields[7]).toArray();
        camera[index] += by;
        moved[7] = Tensor.vector(camera);
        return moved;
    }

    @Test
    void aBoneFollowsABoneBeforeIt() {
        Map<?, ?> sample = (Map<?, ?>) Workloads.named("ht").sample(1);
        Map<?, ?> model = (Map<?, ?>) ((Map<?, ?>) sample.get("data")).get("model");
        double[] parents = ((Tensor) model.get("parents")).toArray();
        parents[3] = 7;
        @SuppressWarnings("unchecked")
        Map<String, Object> changed = (Map<String, Object>) model;
        changed.put("parents", Tensor.vector(parents));
        InputException e = assertThrows(InputException.class,
                () -> Workloads.named("ht").problem(Datum.of("input", sample)));
        assertTrue(e.getMessage().contains("input.data.model.parents[3] is 7"), e.getMessage());
    }
}
