package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Sample;
import dualtape.program.Tensors;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the catalogue over variables. */
class FunctionsTest {
    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everySampleHasTheValueThatTensorsHave(Operation operation) throws ReflectiveOperationException {
        for (Sample sample : operation.samples()) {
            Attributes attributes = Attributes.of(operation, sample.attributes());
            List<Variable> operands = new ArrayList<>();
            sample.operands().forEach(operand -> operands.add(Variable.of(operand).requiresGrad()));
            var expected = operation.call(Tensors.INSTANCE, sample.operands(), attributes);
            assertThat(operation.call(Eager.INSTANCE, operands, attributes).value()).isEqualTo(expected);
            Method method = method(operation, operands.size());
            if (sample.attributes().isEmpty() && method != null) {
                assertThat(((Variable) method.invoke(null, operands.toArray())).value()).isEqualTo(expected);
            }
        }
    }

    /** The method that takes so many variables and nothing else. */
    private static Method method(Operation operation, int operands) {
        String name = operation.name();
        for (int i = name.indexOf('_'); i >= 0; i = name.indexOf('_')) {
            name = name.substring(0, i) + Character.toUpperCase(name.charAt(i + 1)) + name.substring(i + 2);
        }
        Class<?>[] types = new Class<?>[operands];
        java.util.Arrays.fill(types, Variable.class);
        try {
            Method method = Functions.class.getMethod(name, types);
            return Modifier.isStatic(method.getModifiers()) ? method : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
