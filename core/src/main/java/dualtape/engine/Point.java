package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a function is evaluated: a value for each input, by name, in order. Immutable. */
public final class Point {
    private final Map<String, Tensor> values;

    private Point(Map<String, Tensor> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** These values. */
    public static Point of(Map<String, Tensor> values) {
        return new Point(values);
    }

    /**
     * Names and values in turn; a value is a number, a {@code double[]}, a {@code double[][]} or a {@link Tensor}.
     *
     * @throws IllegalArgumentException if they are not names and values in turn
     */
    public static Point of(Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "a point is made of names and values in turn; got " + namesAndValues.length
                            + " arguments");
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException(
                        "argument " + i + " of a point must be a name, got " + namesAndValues[i]);
            }
            values.put(name, tensor(name, namesAndValues[i + 1]));
        }
        return new Point(values);
    }

    private static Tensor tensor(String name, Object value) {
        if (value instanceof Tensor tensor) {
            return tensor;
        } else if (value instanceof Number number) {
            return Tensor.scalar(number.doubleValue());
        } else if (value instanceof double[] vector) {
            return Tensor.vector(vector);
        } else if (value instanceof double[][] matrix) {
            return Tensor.matrix(matrix);
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" must be a number, a double[], a double[][] or a Tensor, got "
                        + (value == null ? "null" : value.getClass().getName()));
    }

    /** The names, in order. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Whether there is a value of this name. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * The value of an input.
     *
     * @throws InputException if there is none, naming those there are
     */
    public Tensor get(String name) {
        Tensor value = values.get(name);
        if (value == null) {
            throw new InputException("input \"" + name + "\" has no value; "
                    + (values.isEmpty() ? "no values were given" : "values were given for " + names()));
        }
        return value;
    }

    /** All values by name; not modifiable. */
    public Map<String, Tensor> values() {
        return values;
    }

    /** The same point with one value changed or added. */
    public Point with(String name, Tensor value) {
        Map<String, Tensor> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Point(changed);
    }

    /** The shapes by name: what a prepared derivative is keyed by. */
    public Map<String, Shape> shapes() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        values.forEach((name, value) -> shapes.put(name, value.shape()));
        return shapes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Point that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
