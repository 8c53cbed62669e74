package dualtape.autograd;

import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.List;

/** The operations that are written as methods of a variable. All of the catalogue is in {@link Functions}. */
abstract sealed class VariableOperations permits Variable {
    private static final Operation PLUS = Operations.find("+");
    private static final Operation MINUS = Operations.find("-");
    private static final Operation TIMES = Operations.find("*");
    private static final Operation OVER = Operations.find("/");
    private static final Operation POWER = Operations.find("^");
    private static final Operation LESS = Operations.find("<");
    private static final Operation GREATER = Operations.find(">");

    abstract Variable self();

    private static Variable infix(Operation sign, Variable x, Variable y) {
        return sign.call(Eager.INSTANCE, List.of(x, y));
    }

    /** this + y; a scalar goes with every element. */
    public Variable plus(Variable y) {
        return infix(PLUS, self(), y);
    }

    /** this + y. */
    public Variable plus(double y) {
        return plus(Variable.of(y));
    }

    /** this − y. */
    public Variable minus(Variable y) {
        return infix(MINUS, self(), y);
    }

    /** this − y. */
    public Variable minus(double y) {
        return minus(Variable.of(y));
    }

    /** this · y, element by element. */
    public Variable times(Variable y) {
        return infix(TIMES, self(), y);
    }

    /** this · y. */
    public Variable times(double y) {
        return times(Variable.of(y));
    }

    /** this / y, element by element. */
    public Variable over(Variable y) {
        return infix(OVER, self(), y);
    }

    /** this / y. */
    public Variable over(double y) {
        return over(Variable.of(y));
    }

    /** this to the y. */
    public Variable pow(double y) {
        return infix(POWER, self(), Variable.of(y));
    }

    /** −this. */
    public Variable negate() {
        return Functions.neg(self());
    }

    /** The inner product of two vectors. */
    public Variable dot(Variable y) {
        return Functions.dot(self(), y);
    }

    /** The product of matrices and vectors. */
    public Variable matmul(Variable y) {
        return Functions.matmul(self(), y);
    }

    /** The sum of all elements. */
    public Variable sum() {
        return Functions.sum(self());
    }

    /** The mean of all elements. */
    public Variable mean() {
        return Functions.mean(self());
    }

    /** The Euclidean norm of all elements. */
    public Variable norm() {
        return Functions.norm(self());
    }

    /** e to the this. */
    public Variable exp() {
        return Functions.exp(self());
    }

    /** The natural logarithm. */
    public Variable log() {
        return Functions.log(self());
    }

    /** The sine. */
    public Variable sin() {
        return Functions.sin(self());
    }

    /** The cosine. */
    public Variable cos() {
        return Functions.cos(self());
    }

    /** The hyperbolic tangent. */
    public Variable tanh() {
        return Functions.tanh(self());
    }

    /** The same elements in another shape; a scalar where none is given. */
    public Variable reshape(int... shape) {
        return Functions.reshape(self(), Keywords.list("shape", shape));
    }

    /** Rows become columns. */
    public Variable transpose() {
        return Functions.transpose(self());
    }

    /** Element i of a vector, row i of a matrix. */
    public Variable get(int i) {
        Variable slice = slice(i, i + 1);
        int[] rest = new int[slice.shape().rank() - 1];
        for (int axis = 0; axis < rest.length; axis++) {
            rest[axis] = slice.shape().extent(axis + 1);
        }
        return slice.reshape(rest);
    }

    /** The elements or rows from one index up to, not including, another. */
    public Variable slice(int from, int to) {
        return Functions.slice(self(), Keywords.of("from", from).and("to", to));
    }

    /** 1 where this &lt; y, else 0. */
    public Variable less(double y) {
        return infix(LESS, self(), Variable.of(y));
    }

    /** 1 where this &gt; y, else 0. */
    public Variable greater(double y) {
        return infix(GREATER, self(), Variable.of(y));
    }
}
