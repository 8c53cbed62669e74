package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Tensor;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every entry of the catalogue has to bring along. */
class OperationsTest {
    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyEntryIsComplete(Operation operation) {
        assertAll(operation.name(),
                () -> assertFalse(operation.name().isBlank()),
                () -> assertFalse(operation.summary().isBlank(), "a summary"),
                () -> assertFalse(operation.summary().contains("\n"), "one line"),
                () -> assertFalse(operation.group().equals("other"), "a table around it"),
                () -> assertFalse(operation.samples().isEmpty(), "samples"),
                () -> assertSame(operation, Operations.find(operation.name())),
                () -> assertTrue(operation.signature().least() <= operation.signature().most()));
        for (Edge edge : operation.edges()) {
            assertAll(operation.name() + " " + edge, () -> assertFalse(edge.where().isBlank()),
                    () -> assertFalse(edge.used(Conventions.MINNORM).isBlank()), () -> assertTrue(edge.kind() != null));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everySampleFitsTheSignatureAndCoversEveryNumberOfOperands(Operation operation) {
        Signature signature = operation.signature();
        Set<Integer> counts = new HashSet<>();
        for (Sample sample : operation.samples()) {
            int count = sample.operands().size();
            counts.add(count);
            assertTrue(count >= signature.least() && count <= signature.most(), operation.name() + " " + sample);
            Reached.graph(operation, sample);
        }
        if (signature.most() < Integer.MAX_VALUE) {
            assertEquals(signature.most() - signature.least() + 1, counts.size(),
                    operation.name() + ": a sample for each count");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyAttributeIsExercised(Operation operation) {
        for (Signature.Attribute attribute : operation.signature().attributes()) {
            assertTrue(operation.samples().stream().anyMatch(sample -> sample.attributes().keySet().stream()
                    .anyMatch(name -> name.equals(attribute.name()) || name.startsWith(attribute.name() + "."))
                    || attribute.name().equals("shape")), operation.name() + " without " + attribute.name());
        }
    }

    @Test
    void everyTableIsFoundAndNotEmpty() {
        int tables = 0;
        for (Operations.Table table : ServiceLoader.load(Operations.Table.class)) {
            tables++;
            String name = table.getClass().getSimpleName();
            assertTrue(
                    Operations.all().stream()
                            .anyMatch(operation -> operation.group().replace(" ", "").equalsIgnoreCase(name)),
                    name);
        }
        assertEquals(Operations.all().stream().map(Operation::group).distinct().count(), tables);
    }

    @Test
    void equalAttributesMakeEqualOps() {
        assertEquals(new Slicing.Slice(0, 1, 2), new Slicing.Slice(0, 1, 2));
        assertEquals(new Special.Polygamma(2), new Special.Polygamma(2));
        assertFalse(new Special.Polygamma(2).equals(new Special.Polygamma(3)));
        assertFalse(new VectorProduct.Dot(true).equals(new VectorProduct.Dot(false)));
    }

    @Test
    void sharedSubexpressionsKeepDerivativesSmall() {
        // logsumexp recomputes its softmax where a rule needs it; the graph holds it once.
        var graph = Reached.graph(Operations.find("logsumexp"), Sample.of(Tensor.vector(1, 2, 3)));
        var hessian = Witness.adjointGraph(graph, Tensor.scalar(1), java.util.List.of(Tensor.vector(1, 1, 1)));
        assertEquals(1, hessian.histogram().get("softmax"));
    }
}
