package dualtape.workload;

import dualtape.engine.InputException;
import dualtape.ir.Numerals;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A part of an input with its place, asked for as what it has to be. What it is not, it says with its name: {@code input.mu has
 * the shape [3, 2], expected [3, 4]}.
 *
 * <p>Values are {@link Number}s, {@link Tensor}s (lists of numbers, nested, all rows as long), {@link Map}s by name,
 * {@link List}s of anything else, texts, {@link Boolean}s.
 */
public final class Datum {
    private final String path;
    private final Object value;

    private Datum(String path, Object value) {
        this.path = path;
        this.value = value;
    }

    /** A value and how it is called in messages. */
    public static Datum of(String path, Object value) {
        return new Datum(path, value);
    }

    /** How it is called in messages, as in {@code input.mu}. */
    public String path() {
        return path;
    }

    /**
     * A field.
     *
     * @throws InputException if there is none, or if this is no object
     */
    public Datum at(String field) {
        Datum found = optional(field);
        if (found == null) {
            throw new InputException(path + " has no field \"" + field + "\"; it has " + ((Map<?, ?>) value).keySet());
        }
        return found;
    }

    /** A field, or null if there is none. */
    public Datum optional(String field) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw expected("an object with a field \"" + field + "\"");
        }
        return fields.containsKey(field) ? new Datum(path + "." + field, fields.get(field)) : null;
    }

    /** Whether it has fields. */
    public boolean isObject() {
        return value instanceof Map;
    }

    /** Whether it is an empty list. */
    public boolean isEmpty() {
        return value instanceof Tensor tensor && tensor.size() == 0 || value instanceof List<?> list && list.isEmpty();
    }

    /** A finite number. */
    public double number() {
        if (!(value instanceof Number number)) {
            throw expected("a number");
        }
        return finite(number.doubleValue(), path);
    }

    /** A whole number, {@code least} at the least. */
    public int whole(int least) {
        double number = number();
        if (number != Math.rint(number) || number < least || number > Integer.MAX_VALUE) {
            throw expected("a whole number, " + least + " or more");
        }
        return (int) number;
    }

    /** True or false. */
    public boolean flag() {
        if (!(value instanceof Boolean flag)) {
            throw expected("true or false");
        }
        return flag;
    }

    /** A vector of finite numbers, one at least. */
    public Tensor vector() {
        Tensor vector = tensor(-1);
        if (vector.size() == 0) {
            throw new InputException(path + " is empty, expected one number at least");
        }
        return vector;
    }

    /** A tensor of finite numbers with these extents; −1 stands for any. Nothing at all, {@code []}, fits where one is 0. */
    public Tensor tensor(int... extents) {
        if (value instanceof Tensor tensor) {
            int[] own = tensor.shape().extents();
            boolean fits = own.length == extents.length;
            for (int axis = 0; fits && axis < own.length; axis++) {
                fits = extents[axis] < 0 || own[axis] == extents[axis];
            }
            if (fits) {
                finite(tensor);
                return tensor;
            }
            int[] least = Arrays.stream(extents).map(extent -> Math.max(0, extent)).toArray();
            if (tensor.size() == 0 && Arrays.stream(extents).anyMatch(extent -> extent <= 0)) {
                return Tensor.wrap(Shape.of(least), new double[Shape.of(least).size()]);
            }
        }
        throw expected("numbers of the shape " + Arrays.toString(extents).replace("-1", "any"));
    }

    /** {@link #tensor} of whole numbers from {@code from} up to, not including, {@code bound}. */
    public Tensor indices(int from, int bound, int... extents) {
        Tensor tensor = tensor(extents);
        for (int i = 0; i < tensor.size(); i++) {
            double index = tensor.at(i);
            if (index != Math.rint(index) || index < from || index >= bound) {
                throw new InputException(place(tensor.shape(), i) + " is " + Numerals.text(index)
                        + ", expected a whole number from " + from + " to " + (bound - 1));
            }
        }
        return tensor;
    }

    private void finite(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.at(i))) {
                finite(tensor.at(i), place(tensor.shape(), i));
            }
        }
    }

    private static double finite(double x, String where) {
        if (!Double.isFinite(x)) {
            throw new InputException(where + " is " + x + "; every number must be finite");
        }
        return x;
    }

    /** An element's name, as in {@code input.mu[3][1]}. */
    private String place(Shape shape, int index) {
        return place(path, shape, index);
    }

    /** The name of the element of a tensor at a flat index, as in {@code input.mu[3][1]}. */
    public static String place(String path, Shape shape, int index) {
        StringBuilder text = new StringBuilder(path);
        int rest = index;
        for (int axis = 0; axis < shape.rank(); axis++) {
            text.append('[').append(rest / shape.stride(axis)).append(']');
            rest %= shape.stride(axis);
        }
        return text.toString();
    }

    private InputException expected(String what) {
        String given = value instanceof Tensor tensor
                ? tensor.shape().isScalar() ? "is a number" : "has the shape " + tensor.shape()
                : value instanceof Number number ? "is " + Numerals.text(number.doubleValue())
                : value instanceof Map ? "is an object"
                : value instanceof List ? "is a list that is no tensor of numbers (rows of different lengths, or "
                        + "something else in it)"
                : value instanceof String ? "is a text" : "is " + value;
        return new InputException(path + " " + given + ", expected " + what);
    }
}
