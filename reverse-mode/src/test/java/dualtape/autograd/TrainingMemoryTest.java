package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Training steps leave nothing behind: as many objects live after the last step as after the first fifth. The steps are 5,000;
 * {@code mvn test -pl reverse-mode -am -Dtest=TrainingMemoryTest -Dtest.jvm.extra=-Ddualtape.training.steps=100000} takes more,
 * and prints how many bytes live.
 */
@SuppressWarnings("try") // scopes only end
class TrainingMemoryTest {
    private static final int STEPS = Integer.getInteger("dualtape.training.steps", 5_000);
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    private final SplittableRandom random = new SplittableRandom(5);
    private final Variable data = Variable.of(random(50, 2));
    private final Variable truth = Functions.sin(data.matmul(Variable.of(new double[] {2, -3.4})));
    private final Variable inner = Variable.of(random(2, 8)).requiresGrad();
    private final Variable shift = Variable.zeros(8).requiresGrad();
    private final Variable outer = Variable.of(random(8, 1).reshape(Shape.of(8))).requiresGrad();
    private final Variable bias = Variable.zeros().requiresGrad();
    private final List<Variable> parameters = List.of(inner, shift, outer, bias);

    private Tensor random(int rows, int columns) {
        return Tensor.of(Shape.of(rows, columns), random.doubles((long) rows * columns, -1, 1).toArray());
    }

    /** A step of gradient descent on a network of 8 units; the loss before it. */
    private double step() {
        Variable hidden = data.matmul(inner).plus(Functions.spread(shift, Keywords.of("extent", 50))).tanh();
        Variable loss = Functions.mse(hidden.matmul(outer).plus(bias), truth);
        loss.backward();
        try (Scope scope = Autograd.noGrad()) {
            for (Variable parameter : parameters) {
                parameter.subtractInPlace(parameter.grad().times(0.1));
                parameter.zeroGrad();
            }
        }
        return loss.item();
    }

    private record Live(Map<String, Long> objects, long bytes) {
        /** What lives after a full collection. */
        static Live now() throws JMException {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
                    new Object[] {new String[0]}, new String[] {String[].class.getName()});
            Map<String, Long> objects = new TreeMap<>();
            long bytes = 0;
            for (Matcher row : histogram.lines().map(ROW::matcher).filter(Matcher::matches).toList()) {
                bytes += Long.parseLong(row.group(2));
                String type = row.group(3);
                if (type.startsWith("dualtape.autograd.") && !type.contains("Test") || type.equals("[D")) {
                    objects.put(type, Long.parseLong(row.group(1)));
                }
            }
            return new Live(objects, bytes);
        }
    }

    @Test
    void stepsLeaveNothingBehind() throws JMException {
        double first = step();
        for (int i = 0; i < STEPS / 5; i++) {
            step();
        }
        Live early = Live.now();
        double last = first;
        for (int i = STEPS / 5; i < STEPS; i++) {
            last = step();
        }
        Live late = Live.now();
        if (STEPS > 5_000) {
            System.out.printf("after %,d steps %,d bytes live, after %,d %,d%n", STEPS / 5, early.bytes(), STEPS,
                    late.bytes());
        }
        long arrays = late.objects().remove("[D");
        assertThat(arrays).isLessThan(early.objects().remove("[D") + 100);
        assertThat(late.objects()).containsKey("dualtape.autograd.Variable").isEqualTo(early.objects());
        assertThat(late.bytes()).isLessThan(early.bytes() + 256 * 1024);
        assertThat(last).isLessThan(first / 10);
    }
}
