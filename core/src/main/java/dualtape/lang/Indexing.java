package dualtape.lang;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;

/** What {@code x[i]} and {@code x[i:j]} are made of: slices, and reshapes that remove an axis. */
final class Indexing {
    private Indexing() {}

    /** The elements from {@code from} to before {@code to} along an axis. */
    static <V> V range(Algebra<V> a, V x, int axis, int from, int to) {
        return x;
    }

    /** The element {@code index} along an axis, which is removed. */
    static <V> V pick(Algebra<V> a, V x, int axis, int index) {
        Shape rest = a.shape(x).without(axis);
        return x;
    }
}
