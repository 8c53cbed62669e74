package dualtape.op;

import dualtape.ir.Shape;
import dualtape.ir.ShapeException;

/**
 * One axis of a row-major tensor as three loops: element k of lane (o, i) stands at {@link #at}. Every reduction along an
 * axis, and the reduction of a whole tensor, is written over these.
 *
 * @param outer the number of elements before the axis
 * @param extent the extent of the axis
 * @param inner the stride of the axis
 */
record Axis(int outer, int extent, int inner) {
    /** All axes at once: the whole tensor as one lane. */
    static final int ALL = -1;

    /** This axis of a shape; {@link #ALL} for the whole tensor. */
    static Axis of(Shape shape, int axis) {
        return axis == ALL
                ? new Axis(1, shape.size(), 1)
                : new Axis(shape.outer(axis), shape.extent(axis), shape.stride(axis));
    }

    /** The position of element k of lane (o, i). */
    int at(int o, int k, int i) {
        return (o * extent + k) * inner + i;
    }

    /** The shape that is left when the axis is reduced away. */
    static Shape reduced(Shape shape, int axis) {
        return axis == ALL ? Shape.SCALAR : shape.without(axis);
    }

    /**
     * Axis number {@code axis} of a shape, counted from 0; a negative one counts from the last.
     *
     * @throws ShapeException if there is no such axis, naming the range
     */
    static int checked(String operation, int axis, Shape shape) {
        int rank = shape.rank();
        if (axis < -rank || axis >= rank) {
            throw new ShapeException(operation + ": there is no axis " + axis + " in the shape " + shape
                    + (rank == 0
                            ? ", a scalar; leave axis out"
                            : "; axis is one of 0 to " + (rank - 1) + ", or -1 to " + -rank
                                    + " counted from the last"));
        }
        return axis < 0 ? axis + rank : axis;
    }

    /** The first element of the first lane of a tensor that fulfils a condition on its elements; −1 if none does. */
    static int firstLane(dualtape.ir.Tensor x, int axis, java.util.function.Predicate<double[]> condition) {
        Axis lanes = of(x.shape(), axis);
        double[] lane = new double[lanes.extent()];
        for (int o = 0; o < lanes.outer() && lane.length > 0; o++) {
            for (int i = 0; i < lanes.inner(); i++) {
                for (int k = 0; k < lane.length; k++) {
                    lane[k] = x.at(lanes.at(o, k, i));
                }
                if (condition.test(lane)) {
                    return lanes.at(o, 0, i);
                }
            }
        }
        return -1;
    }

    /** The attribute {@code axis}, or {@link #ALL} where it was not given. */
    static int given(String operation, Attributes attributes, Shape shape) {
        return attributes.has("axis") ? checked(operation, attributes.integer("axis"), shape) : ALL;
    }
}
