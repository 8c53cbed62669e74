package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** Scalars among the operands of an elementwise operation become tensors of the others' shape, by an explicit operation. */
public final class Broadcasting {
    private Broadcasting() {}

    /**
     * The operands in one shape.
     *
     * @throws ShapeException if two operands that are not scalars differ in shape
     */
    public static <V> List<V> align(Algebra<V> a, String symbol, List<V> operands) {
        Shape common = Shape.SCALAR;
        for (V operand : operands) {
            Shape shape = a.shape(operand);
            if (!shape.isScalar()) {
                if (!common.isScalar() && !common.equals(shape)) {
                    throw new ShapeException(
                            symbol + " works element by element: the shapes " + common + " and " + shape
                                    + " differ, and neither is a scalar");
                }
                common = shape;
            }
        }
        List<V> aligned = new ArrayList<>(operands.size());
        for (V operand : operands) {
            aligned.add(to(a, operand, common));
        }
        return aligned;
    }

    /** A scalar repeated to a shape; itself if it has that shape already. */
    public static <V> V to(Algebra<V> a, V operand, Shape shape) {
        return a.shape(operand).equals(shape) ? operand : new Structure.Broadcast(shape).of(a, operand);
    }
}
