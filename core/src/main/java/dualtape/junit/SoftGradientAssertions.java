package dualtape.junit;

import dualtape.check.GradientCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** Assertions that go on after a failure; {@link #assertAll} throws what was collected. Closing it does that too. */
public final class SoftGradientAssertions implements AutoCloseable {
    private final List<AssertionFailedError> failures = new ArrayList<>();

    /** With nothing collected. */
    public SoftGradientAssertions() {}

    /** A function and its gradient. */
    public GradientAssert assertThatGradient(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient) {
        return assertThat(GradientCheck.of(f, gradient));
    }

    /** Any check. */
    public GradientAssert assertThat(GradientCheck check) {
        return new GradientAssert(check, message -> failures.add(new AssertionFailedError(message)));
    }

    /**
     * Throws what was collected.
     *
     * @throws AssertionError the failure, or all of several
     */
    public void assertAll() {
        if (failures.size() == 1) {
            throw failures.get(0);
        } else if (!failures.isEmpty()) {
            throw new MultipleFailuresError(failures.size() + " derivatives do not agree", failures);
        }
    }

    @Override
    public void close() {
        assertAll();
    }
}
