package dualtape.ir;

import java.util.List;

/**
 * An operation: a table entry together with its immutable attributes (axis, exponent, range, body graph). The instance
 * <em>is</em> its attribute record: two operations that are equal compute the same function, which is what sharing of
 * common subexpressions relies on.
 *
 * <p>An operation states its value once, over any kind of number, and a rule for each operand once. Forward and reverse
 * accumulation of every order, in every backend, read those.
 */
public interface Op {

    /** The name in the text language, in listings and in messages; for infix operations the sign, as in {@code +}. */
    String symbol();

    /**
     * The shapes of the results for operands of these shapes.
     *
     * @throws ShapeException if the operands do not fit: given, expected, the mend
     */
    List<Shape> shapes(List<Shape> operands);

    /**
     * The definition, over any kind of number. Reads {@code x}, writes every element of {@code y}, which has the
     * shapes that {@link #shapes} gave. Never branches with a host {@code if} on a value.
     */
    <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y);

    /** How the result depends on operand {@code operand} to first order. Not asked when {@link #whole} is not null. */
    Rule rule(int operand);

    /**
     * Which results vary when these operands do. By default every result does as soon as one operand with a derivative
     * varies.
     */
    default boolean[] active(boolean[] operands) {
        boolean any = false;
        for (int i = 0; i < operands.length; i++) {
            any |= operands[i] && (whole() != null || rule(i) != Rule.NONE);
        }
        boolean[] results = new boolean[results()];
        java.util.Arrays.fill(results, any);
        return results;
    }

    /**
     * Whether the results stand for the operand wherever they are read, though by the rules they have no derivative: the factors
     * of a matrix. Kinds of number that carry derivatives take them by their definition.
     */
    default boolean factors() {
        return false;
    }

    /** The number of results. */
    default int results() {
        return 1;
    }

    /** How an application is written. By default as a call of {@link #symbol}. */
    default Notation notation() {
        return Notation.call(symbol());
    }

    /** Pushforward and pullback written out, instead of rules per operand; null for all but a few operations. */
    default Whole whole() {
        return null;
    }

    /** A fast form over doubles for operands of these shapes, or null where the definition has to serve. */
    default Kernel kernel(List<Shape> operands) {
        return null;
    }

    /**
     * Where the result begins among the elements of operand 0, if it is a run of these, unchanged; else −1. Such a result
     * needs no memory of its own.
     */
    default int view(List<Shape> operands) {
        return -1;
    }

    /** Its kinks, ties, poles and ends of domain, with the conventions used there. */
    default List<Edge> edges() {
        return List.of();
    }

    /**
     * The number of elementary operations that one application costs: what {@code Cost} adds up. By default one for
     * each element of each result.
     */
    default long work(List<Shape> operands) {
        long work = 0;
        for (Shape shape : shapes(operands)) {
            work += shape.size();
        }
        return work;
    }

    /** The single result of this operation on these operands in an algebra. */
    default <V> V of(Algebra<V> a, List<V> operands) {
        return a.single(this, operands);
    }

    /** {@link #of(Algebra, List)} of one operand. */
    default <V> V of(Algebra<V> a, V x) {
        return of(a, List.of(x));
    }

    /** {@link #of(Algebra, List)} of two operands. */
    default <V> V of(Algebra<V> a, V x, V y) {
        return of(a, List.of(x, y));
    }

    /** {@link #of(Algebra, List)} of three operands. */
    default <V> V of(Algebra<V> a, V x, V y, V z) {
        return of(a, List.of(x, y, z));
    }
}
