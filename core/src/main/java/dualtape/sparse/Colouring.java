package dualtape.sparse;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A colour for each column (or row) of a matrix: those of one colour share a sweep. Columns without elements need none and
 * have −1. Immutable.
 */
public final class Colouring {
    private final int[] colours;
    private final int count;

    Colouring(int[] colours) {
        this.colours = colours;
        this.count = Arrays.stream(colours).max().orElse(-1) + 1;
    }

    /**
     * Columns that share no row have a colour in common: structurally orthogonal columns (Curtis, Powell, Reid 1974). Greedy
     * colouring of the columns' intersection graph (Coleman, Moré 1983), which is not written out; the better of the
     * natural order and of that with the longest columns first.
     *
     * <p>The number of colours is at least that of the longest row's elements; for a band it is exactly that.
     */
    public static Colouring ofColumns(Pattern pattern) {
        Pattern columns = pattern.transpose();
        int least = pattern.longestRow();
        Colouring natural = greedy(columns, Ordering.NATURAL);
        if (natural.count <= least) {
            return natural;
        }
        Colouring largestFirst = greedy(columns, Ordering.LARGEST_FIRST);
        return largestFirst.count < natural.count ? largestFirst : natural;
    }

    /** {@link #ofColumns} of the transpose: rows that share no column. */
    public static Colouring ofRows(Pattern pattern) {
        return ofColumns(pattern.transpose());
    }

    /**
     * A colouring for direct recovery of a symmetric matrix: neighbours differ, and every path of four has at least three
     * colours (Gebremedhin, Manne, Pothen 2005, section 4), so that of each pair of elements one stands alone in its
     * compressed column. Greedy; the best of three orders.
     *
     * @throws IllegalArgumentException if the pattern is not symmetric
     */
    public static Colouring star(Pattern symmetric) {
        if (!symmetric.symmetric().equals(symmetric)) {
            throw new IllegalArgumentException("a star colouring is of a symmetric pattern");
        }
        Colouring best = null;
        for (Ordering ordering : Ordering.values()) {
            Colouring colouring = new StarColouring(symmetric).greedy(ordering.of(symmetric));
            best = best == null || colouring.count < best.count ? colouring : best;
        }
        return best;
    }

    private static Colouring greedy(Pattern columns, Ordering ordering) {
        int[] colours = new int[columns.rows()];
        Arrays.fill(colours, -1);
        BitSet[] taken = new BitSet[columns.columns()]; // by row: the colours of its columns
        BitSet forbidden = new BitSet();
        for (int column : ordering.of(columns)) {
            int from = columns.start(column);
            int to = columns.start(column + 1);
            if (from == to) {
                continue;
            }
            forbidden.clear();
            for (int k = from; k < to; k++) {
                if (taken[columns.column(k)] != null) {
                    forbidden.or(taken[columns.column(k)]);
                }
            }
            colours[column] = forbidden.nextClearBit(0);
            for (int k = from; k < to; k++) {
                int row = columns.column(k);
                taken[row] = taken[row] == null ? new BitSet() : taken[row];
                taken[row].set(colours[column]);
            }
        }
        return new Colouring(colours);
    }

    /** The number of colours: of sweeps. */
    public int count() {
        return count;
    }

    /** The number of columns (or rows) that are coloured. */
    public int size() {
        return colours.length;
    }

    /** The colour of a column (or row), from 0 on; −1 if it has no elements. */
    public int colour(int column) {
        return colours[column];
    }

    /** The columns (or rows) of each colour, ascending. */
    int[][] groups() {
        int[] sizes = new int[count];
        for (int colour : colours) {
            if (colour >= 0) {
                sizes[colour]++;
            }
        }
        int[][] groups = new int[count][];
        for (int colour = 0; colour < count; colour++) {
            groups[colour] = new int[sizes[colour]];
        }
        for (int column = colours.length - 1; column >= 0; column--) {
            if (colours[column] >= 0) {
                groups[colours[column]][--sizes[colours[column]]] = column;
            }
        }
        return groups;
    }

    /** As in {@code 3 colours [0, 1, 2, 0]}. */
    @Override
    public String toString() {
        return count + (count == 1 ? " colour " : " colours ") + Arrays.toString(colours);
    }
}
