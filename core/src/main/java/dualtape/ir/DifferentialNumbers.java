package dualtape.ir;

import java.util.List;

/**
 * A kind of number that carries derivatives along with a value, and therefore applies operations itself: a definition says
 * all about the value, but where the operation has no derivative, only its rules say what to take for one. An operand
 * declared to have none ({@link Rule#NONE}: a condition, what stands behind detach) is a constant; at a kink the slopes of the
 * rules hold. {@link NumbersAlgebra} asks it.
 *
 * @param <N> the values of this kind; immutable
 */
public interface DifferentialNumbers<N> extends Numbers<N> {
    /** The results of an operation, by its definition and, where that is not enough, by its rules. */
    List<Array<N>> apply(Op op, List<Array<N>> operands);
}
