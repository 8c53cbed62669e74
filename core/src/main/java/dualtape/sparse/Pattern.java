package dualtape.sparse;

import dualtape.ir.numbers.IndexSet;
import java.util.Arrays;
import java.util.List;

/**
 * Which elements of a matrix may differ from zero, in compressed rows: the columns of row i are {@code column(k)} for k
 * from {@code start(i)} to {@code start(i + 1)}, ascending. All other elements are zero at every point. The position k of an
 * element is its place in an array of values. Immutable.
 */
public final class Pattern {
    private final int columns;
    private final int[] starts;
    private final int[] indices;

    private Pattern(int columns, int[] starts, int[] indices) {
        this.columns = columns;
        this.starts = starts;
        this.indices = indices;
    }

    /**
     * A pattern by its rows.
     *
     * @param columns the number of columns
     * @param rows the columns of each row, in any order
     * @throws IllegalArgumentException if one is no column
     */
    public static Pattern of(int columns, int[]... rows) {
        return of(columns, Arrays.stream(rows).map(IndexSet::of).toList());
    }

    static Pattern of(int columns, List<IndexSet> rows) {
        int[] starts = new int[rows.size() + 1];
        for (int i = 0; i < rows.size(); i++) {
            starts[i + 1] = Math.addExact(starts[i], rows.get(i).size());
        }
        int[] indices = new int[starts[rows.size()]];
        for (int i = 0; i < rows.size(); i++) {
            int[] row = rows.get(i).toArray();
            if (row.length > 0 && row[row.length - 1] >= columns) {
                throw new IllegalArgumentException("pattern: row " + i + " has column " + row[row.length - 1]
                        + "; there are " + columns + " columns, counted from 0");
            }
            System.arraycopy(row, 0, indices, starts[i], row.length);
        }
        return new Pattern(columns, starts, indices);
    }

    /** The number of rows. */
    public int rows() {
        return starts.length - 1;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** The number of elements that may differ from zero. */
    public int size() {
        return indices.length;
    }

    /** The position of the first element of row i; for i = {@link #rows} the number of elements. */
    public int start(int i) {
        return starts[i];
    }

    /** The column of the element at position k. */
    public int column(int k) {
        return indices[k];
    }

    /** The columns of row i, ascending: a fresh array. */
    public int[] row(int i) {
        return Arrays.copyOfRange(indices, starts[i], starts[i + 1]);
    }

    /** The position of an element, negative if it is zero. */
    public int position(int row, int column) {
        return Arrays.binarySearch(indices, starts[row], starts[row + 1], column);
    }

    /** Whether an element may differ from zero. */
    public boolean contains(int row, int column) {
        return position(row, column) >= 0;
    }

    /** The most elements of a row. */
    public int longestRow() {
        int longest = 0;
        for (int i = 0; i < rows(); i++) {
            longest = Math.max(longest, starts[i + 1] - starts[i]);
        }
        return longest;
    }

    /** The row of each element, by position: with {@link #columnIndices} and the values, the matrix as triplets. */
    public int[] rowIndices() {
        int[] rows = new int[indices.length];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(rows, starts[i], starts[i + 1], i);
        }
        return rows;
    }

    /** The column of each element, by position: a fresh array. */
    public int[] columnIndices() {
        return indices.clone();
    }

    /** Rows as columns. Linear in the number of elements. */
    public Pattern transpose() {
        int[] next = new int[columns + 1];
        for (int column : indices) {
            next[column + 1]++;
        }
        for (int j = 0; j < columns; j++) {
            next[j + 1] += next[j];
        }
        int[] transposedStarts = next.clone();
        int[] transposed = new int[indices.length];
        for (int i = 0; i < rows(); i++) {
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                transposed[next[indices[k]]++] = i;
            }
        }
        return new Pattern(rows(), transposedStarts, transposed);
    }

    /**
     * The pattern together with its transpose: the same where it is symmetric.
     *
     * @throws IllegalArgumentException if it is not square
     */
    public Pattern symmetric() {
        if (rows() != columns) {
            throw new IllegalArgumentException("a symmetric pattern is square; this has " + rows() + " rows and "
                    + columns + " columns");
        }
        Pattern transposed = transpose();
        if (equals(transposed)) {
            return this;
        }
        IndexSet[] rows = new IndexSet[columns];
        for (int i = 0; i < columns; i++) {
            rows[i] = IndexSet.of(row(i)).union(IndexSet.of(transposed.row(i)));
        }
        return of(columns, Arrays.asList(rows));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern that && columns == that.columns && Arrays.equals(starts, that.starts)
                && Arrays.equals(indices, that.indices);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * columns + Arrays.hashCode(starts)) + Arrays.hashCode(indices);
    }

    /** As in {@code 3 of 4 elements in 2 rows, 2 columns}. */
    @Override
    public String toString() {
        return size() + " of " + (long) rows() * columns + " elements in " + count(rows(), "row") + ", "
                + count(columns, "column");
    }

    /** As in {@code 1 row} and {@code 2 rows}. */
    static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** A picture for small patterns, a line a row: x for an element, a dot for a zero. */
    public String picture() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows(); i++) {
            char[] line = new char[columns];
            Arrays.fill(line, '.');
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                line[indices[k]] = 'x';
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }
}
