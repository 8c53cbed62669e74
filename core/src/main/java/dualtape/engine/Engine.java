package dualtape.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A way to differentiate. Stateless; found by {@link Engines}. */
public interface Engine {
    /** The name, as in {@code forward}. */
    String name();

    /** One line: how it works. */
    String summary();

    /** Where it stands in lists and tables; smaller comes first. */
    int rank();

    /**
     * Whether its derivatives are exact up to rounding, so that it is judged by a tolerance; an engine that is not
     * states its own error with {@link #error}.
     */
    default boolean exact() {
        return true;
    }

    /**
     * Derives and lowers: makes ready to run.
     *
     * @param wrt the inputs by which to differentiate, in the order wanted
     * @param operator {@link Operator#GRADIENT} or {@link Operator#JACOBIAN}
     * @throws InputException if a name is unknown, or if a gradient is asked of a result that is not a scalar
     */
    Prepared prepare(Traced traced, List<String> wrt, Operator operator);

    /** An estimate of the error of each element of the last derivative of {@code prepared}, or null for an exact engine. */
    default double[] error(Prepared prepared) {
        return null;
    }

    /** The gradient by all inputs, prepared for this one call. */
    default Values gradient(Source f, Point at) {
        return gradient(f, at, List.copyOf(at.names()));
    }

    /** The gradient by some inputs, prepared for this one call. */
    default Values gradient(Source f, Point at, List<String> wrt) {
        return evaluate(f.trace(at), at, wrt, Operator.GRADIENT);
    }

    /** The Jacobian by some inputs, prepared for this one call. */
    default Values jacobian(Source f, Point at, List<String> wrt) {
        return evaluate(f.trace(at), at, wrt, Operator.JACOBIAN);
    }

    /** Prepares, runs once, and names the parts. */
    default Values evaluate(Traced traced, Point at, List<String> wrt, Operator operator) {
        return evaluate(prepare(traced, wrt, operator), at);
    }

    /** Runs a prepared derivative once and names the parts. */
    static Values evaluate(Prepared prepared, Point at) {
        int m = prepared.rows();
        int n = prepared.derivatives().size();
        double[] value = new double[m];
        double[] flat = new double[Math.multiplyExact(m, n)];
        prepared.run(prepared.inputs().flatten(at), value, flat);
        Map<String, dualtape.ir.Tensor> parts = new LinkedHashMap<>();
        if (prepared.resultShape().isScalar()) {
            parts.putAll(prepared.derivatives().tensors(flat));
        } else {
            for (int i = 0; i < prepared.derivatives().names().size(); i++) {
                parts.put(prepared.derivatives().names().get(i), columns(prepared.derivatives(), i, flat, m));
            }
        }
        return new Values(dualtape.ir.Tensor.wrap(prepared.resultShape(), value), parts, prepared.cost());
    }

    private static dualtape.ir.Tensor columns(Layout layout, int i, double[] flat, int rows) {
        int width = layout.shape(i).size();
        double[] block = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(flat, row * layout.size() + layout.offset(i), block, row * width, width);
        }
        return dualtape.ir.Tensor.wrap(dualtape.ir.Shape.of(rows, width), block);
    }
}
