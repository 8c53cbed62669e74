package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random programs give in PyTorch what they give here: values, gradients that add up, what is detached, what is refused. Skipped
 * unless the Maven profile {@code peers} is on.
 */
class PeersTest {
    private static final int COUNT = 500;
    private static final String TORCH = "dualtape.autograd.TorchPeer";
    private static final List<RandomProgram> PROGRAMS = new ArrayList<>();
    private static int refused;

    private final VariablesPeer ours = new VariablesPeer();

    static IntStream seeds() {
        return IntStream.range(0, COUNT);
    }

    @BeforeAll
    static void load() {
        try (Peer<?> peer = torch()) {
            seeds().forEach(seed -> PROGRAMS.add(RandomProgram.of(new Random(seed), peer.operations())));
        }
    }

    private static Peer<?> torch() {
        try {
            return (Peer<?>) Class.forName(TORCH).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            return Assumptions.abort("PyTorch is not compared with: the Maven profile peers is off (mvn -Ppeers ...)");
        } catch (ReflectiveOperationException | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Assumptions.abort("PyTorch is not compared with: it does not load here: " + cause);
        }
    }

    @AfterAll
    static void said() {
        if (!PROGRAMS.isEmpty()) {
            System.out.println(COUNT + " programs over " + used().size() + " operations compared with PyTorch, with "
                    + refused + " refused ways back: " + used());
        }
    }

    private static Set<String> used() {
        Set<String> used = new TreeSet<>();
        PROGRAMS.forEach(program -> program.steps().forEach(step -> used.add(step.operation())));
        return used;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void programsGiveTheSame(int seed) {
        try (Peer<?> peer = torch()) {
            compare(PROGRAMS.get(seed), new Random(seed), peer);
        }
    }

    private <V> void compare(RandomProgram program, Random random, Peer<V> torch) {
        List<Variable> x = program.leaves(ours);
        List<V> y = program.leaves(torch);
        sameGradients(program, torch, x, y);
        for (int round = 0; round < 2; round++) { // of the second round the gradients add up
            List<Variable> values = program.run(ours, x);
            List<V> theirs = program.run(torch, y);
            for (int i = 0; i < values.size(); i++) {
                assertClose(ours.value(values.get(i)), torch.value(theirs.get(i)), program + ": value " + i);
            }
            Variable loss = values.get(values.size() - 1);
            V other = theirs.get(theirs.size() - 1);
            int ways = 1 + random.nextInt(3);
            for (int way = 0; way <= ways; way++) { // the last but one lets the record go, so the last is refused
                boolean retain = way < ways - 1;
                boolean no = refuses(ours, loss, retain);
                assertThat(no).as("%s: way back %d of %d", program, way, ways).isEqualTo(refuses(torch, other, retain));
                assertThat(no || way < ways).isTrue();
                refused += no ? 1 : 0;
                sameGradients(program, torch, x, y);
            }
            if (random.nextBoolean()) {
                x.forEach(ours::zeroGrad);
                y.forEach(torch::zeroGrad);
            }
        }
    }

    private <V> void sameGradients(RandomProgram program, Peer<V> torch, List<Variable> x, List<V> y) {
        for (int i = 0; i < x.size(); i++) {
            if (program.wanted().get(i)) {
                assertClose(ours.grad(x.get(i)), torch.grad(y.get(i)), program + ": gradient by leaf " + i);
            }
        }
    }

    private static <V> boolean refuses(Peer<V> peer, V loss, boolean retain) {
        try {
            peer.backward(loss, retain);
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private static void assertClose(Tensor got, Tensor expected, String what) {
        if (got == null || expected == null) {
            assertThat(got).as(what).isEqualTo(expected);
            return;
        }
        assertThat(got.shape()).as(what).isEqualTo(expected.shape());
        double scale = 1;
        for (int k = 0; k < got.size(); k++) {
            scale = Math.max(scale, Math.abs(expected.at(k)));
        }
        for (int k = 0; k < got.size(); k++) {
            assertThat(Math.abs(got.at(k) - expected.at(k))).as("%s, element %d: %s and %s", what, k, got, expected)
                    .isLessThanOrEqualTo(1e-10 * scale);
        }
    }

    @Test
    void programsUseEveryOperationThatBothHave() {
        try (Peer<?> peer = torch()) {
            assertThat(used()).containsAll(peer.operations());
        }
    }
}
