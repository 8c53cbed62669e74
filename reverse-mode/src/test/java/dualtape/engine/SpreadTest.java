package dualtape.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Watch;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items of work on several threads: each once, what fails fails as on one thread, and threads end. */
class SpreadTest {
    private static final int ITEMS = 100;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, ITEMS + 1})
    void everyItemIsDoneOnceAndTheFirstByTheCaller(int threads) {
        AtomicIntegerArray done = new AtomicIntegerArray(ITEMS);
        Thread[] workers = new Thread[threads];
        Thread[] first = new Thread[1];
        Spread.over(threads, ITEMS, (worker, item) -> {
            done.incrementAndGet(item);
            workers[worker] = Thread.currentThread();
            if (item == 0) {
                first[0] = Thread.currentThread();
            }
        });
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(1, done.get(item), "item " + item);
        }
        assertSame(Thread.currentThread(), first[0]);
        assertSame(Thread.currentThread(), workers[0]);
    }

    /** Two items that wait for each other end only if two threads do them. */
    @Test
    void twoThreadsWorkAtOnceUnderTheWatchOfTheCallerAndEnd() throws InterruptedException {
        CountDownLatch both = new CountDownLatch(2);
        Thread[] workers = new Thread[2];
        Watch[] watches = new Watch[2];
        Budget budget = new Budget("the test", Limits.DEFAULT, Deadline.NEVER);
        budget.during(() -> {
            Spread.over(2, 2, (worker, item) -> {
                workers[worker] = Thread.currentThread();
                watches[worker] = Watch.current();
                both.countDown();
                await(both);
            });
            return null;
        });
        assertNotSame(workers[0], workers[1]);
        assertSame(budget, watches[0]);
        assertSame(budget, watches[1]);
        assertTrue(workers[1].isDaemon());
        workers[1].join(60_000);
        assertFalse(workers[1].isAlive());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theFirstFailureIsThrownAsItIs(int threads) {
        for (int round = 0; round < 200; round++) {
            Error third = new StackOverflowError();
            Set<Integer> begun = ConcurrentHashMap.newKeySet();
            Throwable thrown = assertThrows(StackOverflowError.class,
                    () -> Spread.over(threads, ITEMS, (worker, item) -> {
                        begun.add(item);
                        if (item == 3) {
                            throw third;
                        } else if (item > 3) {
                            throw new IllegalStateException("item " + item);
                        }
                    }));
            assertSame(third, thrown);
            assertTrue(begun.size() <= 3 + threads, "nothing is begun after a failure: " + begun);
        }
    }

    @Test
    void anInterruptIsKept() {
        AtomicIntegerArray done = new AtomicIntegerArray(ITEMS);
        Thread.currentThread().interrupt();
        try {
            Spread.over(2, ITEMS, (worker, item) -> done.incrementAndGet(item));
        } finally {
            assertTrue(Thread.interrupted());
        }
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(1, done.get(item), "item " + item);
        }
    }

    @Test
    void workMayBeSpreadWithinWork() {
        AtomicIntegerArray done = new AtomicIntegerArray(ITEMS);
        Spread.over(3, 10, (worker, item) -> Spread.over(3, 10,
                (inner, part) -> done.incrementAndGet(10 * item + part)));
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(1, done.get(item), "item " + item);
        }
    }
}
