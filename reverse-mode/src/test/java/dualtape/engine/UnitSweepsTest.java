package dualtape.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.program.Generation;
import dualtape.program.Program;
import dualtape.program.Workspace;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps with unit vectors by programs of their own have the bits of a sweep alone, columns and rows, but for the sign of zeros. */
class UnitSweepsTest {
    /** Applications of a plan, and numbers in it, that are still tried. */
    private static final int LARGEST = 3_000;
    private static final long WIDEST = 200_000;
    private static final int LANES = 8;

    /** The numbers of vectors and matrices in the programs. */
    private static final int N = 11;

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(Scenario::smooth);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioByEveryEngine(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        for (Engine engine : Engines.all()) {
            if (engine instanceof DerivingEngine deriving) {
                compare(deriving, traced, scenario.selected(), scenario.point());
            }
        }
    }

    /** What has a rule of its own: slices that meet and miss, matrices from both sides, loops over rows with constants that vary. */
    @ParameterizedTest
    @ValueSource(strings = {"sum(x[1:] * x[:-1]^2)", "prod(x)", "x[2:5] * sum(log(x^2))", "prod(x) * x[3]",
        "sum(exp(sin(x)) / (2 + x^2))", "sum(M @ x)", "sum((transpose(M) @ tanh(M @ x))^2)", "dot(x, M @ x)",
        "sum(tanh(M @ M) * outer(x, x))", "logsumexp(M @ x) + sum(softmax(x) * x)", "sum(M[1:3, 2:] ^ 2)",
        "sum(transpose(M)[2:7], axis=0) * x", "cumsum(tanh(x)) * x", "max(x) + sum(where(x < 0.5, x^2, sin(x)))",
        "sum(sum(M, axis=1) * sum(M * M, axis=0))", "mean(logsumexp(M * x, axis=1)) * c", "c * c * sum(x) + c",
        "concat(x[3:], x[:4] * c) * 2", "det(M) * c + dot(x, solve(M, x))",
        "s = 0; for i in 0..10 { s = s * 0.5 + x[i] * M[i, 2] }; s * c"})
    void everyRule(String text) {
        Point at = point();
        Traced traced = Language.parse(text).trace(at);
        List<String> wrt = traced.graph().inputs().stream().map(Node.Input::name).toList();
        assertThat(compare(Engines.forward(), traced, wrt, at)).as("programs of their own").isPositive();
        compare(Engines.reverse(), traced, wrt, at);
    }

    @ParameterizedTest
    @EnumSource(Generation.class)
    void inEveryForm(Generation generation) {
        generation.during(() -> {
            everyRule("mean(logsumexp(M * x, axis=1)) * c");
            everyRule("sum(x[1:] * x[:-1]^2)");
            return null;
        });
    }

    private static Point point() {
        Random random = new Random(5);
        double[] x = random.doubles(N, 0.2, 1.5).toArray();
        double[][] m = new double[N][];
        Arrays.setAll(m, i -> random.doubles(N, -1, 1).toArray());
        return Point.of("x", x, "M", m, "c", 1.25);
    }

    /** How many programs were tried. */
    private static int compare(DerivingEngine engine, Traced traced, List<String> wrt, Point at) {
        Plan plan = engine.plan(traced.graph(), Request.of(Operator.JACOBIAN, wrt)).pruned();
        long numbers = plan.graph().nodes().stream().mapToLong(node -> node.shape().size()).sum();
        if (plan.swept().size() == 1 && plan.sweeps() > 1 && plan.graph().applications().size() < LARGEST
                && numbers < WIDEST) {
            return compare(plan, at, engine.name());
        }
        return 0;
    }

    private static int compare(Plan plan, Point at, String what) {
        Layout layout = plan.layout(plan.swept().get(0));
        SplittableRandom random = new SplittableRandom(3);
        int tried = 0;
        for (int round = 0; round < 3; round++) {
            int[] units = new int[LANES];
            int first = round == 0 ? 0 : random.nextInt(layout.size());
            Arrays.setAll(units, lane -> Math.min(first + lane, layout.size() - 1));
            int[] seeds = new int[LANES];
            UnitChunks.seeds(layout, units, seeds);
            int[] within = new int[LANES];
            Arrays.setAll(within, lane -> units[lane] - layout.offset(seeds[lane]));
            double[] alone = alone(plan, layout, units, at);
            for (int[] known : new int[][] {null, within}) {
                UnitSweeps sweeps = UnitSweeps.of(plan, seeds, known);
                if (sweeps != null) {
                    assertSame(together(sweeps, plan, layout, units, at), alone,
                            what + (known == null ? "" : " with known indices") + ", " + Arrays.toString(units));
                    tried++;
                }
            }
        }
        return tried;
    }

