package dualtape.autograd;

/** The operations that move elements about, about; {@link Functions} has them all. */
abstract class ShapingFunctions extends ReducingFunctions {
    /** The mean of (x - y)^2. */
    public static Variable mse(Variable x, Variable y) {
        return call("mse", Keywords.NONE, x, y);
    }

    /** -log softmax(x) of the target class or of probabilities, mean over rows. */
    public static Variable crossEntropy(Variable x, Variable target) {
        return call("cross_entropy", Keywords.NONE, x, target);
    }

    /** Σ x y of two vectors. */
    public static Variable dot(Variable x, Variable y) {
        return call("dot", Keywords.NONE, x, y);
    }

    /** The product of matrices and vectors, the same as X {@literal @} y. */
    public static Variable matmul(Variable x, Variable y) {
        return call("matmul", Keywords.NONE, x, y);
    }

    /** The matrix of x[i] y[j]. */
    public static Variable outer(Variable x, Variable y) {
        return call("outer", Keywords.NONE, x, y);
    }

    /** The determinant of a square matrix. */
    public static Variable det(Variable a) {
        return call("det", Keywords.NONE, a);
    }

    /** The matrix of cofactors, the slope of det; its derivative along further matrices. */
    public static Variable cofactor(Variable a, Variable... more) {
        return joined("cofactor", Keywords.NONE, a, more);
    }

    /** log(det(A)), also where det(A) overflows. */
    public static Variable logdet(Variable a) {
        return call("logdet", Keywords.NONE, a);
    }

    /** The inverse of a square matrix. */
    public static Variable inv(Variable a) {
        return call("inv", Keywords.NONE, a);
    }

    /** The x with A x = b, for a vector or a matrix b. */
    public static Variable solve(Variable a, Variable b) {
        return call("solve", Keywords.NONE, a, b);
    }

    /** The x with A x = b, for a vector or a matrix b. */
    public static Variable solve(Variable a, Variable b, Keywords keywords) {
        return call("solve", keywords, a, b);
    }

    /** The x with T x = b, T the lower (or upper) triangle of a matrix. */
    public static Variable triangularSolve(Variable t, Variable b) {
        return call("triangular_solve", Keywords.NONE, t, b);
    }

    /** The x with T x = b, T the lower (or upper) triangle of a matrix. */
    public static Variable triangularSolve(Variable t, Variable b, Keywords keywords) {
        return call("triangular_solve", keywords, t, b);
    }

    /** The lower triangular L with L {@literal @} transpose(L) = A, whose lower triangle is read. */
    public static Variable cholesky(Variable a) {
        return call("cholesky", Keywords.NONE, a);
    }

    /** The diagonal of a matrix, or the matrix with that diagonal. */
    public static Variable diag(Variable x) {
        return call("diag", Keywords.NONE, x);
    }

    /** The diagonal of a matrix, or the matrix with that diagonal. */
    public static Variable diag(Variable x, Keywords keywords) {
        return call("diag", keywords, x);
    }

    /** The sum of the diagonal of a matrix. */
    public static Variable trace(Variable a) {
        return call("trace", Keywords.NONE, a);
    }

    /** The elements on and below diagonal k, else 0. */
    public static Variable tril(Variable x) {
        return call("tril", Keywords.NONE, x);
    }

    /** The elements on and below diagonal k, else 0. */
    public static Variable tril(Variable x, Keywords keywords) {
        return call("tril", keywords, x);
    }

    /** The elements on and above diagonal k, else 0. */
    public static Variable triu(Variable x) {
        return call("triu", Keywords.NONE, x);
    }

    /** The elements on and above diagonal k, else 0. */
    public static Variable triu(Variable x, Keywords keywords) {
        return call("triu", keywords, x);
    }

    /** The quadratic form dot(x, A {@literal @} x). */
    public static Variable quadForm(Variable x, Variable a) {
        return call("quad_form", Keywords.NONE, x, a);
    }

    /** The Kronecker product: every element of A times B, in blocks. */
    public static Variable kron(Variable a, Variable b) {
        return call("kron", Keywords.NONE, a, b);
    }

    /** y[i] = Σ x[i+k] w[k], where w fits. */
    public static Variable conv1d(Variable x, Variable w) {
        return call("conv1d", Keywords.NONE, x, w);
    }

