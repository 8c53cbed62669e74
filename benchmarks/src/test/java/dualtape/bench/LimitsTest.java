package dualtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** The rows of the limits: they agree with what was written by hand, and their gradients allocate nothing. */
class LimitsTest {
    /** Runs after which everything that is generated has been generated. */
    private static final int MANY = 300;
    private static final long SMALL = 5_000_000;

    private static final int ATTEMPTS = 8;

    static Stream<String> rows() {
        return LimitRows.names().stream();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aGradientAllocatesNothing(String name) {
        LimitSubject subject = new LimitSubject(LimitRows.of(name));
        int warm = subject.prepared().cost().operations() < SMALL ? MANY : 3;
        for (int run = 0; run < warm; run++) {
            subject.gradient();
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        threads.getThreadAllocatedBytes(thread);
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < ATTEMPTS && least > 0; attempt++) { // a kernel that changes its form does so once
            long before = threads.getThreadAllocatedBytes(thread);
            subject.gradient();
            subject.gradient();
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertEquals(0, least);
    }

    @Test
    void theBenchmarkHasEveryRow() throws NoSuchFieldException {
        String[] values = Limits.class.getField("row").getAnnotation(Param.class).value();
        assertEquals(LimitRows.names(), List.copyOf(Arrays.asList(values)));
    }
}
