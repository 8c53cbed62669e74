package dualtape.lang;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.lang.grammar.DualtapeLexer;
import dualtape.lang.print.TextPrinter;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Sample;
import dualtape.program.Tensors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that nobody would write, from fixed seeds: what is printed reads back, and nothing breaks the reader. */
class RandomProgramsTest {
    private static final Limits SMALL = new Limits(10_000, 60, 5_000, 200, 60);
    private static final Point AT = PointText.parse("x=1.5; y=2; v=[1, 2, 3]; X=[[1, 2], [3, 4]]");

    private final List<Operation> operations = List.copyOf(Operations.all());

    /** A program under construction: inputs with values, and statements. */
    private final class Draft {
        private final SplittableRandom random;
        private final Map<String, Tensor> inputs = new LinkedHashMap<>();
        private final Map<String, Tensor> named = new LinkedHashMap<>();
        private final List<String> lines = new ArrayList<>();

        Draft(long seed) {
            this.random = new SplittableRandom(seed);
        }

        /** One more call of some operation, of earlier values where their shapes fit; dropped where their numbers do not. */
        void grow() {
            Operation operation = operations.get(random.nextInt(operations.size()));
            Sample sample = operation.samples().get(random.nextInt(operation.samples().size()));
            Map<String, Tensor> more = new LinkedHashMap<>();
            List<String> operands = new ArrayList<>();
            for (Tensor operand : sample.operands()) {
                List<String> fitting = named.keySet().stream()
                        .filter(name -> named.get(name).shape().equals(operand.shape())).toList();
                boolean earlier = !fitting.isEmpty() && random.nextInt(4) > 0;
                String name = earlier ? fitting.get(random.nextInt(fitting.size()))
                        : "x" + (inputs.size() + more.size());
                if (!earlier) {
                    more.put(name, operand);
                }
                operands.add(name);
            }
            String name = "a" + lines.size();
            String line = name + " = " + written(operation, sample, operands);
            try {
                Map<String, Tensor> all = new LinkedHashMap<>(inputs);
                all.putAll(more);
                Tensor value = value(program(line, name), Point.of(all));
                inputs.putAll(more);
                named.putAll(more);
                named.put(name, value);
                lines.add(line);
            } catch (InputException e) {
                assertThat(e.getMessage()).isNotBlank(); // numbers that this operation refuses, as an index of 1.5
            }
        }

        private String written(Operation operation, Sample sample, List<String> operands) {
            if (Character.isLetter(operation.name().charAt(0))) {
                return Calling.text(operation, sample, operands);
            }
            String sign = operation.name();
            String left = random.nextBoolean() ? "(" + operands.get(0) + ")" : operands.get(0);
            return operands.size() == 1 ? sign + left : left + " " + sign + " " + operands.get(1);
        }

        private String program(String line, String result) {
            return String.join("\n", lines) + "\n" + line + "\n" + result;
        }

        /** Everything that was computed, in one number. */
        String whole() {
            StringBuilder sum = new StringBuilder("0");
            for (int i = 0; i < lines.size(); i++) {
                sum.append(random.nextBoolean() ? " + " : " - ").append("sum(a").append(i).append(")");
            }
            return String.join("\n", lines) + "\n" + sum;
        }
    }

    private static Tensor value(String program, Point at) {
        Graph graph = Language.parse(program).trace(at).graph();
        return graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at)).get(0);
    }

    @Test
    void whatIsPrintedReadsBackToTheSameValue() {
        for (int seed = 0; seed < 150; seed++) {
            Draft draft = new Draft(seed);
            for (int i = 0; i < 12; i++) {
                draft.grow();
            }
            Point at = Point.of(draft.inputs);
            String program = draft.whole();
            Graph graph = Language.parse(program).trace(at).graph();
            Tensor expected = graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at)).get(0);
            for (int longest : new int[] {20, 100, 100_000}) {
                String printed = TextPrinter.print(graph, graph.output(), longest);
                assertThat(value(printed, at)).as("seed %d:\n%s\nprinted:\n%s", seed, program, printed)
                        .isEqualTo(expected);
            }
        }
    }

    /** Reads and runs a text; anything but an answer or an error for people is a crash. */
    private static void read(String text) {
        try {
            Traced traced = Language.parse(text, SMALL, "program").trace(AT);
            TextPrinter.print(traced.graph());
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(1_000);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(text, e);
        }
        try {
            PointText.parse(text, SMALL);
        } catch (InputException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(1_000);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 20, 100})
    void randomBytesAreReadOrRefused(int length) {
        SplittableRandom random = new SplittableRandom(length);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            read(new String(bytes, StandardCharsets.UTF_8));
            read(new String(bytes, StandardCharsets.UTF_16LE)); // lone surrogates too
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 8, 30})
    void randomWordsAreReadOrRefused(int length) {
        List<String> words = new ArrayList<>(
                List.of("x", "y", "v", "X", "f", "1", "0", "2.5", "1e9", "pi", "nan", "\n", "#", " "));
        for (int type = 1; type <= DualtapeLexer.VOCABULARY.getMaxTokenType(); type++) {
            String literal = DualtapeLexer.VOCABULARY.getLiteralName(type);
            if (literal != null) {
                words.add(literal.substring(1, literal.length() - 1));
            }
        }
        operations.forEach(operation -> words.add(operation.name() + "("));
        SplittableRandom random = new SplittableRandom(length);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < length; k++) {
                text.append(words.get(random.nextInt(words.size()))).append(random.nextInt(3) == 0 ? "" : " ");
            }
            read(text.toString());
        }
    }

    @Test
    void programsWithAFewCharactersChangedAreReadOrRefused() {
        String program = "def f(a, b) { c = a * b; if c > 2 { -c^2 } else { [c, c][0] } }\nfor i in 0..3 { y = f(x, v[i]) }\n"
                + "while y < 10 { y = y + sum(X, axis=0)[1] }; (y + norm(v)) * X[0, 1:][0]";
        SplittableRandom random = new SplittableRandom(1);
        String characters = "xyvX fab()[]{};:.,=<>!+-*/^@#0123456789eE\n\t\"$";
        for (int i = 0; i < 1_500; i++) {
            StringBuilder text = new StringBuilder(program);
            for (int k = random.nextInt(4); k >= 0; k--) {
                int at = random.nextInt(text.length());
                char c = characters.charAt(random.nextInt(characters.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, c);
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setCharAt(at, c);
                }
            }
            read(text.toString());
        }
    }
}
