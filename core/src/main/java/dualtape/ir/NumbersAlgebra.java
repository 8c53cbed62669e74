package dualtape.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * The algebra that a kind of number induces: each operation by its definition, or as a kind that carries derivatives
 * applies it ({@link DifferentialNumbers}). What witnesses evaluate in.
 *
 * @param <N> the kind of number
 */
public final class NumbersAlgebra<N> implements Algebra<Array<N>> {
    private final Numbers<N> numbers;
    private final Conventions conventions;

    /** Over this kind of number. */
    public NumbersAlgebra(Numbers<N> numbers) {
        this(numbers, Conventions.MINNORM);
    }

    /** Over this kind of number, for derivatives by these conventions. */
    public NumbersAlgebra(Numbers<N> numbers, Conventions conventions) {
        this.numbers = numbers;
        this.conventions = conventions;
    }

    @Override
    public Conventions conventions() {
        return conventions;
    }

    @Override
    public Shape shape(Array<N> value) {
        return value.shape();
    }

    @Override
    public Array<N> constant(Tensor tensor) {
        return Array.of(numbers, tensor);
    }

    @Override
    public List<Array<N>> apply(Op op, List<Array<N>> operands) {
        return numbers instanceof DifferentialNumbers<N> differential
                ? differential.apply(op, operands)
                : define(numbers, op, operands);
    }

    /** The results of an operation by its definition and nothing else. */
    public static <N> List<Array<N>> define(Numbers<N> numbers, Op op, List<Array<N>> operands) {
        List<Array<N>> results = new ArrayList<>();
        for (Shape shape : op.shapes(operands.stream().map(Array::shape).toList())) {
            results.add(new Array<>(shape));
        }
        op.value(numbers, operands, results);
        return results;
    }
}
