package dualtape.ir;

import java.util.List;

/**
 * What operations mean for values of type V: tensors, nodes of a graph, duals, taped values, arrays of any kind of
 * number. Evaluating a graph in an algebra gives its value, the graph again, forward accumulation, reverse
 * accumulation, a witness. Algebras of derivatives are made from another algebra, so they nest.
 *
 * @param <V> the values
 */
public interface Algebra<V> {
    /** The shape of a value. */
    Shape shape(V value);

    /** A constant. */
    V constant(Tensor tensor);

    /** The results of an operation, one or several. */
    List<V> apply(Op op, List<V> operands);

    /** The first result of an operation, which is the only one of most. */
    default V single(Op op, List<V> operands) {
        return apply(op, operands).get(0);
    }

    /** What rules use at edges. */
    default Conventions conventions() {
        return Conventions.MINNORM;
    }

    /** A constant of this shape whose elements all are {@code c}. */
    default V fill(double c, Shape shape) {
        return constant(Tensor.uniform(c, shape));
    }

    /** A scalar constant. */
    default V scalar(double c) {
        return fill(c, Shape.SCALAR);
    }

    /** The sum of the chain rule: of tangents over operands, of adjoints over uses. Equal shapes. */
    default V add(V x, V y) {
        return ChainRule.ADD.of(this, x, y);
    }

    /**
     * The product of the chain rule: {@link ChainRule#SCALE}, or {@link ChainRule#PLAIN} in a profile without structural
     * zeros. Equal shapes.
     */
    default V scale(V slope, V tangent) {
        return (conventions().structuralZeros() ? ChainRule.SCALE : ChainRule.PLAIN).of(this, slope, tangent);
    }
}
