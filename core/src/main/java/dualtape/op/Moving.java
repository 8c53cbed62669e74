package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.List;

/** A linear operation of one operand whose application is its own differential; {@link #transposed} is its transpose. */
interface Moving extends Op, Rule.Linear {
    Shape shape(Shape x);

    /** The transpose applied to an adjoint, for an operand of shape {@code x}. */
    <V> V transposed(Algebra<V> a, Shape x, V by);

    @Override
    default List<Shape> shapes(List<Shape> operands) {
        if (operands.size() != 1) {
            throw new ShapeException(symbol() + " takes 1 operand, got " + operands.size());
        }
        return List.of(shape(operands.get(0)));
    }

    @Override
    default Rule rule(int operand) {
        return this;
    }

    @Override
    default <V> V push(Algebra<V> a, List<V> x, V dx) {
        return of(a, dx);
    }

    @Override
    default <V> V pull(Algebra<V> a, List<V> x, V by) {
        return transposed(a, a.shape(x.get(0)), by);
    }
}
