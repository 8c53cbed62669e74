package dualtape.ir;

import java.util.Arrays;

/**
 * The shape of a tensor: its extents, outermost axis first. Rank 0 is a scalar. Tensors are row-major: the last index
 * runs fastest. Immutable.
 */
public final class Shape {
    /** The shape of a scalar: rank 0, one element. */
    public static final Shape SCALAR = new Shape(new int[0]);

    private final int[] extents;
    private final int size;

    private Shape(int[] extents) {
        long product = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape " + text(extents) + ": an extent is negative");
            }
            product *= extent;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape " + text(extents) + " has more than " + Integer.MAX_VALUE + " elements");
            }
        }
        this.extents = extents;
        this.size = (int) product;
    }

    /**
     * The shape with these extents.
     *
     * @param extents outermost first, each ≥ 0; copied
     * @throws IllegalArgumentException if an extent is negative or there are more than 2³¹ − 1 elements
     */
    public static Shape of(int... extents) {
        return extents.length == 0 ? SCALAR : new Shape(extents.clone());
    }

    /** The number of axes. */
    public int rank() {
        return extents.length;
    }

    /** The number of elements, the product of the extents; 1 for a scalar. */
    public int size() {
        return size;
    }

    /** The extent of one axis; a negative axis counts from the last, −1 being the last. */
    public int extent(int axis) {
        return extents[axis < 0 ? axis + extents.length : axis];
    }

    /** The extents, a copy. */
    public int[] extents() {
        return extents.clone();
    }

    /** Whether this has rank 0. */
    public boolean isScalar() {
        return extents.length == 0;
    }

    /** This shape without one axis. */
    public Shape without(int axis) {
        int[] rest = new int[extents.length - 1];
        for (int i = 0, j = 0; i < extents.length; i++) {
            if (i != axis) {
                rest[j++] = extents[i];
            }
        }
        return of(rest);
    }

    /** This shape with one more axis, inserted so that it becomes axis {@code axis}. */
    public Shape with(int axis, int extent) {
        int[] more = new int[extents.length + 1];
        for (int i = 0, j = 0; i < more.length; i++) {
            more[i] = i == axis ? extent : extents[j++];
        }
        return of(more);
    }

    /** The number of elements before axis {@code axis}: the product of the outer extents. */
    public int outer(int axis) {
        int product = 1;
        for (int i = 0; i < axis; i++) {
            product *= extents[i];
        }
        return product;
    }

    /** The stride of axis {@code axis}: the product of the extents inside it. */
    public int stride(int axis) {
        int product = 1;
        for (int i = axis + 1; i < extents.length; i++) {
            product *= extents[i];
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Shape that && Arrays.equals(extents, that.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** As in {@code [2, 3]}; a scalar is {@code []}. */
    @Override
    public String toString() {
        return text(extents);
    }

    private static String text(int[] extents) {
        return Arrays.toString(extents);
    }
}
