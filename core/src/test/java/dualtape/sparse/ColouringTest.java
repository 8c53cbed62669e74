package dualtape.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Colourings have the property that recovery relies on, whatever the pattern. */
class ColouringTest {
    private static final int PATTERNS = 300;

    @Test
    void columnsOfOneColourShareNoRow() {
        SplittableRandom random = new SplittableRandom(11);
        for (int trial = 0; trial < PATTERNS; trial++) {
            Pattern pattern = random(random, 1 + random.nextInt(12), 1 + random.nextInt(12));
            assertOrthogonal(pattern, Colouring.ofColumns(pattern));
            assertOrthogonal(pattern.transpose(), Colouring.ofRows(pattern));
        }
    }

    @Test
    void noPathOfFourHasTwoColours() {
        SplittableRandom random = new SplittableRandom(12);
        for (int trial = 0; trial < PATTERNS; trial++) {
            int n = 1 + random.nextInt(14);
            Pattern pattern = random(random, n, n).symmetric();
            assertStar(pattern, Colouring.star(pattern));
            for (Ordering ordering : Ordering.values()) {
                assertStar(pattern, new StarColouring(pattern).greedy(ordering.of(pattern)));
            }
        }
    }

    @Test
    void aColouringThatIsNoStarColouringIsNoticed() {
        Pattern path = band(4, 1);
        assertThrows(AssertionError.class, () -> assertStar(path, new Colouring(new int[] {0, 1, 0, 1})));
        assertThrows(AssertionError.class, () -> assertOrthogonal(path, new Colouring(new int[] {0, 1, 0, 1})));
    }

    @Test
    void orderingsTakeEveryVertexOnce() {
        SplittableRandom random = new SplittableRandom(13);
        for (int trial = 0; trial < PATTERNS; trial++) {
            int n = random.nextInt(20);
            Pattern pattern = random(random, n, n).symmetric();
            for (Ordering ordering : Ordering.values()) {
                int[] order = ordering.of(pattern);
                assertArrayEquals(IntStream.range(0, n).toArray(), IntStream.of(order).sorted().toArray(),
                        ordering.name());
            }
        }
        Pattern arrow = arrow(5, 3);
        assertEquals(3, Ordering.LARGEST_FIRST.of(arrow)[0]);
        assertEquals(0, Ordering.NATURAL.of(arrow)[0]);
    }

    @Test
    void knownPatternsTakeAsManyColoursAsTheyNeed() {
        for (int n : new int[] {10, 100, 10_000}) {
            assertEquals(1, Colouring.ofColumns(band(n, 0)).count(), "diagonal");
            assertEquals(1, Colouring.star(band(n, 0)).count(), "diagonal");
            assertEquals(3, Colouring.ofColumns(band(n, 1)).count(), "tridiagonal");
            assertEquals(3, Colouring.star(band(n, 1)).count(), "tridiagonal");
            assertEquals(7, Colouring.ofColumns(band(n, 3)).count(), "band");
            assertTrue(Colouring.star(band(n, 3)).count() <= 7, "band");
            for (int hub : new int[] {0, n / 2, n - 1}) {
                assertEquals(2, Colouring.star(arrow(n, hub)).count(), "arrow at " + hub);
            }
            assertEquals(0, Colouring.star(Pattern.of(n, new int[n][0])).count(), "empty");
            assertEquals(0, Colouring.ofColumns(Pattern.of(n, new int[n][0])).count(), "empty");
        }
        assertEquals(50, Colouring.ofColumns(band(50, 50)).count(), "dense");
        assertEquals(50, Colouring.star(band(50, 50)).count(), "dense");
        assertEquals(0, Colouring.star(Pattern.of(0)).count());
        assertEquals(1, Colouring.ofRows(Pattern.of(4, new int[] {0, 1, 2, 3})).count());
        assertEquals(4, Colouring.ofColumns(Pattern.of(4, new int[] {0, 1, 2, 3})).count());
    }

    @Test
    void aPatternKnowsItsElements() {
        Pattern pattern = Pattern.of(3, new int[] {2, 0, 2}, new int[0], new int[] {1});
        assertEquals("x.x\n...\n.x.\n", pattern.picture());
        assertEquals("3 of 9 elements in 3 rows, 3 columns", pattern.toString());
        assertEquals("x..\n..x\nx..\n", pattern.transpose().picture());
        assertEquals("x.x\n..x\nxx.\n", pattern.symmetric().picture());
        assertArrayEquals(new int[] {0, 0, 2}, pattern.rowIndices());
        assertArrayEquals(new int[] {0, 2, 1}, pattern.columnIndices());
        assertEquals(1, pattern.position(0, 2));
        assertFalse(pattern.contains(1, 1));
        assertEquals(pattern, pattern.transpose().transpose());
        assertNotEquals(pattern, pattern.transpose());
        assertThrows(IllegalArgumentException.class, () -> Pattern.of(3, new int[] {3}));
        assertThrows(IllegalArgumentException.class, () -> Pattern.of(3, new int[] {1}).symmetric());
        assertThrows(IllegalArgumentException.class, () -> Colouring.star(pattern));
    }

    @Test
    void pairsAreKeptWhileATableGrows() {
        PairTable table = new PairTable(0);
        for (int k = 0; k < 5_000; k++) {
            table.put(k % 71, k, k);
        }
        for (int k = 0; k < 5_000; k++) {
            assertEquals(k, table.get(k % 71, k));
            assertEquals(PairTable.ABSENT, table.get(71, k));
        }
    }

    private static void assertOrthogonal(Pattern pattern, Colouring colouring) {
        for (int i = 0; i < pattern.rows(); i++) {
            int[] colours = IntStream.of(pattern.row(i)).map(colouring::colour).toArray();
            assertEquals(colours.length, IntStream.of(colours).distinct().count(), pattern.picture() + colouring);
            assertTrue(IntStream.of(colours).allMatch(colour -> colour >= 0 && colour < colouring.count()));
        }
    }

    private static void assertStar(Pattern pattern, Colouring colouring) {
        int n = pattern.rows();
        for (int a = 0; a < n; a++) {
            for (int b : pattern.row(a)) {
                assertTrue(a == b || colouring.colour(a) != colouring.colour(b), pattern.picture() + colouring);
                assertTrue(colouring.colour(a) >= 0 && colouring.colour(a) < colouring.count());
                for (int c : pattern.row(b)) {
                    for (int d : pattern.row(c)) {
                        boolean path = IntStream.of(a, b, c, d).distinct().count() == 4;
                        long colours = IntStream.of(a, b, c, d).map(colouring::colour).distinct().count();
                        assertTrue(!path || colours > 2, pattern.picture() + colouring);
                    }
                }
            }
        }
    }

    private static Pattern random(SplittableRandom random, int rows, int columns) {
        double density = random.nextDouble();
        int[][] elements = new int[rows][];
        for (int i = 0; i < rows; i++) {
            elements[i] = IntStream.range(0, columns).filter(j -> random.nextDouble() < density * density).toArray();
        }
        return Pattern.of(columns, elements);
    }

    private static Pattern band(int n, int width) {
        int[][] rows = new int[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = IntStream.rangeClosed(Math.max(0, i - width), Math.min(n - 1, i + width)).toArray();
        }
        return Pattern.of(n, rows);
    }

    private static Pattern arrow(int n, int hub) {
        int[][] rows = new int[n][];
        for (int i = 0; i < n; i++) {
            rows[i] = i == hub ? IntStream.range(0, n).toArray() : new int[] {i, hub};
        }
        return Pattern.of(n, rows);
    }
}
