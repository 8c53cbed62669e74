package dualtape.ir;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;

/**
 * A tensor whose elements are numbers of any kind: what definitions read and write. Row-major, mutable, boxed: made
 * for witnesses, not for speed.
 *
 * @param <N> the kind of number
 */
public final class Array<N> {
    private final Shape shape;
    private final Object[] elements;

    /** An array of this shape whose elements are still to be set. */
    public Array(Shape shape) {
        this.shape = Objects.requireNonNull(shape);
        this.elements = new Object[shape.size()];
    }

    /** An array of this shape filled with one element. */
    public static <N> Array<N> filled(Shape shape, N element) {
        Array<N> array = new Array<>(shape);
        Arrays.fill(array.elements, element);
        return array;
    }

    /** The tensor's elements as numbers of the given kind. */
    public static <N> Array<N> of(Numbers<N> numbers, Tensor tensor) {
        Array<N> array = new Array<>(tensor.shape());
        for (int i = 0; i < array.elements.length; i++) {
            array.elements[i] = numbers.of(tensor.at(i));
        }
        return array;
    }

    /** The shape. */
    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int size() {
        return elements.length;
    }

    /** The element at a flat, row-major index. */
    @SuppressWarnings("unchecked")
    public N get(int index) {
        return (N) elements[index];
    }

    /** Sets the element at a flat, row-major index. */
    public void set(int index, N element) {
        elements[index] = element;
    }

    /** A tensor of the elements, each turned into a double. */
    public Tensor toTensor(Function<? super N, Double> toDouble) {
        double[] data = new double[elements.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = toDouble.apply(get(i));
        }
        return Tensor.of(shape, data);
    }
}