    /** y[i, j] = Σ x[i+k, j+l] w[k, l], where w fits. */
    public static Variable conv2d(Variable x, Variable w) {
        return call("conv2d", Keywords.NONE, x, w);
    }

    /** The value, a constant to every derivative. */
    public static Variable detach(Variable x) {
        return call("detach", Keywords.NONE, x);
    }

    /** The value, a constant to every derivative, the same as detach. */
    public static Variable stopGradient(Variable x) {
        return call("stop_gradient", Keywords.NONE, x);
    }

    /** Repeated to a shape, aligned at the last axes. */
    public static Variable broadcast(Variable x, Keywords keywords) {
        return call("broadcast", keywords, x);
    }

    /** Repeated along a new axis. */
    public static Variable spread(Variable x, Keywords keywords) {
        return call("spread", keywords, x);
    }

    /** The same elements in another shape, row-major. */
    public static Variable reshape(Variable x, Keywords keywords) {
        return call("reshape", keywords, x);
    }

    /** The axes in reverse order: rows become columns. */
    public static Variable transpose(Variable x) {
        return call("transpose", Keywords.NONE, x);
    }

    /** Part of an axis, written x[from:to]. */
    public static Variable slice(Variable x) {
        return call("slice", Keywords.NONE, x);
    }

    /** Part of an axis, written x[from:to]. */
    public static Variable slice(Variable x, Keywords keywords) {
        return call("slice", keywords, x);
    }

    /** Zeros before and after, along an axis. */
    public static Variable pad(Variable x) {
        return call("pad", Keywords.NONE, x);
    }

    /** Zeros before and after, along an axis. */
    public static Variable pad(Variable x, Keywords keywords) {
        return call("pad", keywords, x);
    }

    /** From the last to the first, along an axis or all. */
    public static Variable flip(Variable x) {
        return call("flip", Keywords.NONE, x);
    }

    /** From the last to the first, along an axis or all. */
    public static Variable flip(Variable x, Keywords keywords) {
        return call("flip", keywords, x);
    }

    /** The axes in another order. */
    public static Variable permute(Variable x, Keywords keywords) {
        return call("permute", keywords, x);
    }

    /** Each element several times in a row, along an axis. */
    public static Variable repeat(Variable x, Keywords keywords) {
        return call("repeat", keywords, x);
    }

    /** Along a new first axis, written [x, y, ...]. */
    public static Variable stack(Variable x, Variable... more) {
        return joined("stack", Keywords.NONE, x, more);
    }

    /** End to end along an axis. */
    public static Variable concat(Variable x, Variable... more) {
        return joined("concat", Keywords.NONE, x, more);
    }

    /** End to end along an axis. */
    public static Variable concat(Variable x, Keywords keywords, Variable... more) {
        return joined("concat", keywords, x, more);
    }

    /** The index of the greatest, of all elements or along an axis; no derivative. */
    public static Variable argmax(Variable x) {
        return call("argmax", Keywords.NONE, x);
    }

    /** The index of the greatest, of all elements or along an axis; no derivative. */
    public static Variable argmax(Variable x, Keywords keywords) {
        return call("argmax", keywords, x);
    }

    /** The index of the least, of all elements or along an axis; no derivative. */
    public static Variable argmin(Variable x) {
        return call("argmin", Keywords.NONE, x);
    }

    /** The index of the least, of all elements or along an axis; no derivative. */
    public static Variable argmin(Variable x, Keywords keywords) {
        return call("argmin", keywords, x);
    }

    /** 1 at the index and 0 elsewhere, along a new last axis. */
    public static Variable oneHot(Variable index, Keywords keywords) {
        return call("one_hot", keywords, index);
    }

    /** The elements at the indices, along an axis. */
    public static Variable gather(Variable x, Variable index) {
        return call("gather", Keywords.NONE, x, index);
    }

    /** The elements at the indices, along an axis. */
    public static Variable gather(Variable x, Variable index, Keywords keywords) {
        return call("gather", keywords, x, index);
    }

    /** zeros, with x added at the indices along an axis. */
    public static Variable scatterAdd(Variable x, Variable index, Keywords keywords) {
        return call("scatter_add", keywords, x, index);
    }
}
