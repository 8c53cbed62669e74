package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;

/** What {@code x[i]}, {@code X[i, j]} and {@code x[i:j]} mean, as slices and reshapes. Negative indices count from the end. */
public final class Indexing {
    private Indexing() {}

    /**
     * The elements of an axis at one index; the axis is removed.
     *
     * @throws ShapeException if there is no such axis or index, naming the range
     */
    public static <V> V index(Algebra<V> a, V x, int axis, int index) {
        Shape shape = a.shape(x);
        int at = Axis.checked("index", axis, shape);
        int extent = shape.extent(at);
        if (index < -extent || index >= extent) {
            throw new ShapeException("index " + index + " is out of range for axis " + at + " of the shape " + shape
                    + (extent == 0
                            ? ", which is empty"
                            : "; the index is one of 0 to " + (extent - 1) + ", or -1 to " + -extent
                                    + " counted from the end"));
        }
        int from = index < 0 ? index + extent : index;
        V part = extent == 1 ? x : new Slicing.Slice(at, from, from + 1).of(a, x);
        return Structure.reshape(a, part, shape.without(at));
    }

    /**
     * Part of an axis, from {@code from} up to, not including, {@code to}; the axis stays.
     *
     * @throws ShapeException if there is no such axis or part, naming the range
     */
    public static <V> V slice(Algebra<V> a, V x, int axis, int from, int to) {
        Shape shape = a.shape(x);
        int at = Axis.checked("slice", axis, shape);
        int extent = shape.extent(at);
        int first = from < 0 ? from + extent : from;
        int last = to < 0 ? to + extent : to;
        return first == 0 && last == extent ? x : new Slicing.Slice(at, first, last).of(a, x);
    }
}
