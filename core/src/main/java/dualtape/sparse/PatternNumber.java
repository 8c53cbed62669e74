package dualtape.sparse;

import dualtape.ir.numbers.IndexSet;

/**
 * A number of which only this much is known: its value if it is a constant, else the indices on which it depends.
 * Immutable.
 */
final class PatternNumber {
    /** A number of which nothing is known but that it depends on no index. */
    static final PatternNumber UNKNOWN = new PatternNumber(false, 0, IndexSet.EMPTY);
    private static final PatternNumber ZERO = new PatternNumber(true, 0, IndexSet.EMPTY);

    private final boolean known;
    private final double value;
    private final IndexSet indices;

    private PatternNumber(boolean known, double value, IndexSet indices) {
        this.known = known;
        this.value = value;
        this.indices = indices;
    }

    static PatternNumber constant(double value) {
        return Double.doubleToRawLongBits(value) == 0 ? ZERO : new PatternNumber(true, value, IndexSet.EMPTY);
    }

    static PatternNumber of(int index) {
        return new PatternNumber(false, 0, IndexSet.of(index));
    }

    /** What depends on everything on which one of these does; one of the two itself where that is enough. */
    static PatternNumber either(PatternNumber x, PatternNumber y) {
        IndexSet union = x.indices.union(y.indices);
        if (!x.known && union == x.indices) {
            return x;
        } else if (!y.known && union == y.indices) {
            return y;
        }
        return union.size() == 0 ? UNKNOWN : new PatternNumber(false, 0, union);
    }

    /** Whether it is a constant. */
    boolean known() {
        return known;
    }

    /** The value of a constant. */
    double value() {
        return value;
    }

    /** Whether it is the constant 0. */
    boolean isZero() {
        return known && value == 0;
    }

    /** What it depends on; nothing for a constant. */
    IndexSet indices() {
        return indices;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PatternNumber that && known == that.known
                && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value)
                && indices.equals(that.indices);
    }

    @Override
    public int hashCode() {
        return 31 * Double.hashCode(value) + indices.hashCode();
    }

    @Override
    public String toString() {
        return known ? "" + value : indices.toString();
    }
}
