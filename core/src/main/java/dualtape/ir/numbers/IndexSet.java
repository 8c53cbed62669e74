package dualtape.ir.numbers;

import java.util.Arrays;

/** A set of indices ≥ 0: the inputs that a value depends on. Immutable; kept as a sorted array. */
public final class IndexSet {
    /** The set without elements. */
    public static final IndexSet EMPTY = new IndexSet(new int[0]);

    /** How many times larger a set is that is searched for the elements of another instead of being walked through. */
    private static final int SEARCHED = 16;

    private final int[] sorted;

    private IndexSet(int[] sorted) {
        this.sorted = sorted;
    }

    /**
     * The set of these indices, in any order.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public static IndexSet of(int... indices) {
        int[] distinct = Arrays.stream(indices).sorted().distinct().toArray();
        if (distinct.length > 0 && distinct[0] < 0) {
            throw new IllegalArgumentException("index set: index " + distinct[0] + " is negative");
        }
        return distinct.length == 0 ? EMPTY : new IndexSet(distinct);
    }

    /** The elements of both; one of the two itself where it contains the other. Linear in the sizes, and fast
     * where one lies behind the other, as when a sum takes in its terms in order. */
    public IndexSet union(IndexSet that) {
        if (this == that || that.sorted.length == 0) {
            return this;
        }
        if (sorted.length == 0) {
            return that;
        }
        if (sorted[sorted.length - 1] < that.sorted[0]) {
            return new IndexSet(joined(sorted, that.sorted));
        } else if (that.sorted[that.sorted.length - 1] < sorted[0]) {
            return new IndexSet(joined(that.sorted, sorted));
        } else if (that.sorted.length < sorted.length / SEARCHED && containsAll(that)) {
            return this;
        } else if (sorted.length < that.sorted.length / SEARCHED && that.containsAll(this)) {
            return that;
        }
        int both = 0;
        for (int i = 0, j = 0; i < sorted.length && j < that.sorted.length;) {
            int order = Integer.compare(sorted[i], that.sorted[j]);
            both += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        if (both == that.sorted.length) {
            return this;
        }
        return both == sorted.length ? that : new IndexSet(merge(sorted, that.sorted, both));
    }

    private static int[] joined(int[] x, int[] y) {
        int[] joined = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, joined, x.length, y.length);
        return joined;
    }

    private boolean containsAll(IndexSet that) {
        for (int index : that.sorted) {
            if (!contains(index)) {
                return false;
            }
        }
        return true;
    }

    private static int[] merge(int[] x, int[] y, int both) {
        int[] merged = new int[x.length + y.length - both];
        for (int i = 0, j = 0, k = 0; k < merged.length; k++) {
            boolean fromX = j == y.length || i < x.length && x[i] <= y[j];
            boolean fromY = i == x.length || j < y.length && y[j] <= x[i];
            merged[k] = fromX ? x[i] : y[j];
            i += fromX ? 1 : 0;
            j += fromY ? 1 : 0;
        }
        return merged;
    }

    /** The number of elements. */
    public int size() {
        return sorted.length;
    }

    /** Whether the index is an element. */
    public boolean contains(int index) {
        return Arrays.binarySearch(sorted, index) >= 0;
    }

    /** The elements in ascending order: a fresh array. */
    public int[] toArray() {
        return sorted.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IndexSet that && Arrays.equals(sorted, that.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    /** As in {@code [0, 3, 7]}. */
    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
