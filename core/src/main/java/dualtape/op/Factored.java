package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.Collections;
import java.util.List;

/**
 * An operation on a square matrix A that is handed the factors of A too, so that all that reads one matrix, on the way
 * there and back, factors it once. Operand 0 is A, operand 1 is {@link Lu} of A; further operands follow.
 *
 * <p>The value is computed from the factors; they stand for A, and the pair is one operand. Therefore derivatives are
 * stated by A, implicitly (A x = b gives A dx = db − dA x), and the factors have none. An adjoint so costs a substitution
 * and not a way back through the elimination.
 */
interface Factored extends Op, Whole {
    /** The result's tangent; {@code dx}: null where an operand does not vary, but not in all. */
    <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx);

    /** The operands' adjoints; null for the factors and where not wanted. */
    <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted);

    @Override
    default Rule rule(int operand) {
        throw new IllegalStateException(symbol() + " is differentiated as a whole");
    }

    @Override
    default Whole whole() {
        return this;
    }

    @Override
    default Op recording() {
        return this;
    }

    @Override
    default boolean[] active(boolean[] operands) {
        boolean any = false;
        for (int i = 0; i < operands.length; i++) {
            any |= operands[i] && i != 1;
        }
        return new boolean[] {any};
    }

    @Override
    default <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        boolean any = false;
        for (int i = 0; i < dx.size(); i++) {
            any |= dx.get(i) != null && i != 1;
        }
        V y = of(a, x);
        return new Both<>(List.of(y), Collections.singletonList(any ? tangent(a, x, y, dx) : null));
    }

    @Override
    default <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        return by.get(0) == null
                ? Collections.nCopies(wanted.length, null)
                : adjoints(a, x, y.get(0), by.get(0), wanted);
    }

    /** The factors of a matrix, as a value. */
    static Tensor factors(Tensor matrix) {
        NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
        return new Lu().of(doubles, doubles.constant(matrix)).toTensor(v -> v);
    }

    /** The number of rows of a square matrix. */
    static int square(String symbol, Shape shape) {
        if (shape.rank() != 2 || shape.extent(0) != shape.extent(1)) {
            throw new ShapeException(symbol + " takes a square matrix, got the shape " + shape
                    + (shape.isScalar() ? "; [[x]] makes a matrix of a scalar" : ""));
        }
        return shape.extent(0);
    }

    /** The number of rows of operand 0, whose factors are operand 1. */
    static int size(Op op, List<Shape> operands, int count) {
        if (operands.size() != count) {
            throw new ShapeException(op.symbol() + " takes " + count + " operands, got " + operands.size());
        }
        int n = square(op.symbol(), operands.get(0));
        if (!operands.get(1).equals(Shape.of(n + 2, n))) {
            throw new ShapeException(op.symbol() + " takes the factors of operand 0, of shape [" + (n + 2) + ", " + n
                    + "], got " + operands.get(1));
        }
        return n;
    }
}
