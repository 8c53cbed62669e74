package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IndexSetTest {

    @Test
    void unionIsThatOfSets() {
        Random random = new Random(5);
        for (int trial = 0; trial < 1_500; trial++) {
            int from = trial % 3 == 0 ? 0 : random.nextInt(30); // overlapping, or one behind the other
            int[] x = random.ints(trial % 5 == 0 ? random.nextInt(300) : random.nextInt(12), from, from + 15).toArray();
            int[] y = random.ints(random.nextInt(trial % 7 == 0 ? 3 : 12), 0, 15).toArray();
            TreeSet<Integer> expected = new TreeSet<>();
            IntStream.concat(IntStream.of(x), IntStream.of(y)).forEach(expected::add);
            IndexSet union = IndexSet.of(x).union(IndexSet.of(y));
            assertArrayEquals(expected.stream().mapToInt(i -> i).toArray(), union.toArray());
            assertEquals(union, IndexSet.of(y).union(IndexSet.of(x)));
            assertEquals(expected.size(), union.size());
        }
    }

    @Test
    void unionWithASubsetIsShared() {
        IndexSet wide = IndexSet.of(IntStream.range(0, 1000).toArray());
        assertSame(wide, wide.union(IndexSet.of(7, 500)));
        assertSame(wide, IndexSet.of(7, 500).union(wide));
        assertSame(wide, wide.union(IndexSet.EMPTY));
        assertSame(wide, IndexSet.EMPTY.union(wide));
    }

    @Test
    void constantsAndPiecewiseConstantsDependOnNothing() {
        IndexSets n = IndexSets.INSTANCE;
        IndexSet x = IndexSet.of(3);
        IndexSet y = IndexSet.of(1);
        assertEquals(IndexSet.EMPTY, n.of(2));
        assertEquals(IndexSet.EMPTY, n.floor(x));
        assertEquals(IndexSet.EMPTY, n.isNaN(x));
        assertEquals(IndexSet.EMPTY, n.less(x, y));
        assertEquals(IndexSet.of(1, 3), n.select(IndexSet.of(9), x, y));
        assertEquals(IndexSet.of(1, 3), n.ifZero(IndexSet.of(9), x, y));
        assertEquals(IndexSet.of(1, 3, 9), n.multiplyAdd(IndexSet.of(9), x, y));
    }

    @Test
    void elementsAreFound() {
        IndexSet set = IndexSet.of(5, 2, 5);
        assertTrue(set.contains(2));
        assertFalse(set.contains(3));
        assertEquals("[2, 5]", set.toString());
        String message = assertThrows(IllegalArgumentException.class, () -> IndexSet.of(1, -4)).getMessage();
        assertTrue(message.contains("-4"), message);
    }
}
