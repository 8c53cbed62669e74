package dualtape.ir;

import java.util.Arrays;

/**
 * A shape and its doubles, row-major. Immutable. A tensor whose elements are all one constant may hold it once (see
 * {@link #uniform}).
 */
public final class Tensor {
    private final Shape shape;
    private final double[] data;

    private Tensor(Shape shape, double[] data) {
        this.shape = shape;
        this.data = data;
    }

    /** A scalar. */
    public static Tensor scalar(double value) {
        return new Tensor(Shape.SCALAR, new double[] {value});
    }

    /** A vector of these elements (copied). */
    public static Tensor vector(double... elements) {
        return new Tensor(Shape.of(elements.length), elements.clone());
    }

    /**
     * A matrix of these rows (copied).
     *
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Tensor matrix(double[]... rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        double[] data = new double[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(
                        "matrix: row " + i + " has " + rows[i].length + " elements, row 0 has " + columns);
            }
            System.arraycopy(rows[i], 0, data, i * columns, columns);
        }
        return new Tensor(Shape.of(rows.length, columns), data);
    }

    /**
     * A tensor of this shape over these elements, row-major (copied).
     *
     * @throws IllegalArgumentException if there are not exactly {@code shape.size()} elements
     */
    public static Tensor of(Shape shape, double... elements) {
        return wrap(shape, elements.clone());
    }

    /** As {@link #of}, but the array is kept, not copied: the caller must not write to it again. */
    public static Tensor wrap(Shape shape, double[] elements) {
        if (elements.length != shape.size()) {
            throw new IllegalArgumentException(
                    "tensor of shape " + shape + " needs " + shape.size() + " elements, got " + elements.length);
        }
        return new Tensor(shape, elements);
    }

    /** A tensor whose elements all are {@code value}, stored once. */
    public static Tensor uniform(double value, Shape shape) {
        return new Tensor(shape, new double[] {value});
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return shape.size();
    }

    /** Whether this holds one constant for all its elements (always so for a scalar). */
    public boolean isUniform() {
        return data.length == 1;
    }

    /** The element at a flat, row-major index. */
    public double at(int index) {
        return data.length == 1 ? data[0] : data[index];
    }

    /**
     * The value of a tensor of one element.
     *
     * @throws IllegalStateException if there are more or fewer
     */
    public double value() {
        if (size() != 1) {
            throw new IllegalStateException("a tensor of shape " + shape + " is not a single number");
        }
        return data[0];
    }

    /** The elements, row-major: a fresh array. */
    public double[] toArray() {
        double[] copy = new double[size()];
        copyTo(copy, 0);
        return copy;
    }

    /** Writes the elements, row-major, to {@code target} from {@code offset} on. */
    public void copyTo(double[] target, int offset) {
        if (data.length == 1) {
            Arrays.fill(target, offset, offset + size(), data[0]);
        } else {
            System.arraycopy(data, 0, target, offset, data.length);
        }
    }

    /** The same elements in another shape of the same size. */
    public Tensor reshape(Shape other) {
        if (other.size() != size()) {
            throw new IllegalArgumentException("cannot reshape " + shape + " into " + other + ": the sizes differ");
        }
        return new Tensor(other, data);
    }

    /** Slice {@code index} along the first axis. */
    public Tensor slice(int index) {
        Shape rest = shape.without(0);
        return data.length == 1 ? uniform(data[0], rest)
                : new Tensor(rest, Arrays.copyOfRange(data, index * rest.size(), (index + 1) * rest.size()));
    }

    /** The elements for a kernel to read: {@code size()} of them from index 0. Must not be written to. */
    public double[] elements() {
        return data.length == size() ? data : toArray();
    }

    /** Same shape and the same doubles, bit for bit except that all NaN are one ({@link Double#equals}). */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Tensor that) || !shape.equals(that.shape)) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            if (Double.doubleToLongBits(at(i)) != Double.doubleToLongBits(that.at(i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = shape.hashCode();
        for (int i = 0; i < size(); i++) {
            hash = 31 * hash + Double.hashCode(at(i));
        }
        return hash;
    }

    /** Nested brackets, elided after the first elements of a long tensor. */
    @Override
    public String toString() {
        return shape.isScalar() ? Double.toString(data[0])
                : "tensor" + shape + Arrays.toString(Arrays.copyOf(toArray(), Math.min(size(), 8)));
    }
}
