package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.ir.Tensor;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the lecture shows in PyTorch, line by line, with the numbers that it prints. */
class LectureTest {
    @Test
    void gradientsOfAScalarAreFourX() {
        Variable x = Variable.arange(4).requiresGrad();
        assertThat(x.grad()).isNull();
        Variable y = x.dot(x).times(2);
        assertThat(y.item()).isEqualTo(28);
        y.backward();
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(0, 4, 8, 12));
        assertThat(x.grad().value()).isEqualTo(x.detach().times(4).value());
        assertThat(x.grad()).hasToString("[0, 4, 8, 12]");
    }

    @Test
    void gradientsAddUpUntilTheyAreZeroed() {
        Variable x = Variable.arange(4).requiresGrad();
        x.dot(x).times(2).backward();
        x.sum().backward();
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(1, 5, 9, 13));
        x.zeroGrad();
        Variable y = x.sum();
        assertThat(y.item()).isEqualTo(6);
        y.backward();
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(1, 1, 1, 1));
    }

    @Test
    void aVectorIsSummedOrSeeded() {
        Variable x = Variable.arange(4).requiresGrad();
        x.times(x).sum().backward();
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(0, 2, 4, 6));
        x.zeroGrad();
        x.times(x).backward(Variable.ones(4));
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(0, 2, 4, 6));
    }

    @Test
    void detachedValuesAreConstants() {
        Variable x = Variable.arange(4).requiresGrad();
        Variable y = x.times(x);
        Variable u = y.detach();
        u.times(x).sum().backward();
        assertThat(x.grad().value()).isEqualTo(u.value());
        x.zeroGrad();
        y.sum().backward();
        assertThat(x.grad().value()).isEqualTo(Tensor.vector(0, 2, 4, 6));
    }

    static Variable f(Variable a) {
        Variable b = a.times(2);
        while (b.norm().less(1000).isTrue()) {
            b = b.times(2);
        }
        return b.sum().greater(0).isTrue() ? b : b.times(100);
    }

    @Test
    void controlFlowIsJavas() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            double number = random.nextDouble(-3, 3);
            Variable a = Variable.of(number).requiresGrad();
            Variable d = f(a);
            d.backward();
            double quotient = d.item() / a.item();
            if (number > 0) {
                assertThat(a.grad().item()).isEqualTo(quotient);
            } else { // 100 b is rounded
                assertThat(Math.abs(a.grad().item() - quotient)).isLessThanOrEqualTo(Math.ulp(quotient));
            }
        }
    }
}