    private static void assertSame(double[] together, double[] alone, String what) {
        for (int k = 0; k < alone.length; k++) {
            boolean same = together[k] == alone[k] || Double.isNaN(together[k]) && Double.isNaN(alone[k]);
            assertThat(same).as(what + ", " + k + ": " + together[k] + ", alone " + alone[k]).isTrue();
        }
    }

    private static double[] together(UnitSweeps sweeps, Plan plan, Layout layout, int[] units, Point at) {
        Workspace workspace = sweeps.program().workspace();
        double[] indices = new double[sweeps.indices()];
        sweeps.locate(units, layout, indices);
        workspace.bindPacked(packed(plan, at), 0);
        if (indices.length > 0) {
            workspace.bindPacked(1, indices, 0);
        }
        workspace.run();
        double[] swept = new double[1 + LANES * plan.width()];
        swept[0] = workspace.scalar(0);
        workspace.copyDerivatives(swept, 1);
        return swept;
    }

    /** The point, and seeds that the user gives. */
    private static double[] packed(Plan plan, Point at) {
        List<double[]> parts = new ArrayList<>();
        for (Node.Input input : plan.graph().inputs()) {
            if (!plan.swept().get(0).contains(input.name())) {
                parts.add(value(input, at));
            }
        }
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] value(Node.Input input, Point at) {
        if (at.has(input.name())) {
            return at.get(input.name()).toArray();
        }
        double[] seed = new double[input.shape().size()];
        Arrays.setAll(seed, i -> 1.0 / (2 + i));
        return seed;
    }

    private static double[] alone(Plan plan, Layout layout, int[] units, Point at) {
        Workspace workspace = Program.of(plan.graph()).workspace();
        List<String> names = plan.swept().get(0);
        double[] unit = new double[layout.size()];
        for (int i = 0; i < plan.graph().inputs().size(); i++) {
            Node.Input input = plan.graph().inputs().get(i);
            int swept = names.indexOf(input.name());
            if (swept >= 0) {
                workspace.bind(i, unit, layout.offset(swept));
            } else {
                workspace.bind(i, Tensor.wrap(input.shape(), value(input, at)));
            }
        }
        double[] alone = new double[1 + units.length * plan.width()];
        for (int lane = 0; lane < units.length; lane++) {
            unit[units[lane]] = 1;
            workspace.run();
            workspace.copyDerivatives(alone, 1 + lane * plan.width());
            unit[units[lane]] = 0;
        }
        alone[0] = workspace.scalar(0);
        return alone;
    }

    /** The programs of chunks serve what is prepared, and what they cost is what is stated. */
    @Test
    void chunksOfAGradientCostWhatTheyTouch() {
        double[] x = new Random(2).doubles(200).toArray();
        Traced traced = Language.parse("sum(100 * (x[1:] - x[:-1]^2)^2 + (1 - x[:-1])^2)").trace(Point.of("x", x));
        Prepared gradient = Engines.forward().prepare(traced, Request.of(Operator.GRADIENT, List.of("x")));
        double[] forward = new double[x.length];
        double[] reverse = new double[x.length];
        double value = gradient.valueAndGradient(x, forward);
        assertThat(Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, List.of("x")))
                .valueAndGradient(x, reverse)).isEqualTo(value);
        for (int i = 0; i < x.length; i++) {
            assertThat(forward[i]).isCloseTo(reverse[i], org.assertj.core.data.Offset.offset(1e-11));
        }
        long chunks = x.length / LANES;
        assertThat(gradient.cost().operations()).isLessThan(3 * chunks * traced.graph().work());
        double[] some = new double[3];
        gradient.runColumns(x, new int[] {7, 199, 20}, some);
        assertThat(some).containsExactly(forward[7], forward[199], forward[20]);
    }
}
