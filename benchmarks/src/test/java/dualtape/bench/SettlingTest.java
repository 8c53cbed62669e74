package dualtape.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tasks are run until nothing is being warmed, or for as long as they may. */
class SettlingTest {
    private static final double AGES = 1e6;

    private final AtomicInteger runs = new AtomicInteger();
    private final List<Runnable> tasks = List.of(runs::incrementAndGet);

    @Test
    void waitsForWhatIsBeingWarmed() {
        AtomicInteger left = new AtomicInteger(3);
        Settling settling = Settling.of(tasks, AGES, () -> Math.max(0, left.decrementAndGet()));
        assertTrue(settling.settled());
        assertTrue(left.get() < 0, "asked again once there was nothing left");
        assertTrue(runs.get() > 0);
        assertTrue(settling.seconds() > 0);
    }

    @Test
    void whatStartsLateIsWaitedForToo() {
        AtomicInteger asked = new AtomicInteger();
        Settling.of(tasks, AGES, () -> asked.incrementAndGet() == 3 ? 1 : 0);
        assertTrue(asked.get() > 4, "three quiet rounds and one that was not, then only quiet ones");
    }

    @Test
    void endsWithTheTimeAndSaysSo() {
        Settling settling = Settling.of(tasks, 1e-9, () -> 1);
        assertFalse(settling.settled());
        assertTrue(settling.seconds() > 0);
    }

    @Test
    void noTimeIsNoRun() {
        assertFalse(Settling.of(tasks, 0, () -> 0).settled());
        assertEquals(0, runs.get());
    }
}
