package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.ArrayList;
import java.util.List;

/**
 * The operands of an elementwise operation in one shape, by explicit operations. Shapes are aligned at their last axes,
 * as NumPy does it; an axis that is missing, or has the extent 1, is repeated.
 */
public final class Broadcasting {
    private Broadcasting() {}

    /**
     * The operands in one shape.
     *
     * @throws ShapeException if two operands differ in an extent that is 1 in neither
     */
    public static <V> List<V> align(Algebra<V> a, String symbol, List<V> operands) {
        if (alike(a, operands)) {
            return operands;
        }
        Shape all = Shape.SCALAR;
        for (V operand : operands) {
            Shape shape = a.shape(operand);
            Shape common = common(all, shape);
            if (common == null) {
                throw new ShapeException(symbol + " works element by element: the shapes " + all + " and " + shape
                        + " do not fit; aligned at the last axis, extents must be equal, or one of them 1");
            }
            all = common;
        }
        List<V> aligned = new ArrayList<>(operands.size());
        for (V operand : operands) {
            aligned.add(to(a, operand, all));
        }
        return aligned;
    }

    private static <V> boolean alike(Algebra<V> a, List<V> operands) {
        for (int i = 1; i < operands.size(); i++) {
            if (!a.shape(operands.get(i)).equals(a.shape(operands.get(0)))) {
                return false;
            }
        }
        return true;
    }

    /** The shape to which both can be repeated, or null. */
    private static Shape common(Shape x, Shape y) {
        if (x.isScalar() || y.isScalar()) {
            return x.isScalar() ? y : x;
        }
        int[] extents = new int[Math.max(x.rank(), y.rank())];
        for (int back = 1; back <= extents.length; back++) {
            int own = back <= x.rank() ? x.extent(-back) : 1;
            int other = back <= y.rank() ? y.extent(-back) : 1;
            if (own != other && own != 1 && other != 1) {
                return null;
            }
            extents[extents.length - back] = own == 1 ? other : own;
        }
        return Shape.of(extents);
    }

    /**
     * x repeated to a shape; itself if it has that shape already.
     *
     * @throws ShapeException if it has more axes, or an extent that is neither 1 nor that of the shape
     */
    public static <V> V to(Algebra<V> a, V x, Shape shape) {
        Shape from = a.shape(x);
        if (from.equals(shape)) {
            return x;
        }
        if (from.isScalar()) {
            return new Structure.Broadcast(shape).of(a, x);
        } else if (!shape.equals(common(from, shape))) {
            throw new ShapeException("broadcast: the shape " + from + " does not fit into " + shape
                    + "; aligned at the last axis, its extents must be equal or 1");
        }
        List<Integer> repeated = new ArrayList<>();
        Shape kept = shape;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            int own = axis - shape.rank() + from.rank();
            if (own < 0 || from.extent(own) != shape.extent(axis)) {
                repeated.add(0, axis);
                kept = kept.without(axis);
            }
        }
        if (kept.isScalar()) {
            return new Structure.Broadcast(shape).of(a, Structure.reshape(a, x, kept));
        }
        V result = Structure.reshape(a, x, kept);
        for (int axis : repeated) {
            result = new Structure.Spread(axis, shape.extent(axis)).of(a, result);
        }
        return result;
    }
}
