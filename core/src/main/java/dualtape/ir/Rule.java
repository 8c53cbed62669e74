package dualtape.ir;

import java.util.List;

/**
 * How the result of an operation depends on one of its operands to first order. Both modes are readings of the same
 * rule: forward pushes a tangent through it, reverse pulls an adjoint back.
 */
public sealed interface Rule {

    /** The unit slope: tangents and adjoints pass unchanged, without a multiplication (as for +). */
    Rule ONE = Plain.ONE;

    /** Declared to have no derivative in this operand: an index, a condition, what stands behind detach. */
    Rule NONE = Plain.NONE;

    /** The two rules that need no formula. */
    enum Plain implements Rule {
        /** See {@link Rule#ONE}. */
        ONE,
        /** See {@link Rule#NONE}. */
        NONE
    }

    /**
     * A tangent of one operand pushed through its rule: by the product of the chain rule where that is a slope.
     *
     * @param x the operands
     * @param y the result
     * @return its part of the result's tangent; null where there is no derivative
     */
    default <V> V pushed(Algebra<V> a, List<V> x, V y, V dx) {
        if (this instanceof Slope slope) {
            return a.scale(slope.slope(a, x, y), dx);
        } else if (this instanceof Linear linear) {
            return linear.push(a, x, dx);
        }
        return this == ONE ? dx : null;
    }

    /** A pointwise partial derivative ∂y/∂x_i, of the result's shape. */
    non-sealed interface Slope extends Rule {
        /**
         * The slope.
         *
         * @param x the operands
         * @param y the result, handed in because many slopes are shortest in terms of it (exp′ is y, tanh′ is 1 − y²)
         */
        <V> V slope(Algebra<V> a, List<V> x, V y);
    }

    /** A map that is linear in the operand: itself and its transpose. */
    non-sealed interface Linear extends Rule {
        /** The map applied to a tangent of the operand; of the other operands the values matter, of its own only the shape. */
        <V> V push(Algebra<V> a, List<V> x, V dx);

        /** The transpose applied to an adjoint of the result; gives the operand's shape. */
        <V> V pull(Algebra<V> a, List<V> x, V by);
    }
}
