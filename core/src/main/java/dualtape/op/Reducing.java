package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.List;

/**
 * An operation that reduces a tensor, whole or along one axis, and whose differential is a weighted sum: dy = Σ wₖ dxₖ.
 * The weights are its derivative rule, in both modes.
 */
interface Reducing extends Op, Rule.Linear {
    /** The axis, or {@link Axis#ALL}. */
    int axis();

    /** ∂y/∂x, of the shape of x. */
    <V> V weights(Algebra<V> a, V x);

    @Override
    default List<Shape> shapes(List<Shape> operands) {
        return List.of(reduced(symbol(), operands, axis()));
    }

    @Override
    default Rule rule(int operand) {
        return this;
    }

    @Override
    default <V> V push(Algebra<V> a, List<V> x, V dx) {
        return Reduction.sum(a, a.scale(weights(a, x.get(0)), dx), axis());
    }

    @Override
    default <V> V pull(Algebra<V> a, List<V> x, V by) {
        V weights = weights(a, x.get(0));
        return a.scale(weights, Reduction.spread(a, by, axis(), a.shape(weights)));
    }

    /** The shape of a reduction of one operand. */
    static Shape reduced(String symbol, List<Shape> operands, int axis) {
        if (operands.size() != 1) {
            throw new ShapeException(symbol + " reduces 1 operand, got " + operands.size());
        }
        Shape shape = operands.get(0);
        return Axis.reduced(shape, axis == Axis.ALL ? axis : Axis.checked(symbol, axis, shape));
    }

    /** How a call with an optional axis is written. */
    static dualtape.ir.Notation notation(String name, int axis) {
        return axis == Axis.ALL
                ? dualtape.ir.Notation.call(name)
                : dualtape.ir.Notation.call(name, "axis=" + axis);
    }
}
