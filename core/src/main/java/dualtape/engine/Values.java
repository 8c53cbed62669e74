package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A value and derivatives by name, as an engine gives them.
 *
 * @param value the function's value
 * @param derivatives by input name: gradients, adjoints and Hessian-vector products in the input's shape, Jacobians as
 *     matrices of m rows, Hessians as the matrix of this input's rows by all columns; empty for a JVP. Not modifiable.
 * @param tangent the result's tangent, of its shape; null unless a JVP was asked for
 * @param columns how the columns of a Jacobian or Hessian lie
 * @param counted what it cost, counted when it is asked for
 * @param engine the name of the engine that gave it
 */
public record Values(Tensor value, Map<String, Tensor> derivatives, Tensor tangent, Layout columns,
        Supplier<Cost> counted, String engine) {
    /** Keeps the order of the names. */
    public Values {
        derivatives = Collections.unmodifiableMap(new LinkedHashMap<>(derivatives));
    }

    /** What it cost. */
    public Cost cost() {
        return counted.get();
    }

    static Values of(Prepared prepared, double[] value, double[] derivative) {
        Layout layout = prepared.derivatives();
        Tensor result = Tensor.wrap(prepared.resultShape(), value);
        Map<String, Tensor> parts = new LinkedHashMap<>();
        Tensor tangent = null;
        switch (prepared.operator()) {
            case GRADIENT, VJP, HVP -> parts.putAll(layout.tensors(derivative));
            case JVP -> tangent = Tensor.wrap(prepared.resultShape(), derivative);
            case JACOBIAN -> {
                for (int i = 0; i < layout.names().size(); i++) {
                    parts.put(layout.names().get(i), block(derivative, 0, value.length, layout, i));
                }
            }
            case HESSIAN -> {
                for (int i = 0; i < layout.names().size(); i++) {
                    int rows = layout.shape(i).size();
                    double[] block = new double[rows * layout.size()];
                    System.arraycopy(derivative, layout.offset(i) * layout.size(), block, 0, block.length);
                    parts.put(layout.names().get(i), Tensor.wrap(Shape.of(rows, layout.size()), block));
                }
            }
            default -> throw new IllegalStateException(prepared.operator().label());
        }
        return new Values(result, parts, tangent, layout, prepared::cost, prepared.engine());
    }

    /** The columns of input i out of some rows of a matrix. */
    private static Tensor block(double[] matrix, int from, int rows, Layout layout, int i) {
        int width = layout.shape(i).size();
        double[] block = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(matrix, (from + row) * layout.size() + layout.offset(i), block, row * width, width);
        }
        return Tensor.wrap(Shape.of(rows, width), block);
    }

    /**
     * The derivative by one input.
     *
     * @throws InputException if it was not asked for, naming those that were
     */
    public Tensor get(String name) {
        Tensor derivative = derivatives.get(name);
        if (derivative == null) {
            throw new InputException(
                    "no derivative by \"" + name + "\" was computed; there are " + derivatives.keySet());
        }
        return derivative;
    }

    /** The block of a Hessian in the rows of one input and the columns of another. */
    public Tensor block(String row, String column) {
        Tensor rows = get(row);
        get(column);
        return block(rows.toArray(), 0, rows.shape().extent(0), columns, columns.names().indexOf(column));
    }
}
