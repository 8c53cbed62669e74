package dualtape.engine;

import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How named tensors lie one after the other in a flat {@code double[]}. Immutable. */
public final class Layout {
    private final List<String> names;
    private final List<Shape> shapes;
    private final int[] offsets;

    /** These names with these shapes, in order. */
    public Layout(Map<String, Shape> shapes) {
        this.names = List.copyOf(shapes.keySet());
        this.shapes = List.copyOf(shapes.values());
        this.offsets = new int[names.size() + 1];
        for (int i = 0; i < names.size(); i++) {
            offsets[i + 1] = Math.addExact(offsets[i], this.shapes.get(i).size());
        }
    }

    /** The layout of some inputs, in their order. */
    public static Layout of(List<Node.Input> inputs) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        inputs.forEach(input -> shapes.put(input.name(), input.shape()));
        return new Layout(shapes);
    }

    /** The names, in order. */
    public List<String> names() {
        return names;
    }

    /** The number of doubles in all. */
    public int size() {
        return offsets[names.size()];
    }

    /** The shape of the i-th tensor. */
    public Shape shape(int i) {
        return shapes.get(i);
    }

    /** Where the i-th tensor begins. */
    public int offset(int i) {
        return offsets[i];
    }

    /** Which tensor lies at a flat index. */
    public int part(int index) {
        int i = Arrays.binarySearch(offsets, index);
        i = i >= 0 ? i : -i - 2;
        while (shapes.get(i).size() == 0) {
            i++;
        }
        return i;
    }

    /** What lies at a flat index: the name, and the element's indices unless it is a scalar, as in {@code w[3]}. */
    public String describe(int index) {
        int i = part(index);
        Shape shape = shapes.get(i);
        if (shape.isScalar()) {
            return names.get(i);
        }
        int rest = index - offsets[i];
        StringBuilder text = new StringBuilder();
        for (int axis = 0; axis < shape.rank(); axis++) {
            text.append(axis == 0 ? "" : ", ").append(rest / shape.stride(axis));
            rest %= shape.stride(axis);
        }
        return names.get(i) + "[" + text + "]";
    }

    /**
     * The point's values one after the other.
     *
     * @throws InputException if one is missing or of another shape
     */
    public double[] flatten(Point point) {
        double[] flat = new double[size()];
        for (int i = 0; i < names.size(); i++) {
            Tensor value = point.get(names.get(i));
            if (!value.shape().equals(shapes.get(i))) {
                throw new InputException(
                        "\"" + names.get(i) + "\" has shape " + value.shape() + ", prepared for " + shapes.get(i)
                                + "; prepare again for new shapes");
            }
            value.copyTo(flat, offsets[i]);
        }
        return flat;
    }

    /** The tensors in a flat array, by name; copies. */
    public Map<String, Tensor> tensors(double[] flat) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            tensors.put(names.get(i), Tensor.wrap(shapes.get(i), Arrays.copyOfRange(flat, offsets[i], offsets[i + 1])));
        }
        return tensors;
    }
}
