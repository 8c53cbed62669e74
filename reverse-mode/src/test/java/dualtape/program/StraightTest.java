package dualtape.program;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Sample;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs of single numbers, drawn at random, long enough for several methods: straight-line code has the interpreter's bits. */
@Tag("compiled")
class StraightTest {
    private static final int INPUTS = 40;
    /** So many that code is written on the way. */
    private static final int RUNS = 210;
    /** Operations of a function that may be unrolled. */
    private static final int SMALL = 1_000;
    private static final double[] SPECIAL = {0, -0.0, 1, Double.NEGATIVE_INFINITY, Double.NaN, Double.MIN_VALUE};

    @ParameterizedTest
    @ValueSource(ints = {3, 70, 390, 1_500, 2_500})
    void theBitsAreThoseOfTheInterpreter(int size) {
        for (int seed = 0; seed < 6; seed++) {
            Random random = new Random(31L * size + seed);
            boolean inputsToo = seed % 2 == 0;
            Graph graph = graph(random, size, inputsToo);
            double[] x = random.doubles(INPUTS, -1, 2).map(v -> v < -0.8 ? 0 : v).toArray();
            int count = graph.outputs().size();
            double[] expected = Generation.OFF.during(() -> outputs(program(graph).workspace(), x, count));
            Generation.ALWAYS.during(() -> {
                Workspace here = program(graph).workspace();
                Workspace direct = program(graph).workspace();
                Workspace inPlace = program(graph).workspace();
                for (int run = 0; run < 3; run++) {
                    assertThat(bits(outputs(here, x, count))).as("in memory").isEqualTo(bits(expected));
                    assertThat(bits(direct(direct, x, new double[count + 2], 2, count))).as("direct")
                            .isEqualTo(bits(expected));
                    if (!inputsToo) {
                        assertThat(bits(direct(inPlace, Arrays.copyOf(x, INPUTS + count), null, 0, count)))
                                .as("over the inputs").isEqualTo(bits(expected));
                    }
                }
                return null;
            });
        }
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    /** Small tensors are unrolled after some runs. */
    @ParameterizedTest
    @MethodSource("operations")
    void smallTensorsHaveTheBitsOfTheInterpreter(Operation operation) {
        Random random = new Random(3);
        for (Sample sample : operation.samples()) {
            GraphBuilder builder = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            for (Tensor operand : sample.operands()) {
                inputs.add(builder.input("x" + inputs.size(), operand.shape()));
            }
            Node result = operation.call(builder, inputs, Attributes.of(operation, sample.attributes()));
            Graph graph = builder.graph(List.of(ChainRule.ADD.of(builder, result, result), result));
            Workspace interpreted = Generation.OFF.during(() -> Program.of(graph).workspace());
            Workspace unrolled = Program.of(graph).workspace();
            double[] target = new double[result.shape().size()];
            for (int run = 0; run < RUNS; run++) {
                for (int i = 0; i < inputs.size(); i++) {
                    double[] x = sample.operands().get(i).toArray();
                    for (int e = 0; e < x.length; e++) {
                        x[e] = random.nextInt(4) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : x[e];
                    }
                    interpreted.bind(i, x, 0);
                    unrolled.bind(i, x, 0);
                }
                interpreted.run();
                unrolled.run();
                assertThat(bits(unrolled.tensor(0).toArray())).isEqualTo(bits(interpreted.tensor(0).toArray()));
                assertThat(bits(unrolled.tensor(1).toArray())).isEqualTo(bits(interpreted.tensor(1).toArray()));
                unrolled.run(target, 0);
                assertThat(bits(target)).isEqualTo(bits(interpreted.tensor(1).toArray()));
            }
        }
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void derivativesHaveTheBitsOfTheInterpreter(Scenario scenario) {
        CodegenTest.requests(scenario, (engine, traced, x, request) -> {
            int runs = traced.graph().work() < SMALL ? RUNS : 2;
            assertThat(CodegenTest.bits("usual", engine, traced, x, request, runs))
                    .as("%s %s", engine.name(), request.operator())
                    .isEqualTo(CodegenTest.bits("off", engine, traced, x, request, runs));
        });
    }

    @AfterEach
    void restore() {
        System.clearProperty(CodegenTest.FLAG);
    }

    private static Program program(Graph graph) {
        return Program.packed(graph, INPUTS);
    }

    /** Operands are among the last few, or anywhere: inputs come in late too. */
    private static Graph graph(Random random, int size, boolean inputsToo) {
        List<Pointwise> all = Operations.all().stream().filter(Pointwise.class::isInstance).map(Pointwise.class::cast)
                .toList();
        GraphBuilder builder = new GraphBuilder();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            nodes.add(builder.input("x" + i, Shape.SCALAR));
        }
        for (int i = 0; i < size; i++) {
            Pointwise op = random.nextInt(4) == 0 ? all.get(random.nextInt(all.size()))
                    : random.nextBoolean() ? ChainRule.ADD : ChainRule.SCALE;
            List<Node> operands = new ArrayList<>();
            for (int k = 0; k < op.arity(); k++) {
                int back = random.nextBoolean() ? 8 : nodes.size();
                operands.add(random.nextInt(10) == 0 ? builder.scalar(random.nextInt(3) - 1)
                        : nodes.get(nodes.size() - 1 - random.nextInt(Math.min(back, nodes.size()))));
            }
            nodes.add(builder.apply(op, operands).get(0));
        }
        List<Node> outputs = new ArrayList<>();
        outputs.add(ChainRule.ADD.of(builder, nodes.get(nodes.size() - 1), nodes.get(0)));
        for (int i = 0; i < size / 5 + 3; i++) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            outputs.add(inputsToo ? node : ChainRule.ADD.of(builder, node, nodes.get(0)));
        }
        outputs.add(builder.scalar(3));
        return builder.graph(outputs);
    }

    private static double[] outputs(Workspace workspace, double[] x, int count) {
        workspace.bindPacked(x, 0);
        workspace.run();
        double[] outputs = new double[count];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = workspace.scalar(i);
        }
        return outputs;
    }

    /** {@code target} null: over the inputs. */
    private static double[] direct(Workspace workspace, double[] x, double[] target, int at, int count) {
        double[] to = target == null ? x : target;
        workspace.bindPacked(x, 0);
        workspace.run(to, at);
        double[] outputs = new double[count];
        double first = workspace.scalar(0);
        System.arraycopy(to, at, outputs, 1, outputs.length - 1);
        outputs[0] = first;
        return outputs;
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToLongBits).toArray();
    }
}
