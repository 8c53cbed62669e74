package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dualtape.control.Control;
import dualtape.control.Scan;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.lang.Language;
import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops on vectors give the bits of the interpreter: any length, any value. */
@Tag("compiled")
class LaneLoopTest {
    /** Around whole vectors, and around the number of partial sums. */
    private static final int[] LENGTHS = {3, 4, 5, 7, 8, 9, 31, 32, 35, 66};
    private static final double[] ODD = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0,
        Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -1e-200, 1e200, -800, 800};

    @BeforeEach
    void vectors() {
        assumeTrue(Forms.vectors() != null);
    }

    @AfterEach
    void restore() {
        System.clearProperty("dualtape.codegen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sum(100 * (x[1:] - x[:-1]^2)^2 + (1 - x[:-1])^2)",
        "sum(max(x, -x / 3) * min(x, 2) - abs(x - 1))",
        "sum(sqrt(x * x + 1) / (x - 0.5))", "sum(exp(-x) * tanh(x) + sin(x) * cos(2 * x))", "sum(log(x) * x)",
        "sum(sigmoid(x) * x)", "sum(x * x * x) * sum(x)", "sum(where(x < 0.25, x, exp(x)))",
        "sum(sqrt(x)) + sum(x^2 * 0)",
        "sum(x / x) - sum(-x)"})
    void elements(String text) {
        for (int n : LENGTHS) {
            for (int odd = 0; odd <= 2; odd++) {
                double[] x = values(n, odd, n);
                same(text, Language.parse(text).trace(Point.of("x", x)), x);
            }
        }
    }

    /** Bodies that are too long for one method: values that go from one part to others, as numbers and as doubts. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 150})
    void longBodies(int terms) {
        StringBuilder text = new StringBuilder("y = x; z = exp(-x);");
        for (int k = 0; k < terms; k++) {
            text.append(" y = ").append(k % 5 == 0 ? "tanh(y) * z" : "y * (x - 0.")
                    .append(k % 5 == 0 ? "" : k + ") + z / " + (k + 2))
                    .append(";");
        }
        text.append(" sum(y * y + z)");
        for (int n : new int[] {16, 19, 35}) {
            for (int odd = 0; odd <= 2; odd++) {
                double[] x = values(n, odd, n);
                same(terms + " terms", Language.parse(text.toString()).trace(Point.of("x", x)), x);
            }
        }
    }

    /** Slices of several numbers, loops inside, sums of tensors, stacks of rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 25, 40})
    void rows(int k) {
        for (int n : LENGTHS) {
            for (int d : new int[] {1, 3, n < 9 ? 2 : 20}) {
                for (int odd = 0; odd <= 2; odd++) {
                    Graph graph = mixture(k, d, n);
                    double[] x = values(2 * k * d + n * d, odd, n + d);
                    same(k + " x " + d + " x " + n, Source.of("mixture", graph).trace(Point.of()), x);
                }
            }
        }
    }

    /** Otherwise all of this would compare the interpreter's bits with themselves. */
    @ParameterizedTest
    @ValueSource(ints = {5, 40})
    void theLoopsHaveAFormOnVectors(int k) {
        Scan scan = (Scan) mixture(k, 20, 100).applications().stream().map(each -> each.op())
                .filter(Scan.class::isInstance).findFirst().orElseThrow();
        System.setProperty("dualtape.codegen", "vectors");
        assertTrue(assertInstanceOf(Warm.class, Kernels.of(scan, List.of())).onVectors());
        System.setProperty("dualtape.codegen", "off");
        assertFalse(Kernels.of(scan, List.of()) instanceof Warm);
    }

    /** Σᵢ log Σₖ exp(1 − Σⱼ (sₖⱼ (xᵢⱼ − mₖⱼ))²) + Σⱼ |xᵢⱼ|. */
    private static Graph mixture(int k, int d, int n) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node means = b.input("m", Shape.of(k, d));
        Node scales = b.input("s", Shape.of(k, d));
        Node x = b.input("x", Shape.of(n, d));
        return b.graph(Control.mapSum(b, List.of(x), n, (row, slices) -> {
            Node scaled = call(row, "*", call(row, "-", slices.get(0), means), scales);
            Node terms = sum(row, call(row, "*", scaled, scaled));
            return List.of(call(row, "+", call(row, "logsumexp", call(row, "-", row.scalar(1), terms)),
                    call(row, "sum", call(row, "abs", slices.get(0)))));
        }));
    }

    private static Node call(GraphBuilder b, String name, Node... operands) {
        return Operations.find(name).call(b, List.of(operands));
    }

    private static Node sum(GraphBuilder b, Node x) {
        Operation sum = Operations.find("sum");
        return sum.call(b, List.of(x), Attributes.of(sum, Map.of("axis", 1.0)));
    }

    /** Usual values; then one odd one among them; then many. */
    private static double[] values(int n, int odd, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(n, -2, 2).toArray();
        if (odd == 1) {
            x[random.nextInt(n)] = ODD[random.nextInt(ODD.length)];
        } else if (odd == 2) {
            Arrays.setAll(x, i -> random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : x[i]);
        }
        return x;
    }

    private static void same(String what, Traced traced, double[] x) {
        List<String> wrt = traced.graph().inputs().stream().map(Node.Input::name).toList();
        for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
            Request request = Request.of(engine == Engines.reverse() ? Operator.GRADIENT : Operator.JVP, wrt);
            assertEquals(CodegenTest.bits("off", engine, traced, x, request),
                    CodegenTest.bits("vectors", engine, traced, x, request),
                    () -> engine.name() + " of " + what + " at " + Arrays.toString(x));
        }
    }
}
