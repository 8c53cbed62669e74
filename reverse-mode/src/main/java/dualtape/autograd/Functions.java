package dualtape.autograd;

import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every operation of the catalogue over variables, by its name in the text language in Java's spelling: {@code leaky_relu} is
 * {@link #leakyRelu}. Operands that are scalars go with every element. What is not a positional operand is a keyword:
 * {@code sum(x, Keywords.of("axis", 0))}.
 */
public final class Functions {
    private Functions() {}

    /**
     * Any operation of the catalogue by its name in the text language.
     *
     * @throws IllegalArgumentException if there is none of this name, or it has not these keywords
     * @throws dualtape.ir.ShapeException if the operands do not fit
     */
    public static Variable call(String name, Keywords keywords, Variable... operands) {
        Operation operation = Operations.find(name);
        if (operation == null) {
            throw new IllegalArgumentException(
                    "there is no operation \"" + name + "\"; dualtape list operations has them");
        }
        return operation.call(Eager.INSTANCE, List.of(operands), Attributes.of(operation, keywords.given()));
    }

    private static Variable joined(String name, Keywords keywords, Variable first, Variable... more) {
        List<Variable> operands = new ArrayList<>();
        operands.add(first);
        operands.addAll(List.of(more));
        return call(name, keywords, operands.toArray(Variable[]::new));
    }

    /** x + y. */
    public static Variable add(Variable x, Variable y) {
        return call("+", Keywords.NONE, x, y);
    }

    /** x − y. */
    public static Variable subtract(Variable x, Variable y) {
        return call("-", Keywords.NONE, x, y);
    }

    /** x · y. */
    public static Variable multiply(Variable x, Variable y) {
        return call("*", Keywords.NONE, x, y);
    }

    /** x / y. */
    public static Variable divide(Variable x, Variable y) {
        return call("/", Keywords.NONE, x, y);
    }

    /** x / y, but 0 where both are 0. */
    public static Variable ratio(Variable x, Variable y) {
        return call("ratio", Keywords.NONE, x, y);
    }

    /** −x, written -x. */
    public static Variable neg(Variable x) {
        return call("neg", Keywords.NONE, x);
    }

    /** x times x. */
    public static Variable square(Variable x) {
        return call("square", Keywords.NONE, x);
    }

    /** 1 / x. */
    public static Variable reciprocal(Variable x) {
        return call("reciprocal", Keywords.NONE, x);
    }

    /** x to the y, the same as x^y. */
    public static Variable pow(Variable x, Variable y) {
        return call("pow", Keywords.NONE, x, y);
    }

    /** e to the x. */
    public static Variable exp(Variable x) {
        return call("exp", Keywords.NONE, x);
    }

    /** e to the x, minus 1, without cancellation near 0. */
    public static Variable expm1(Variable x) {
        return call("expm1", Keywords.NONE, x);
    }

    /** 2 to the x. */
    public static Variable exp2(Variable x) {
        return call("exp2", Keywords.NONE, x);
    }

    /** The natural logarithm. */
    public static Variable log(Variable x) {
        return call("log", Keywords.NONE, x);
    }

    /** log(1 + x) without cancellation near 0. */
    public static Variable log1p(Variable x) {
        return call("log1p", Keywords.NONE, x);
    }

    /** The logarithm to base 2. */
    public static Variable log2(Variable x) {
        return call("log2", Keywords.NONE, x);
    }

    /** The logarithm to base 10. */
    public static Variable log10(Variable x) {
        return call("log10", Keywords.NONE, x);
    }

    /** The square root. */
    public static Variable sqrt(Variable x) {
        return call("sqrt", Keywords.NONE, x);
    }

    /** The real cube root. */
    public static Variable cbrt(Variable x) {
        return call("cbrt", Keywords.NONE, x);
    }

    /** The sine, x in radians. */
    public static Variable sin(Variable x) {
        return call("sin", Keywords.NONE, x);
    }

    /** The cosine, x in radians. */
    public static Variable cos(Variable x) {
        return call("cos", Keywords.NONE, x);
    }

    /** The tangent, x in radians. */
    public static Variable tan(Variable x) {
        return call("tan", Keywords.NONE, x);
    }

    /** The inverse sine, in radians. */
    public static Variable asin(Variable x) {
        return call("asin", Keywords.NONE, x);
    }

    /** The inverse cosine, in radians. */
    public static Variable acos(Variable x) {
        return call("acos", Keywords.NONE, x);
    }

    /** The inverse tangent, in radians. */
    public static Variable atan(Variable x) {
        return call("atan", Keywords.NONE, x);
    }

    /** The angle of the point (x, y), in radians; y comes first. */
    public static Variable atan2(Variable y, Variable x) {
        return call("atan2", Keywords.NONE, y, x);
    }

    /** √(x² + y²) without undue overflow or underflow. */
    public static Variable hypot(Variable x, Variable y) {
        return call("hypot", Keywords.NONE, x, y);
    }

    /** The hyperbolic sine. */
    public static Variable sinh(Variable x) {
        return call("sinh", Keywords.NONE, x);
    }

    /** The hyperbolic cosine. */
    public static Variable cosh(Variable x) {
        return call("cosh", Keywords.NONE, x);
    }

    /** The hyperbolic tangent. */
    public static Variable tanh(Variable x) {
        return call("tanh", Keywords.NONE, x);
    }

    /** The inverse hyperbolic sine. */
    public static Variable asinh(Variable x) {
        return call("asinh", Keywords.NONE, x);
    }

    /** The inverse hyperbolic cosine. */
    public static Variable acosh(Variable x) {
        return call("acosh", Keywords.NONE, x);
    }

    /** The inverse hyperbolic tangent. */
    public static Variable atanh(Variable x) {
        return call("atanh", Keywords.NONE, x);
    }

    /** The error function. */
    public static Variable erf(Variable x) {
        return call("erf", Keywords.NONE, x);
    }

    /** 1 - erf(x) without cancellation for large x. */
    public static Variable erfc(Variable x) {
        return call("erfc", Keywords.NONE, x);
    }

    /** Log |Γ(x)|. */
    public static Variable lgamma(Variable x) {
        return call("lgamma", Keywords.NONE, x);
    }

    /** ψ(x), the slope of log Γ. */
    public static Variable digamma(Variable x) {
        return call("digamma", Keywords.NONE, x);
    }

    /** The n-th derivative of ψ; n an integer constant. */
    public static Variable polygamma(int n, Variable x) {
        return call("polygamma", Keywords.of("n", n), x);
    }

    /** 1 / (1 + exp(−x)). */
    public static Variable sigmoid(Variable x) {
        return call("sigmoid", Keywords.NONE, x);
    }

    /** log(1 + exp(x)), right far out on both sides. */
    public static Variable softplus(Variable x) {
        return call("softplus", Keywords.NONE, x);
    }

    /** log(x / (1 - x)), the inverse of sigmoid. */
    public static Variable logit(Variable x) {
        return call("logit", Keywords.NONE, x);
    }

    /** max(x, 0), with slope 0 at 0. */
    public static Variable relu(Variable x) {
        return call("relu", Keywords.NONE, x);
    }

    /** x where x &gt; 0, else alpha * x. */
    public static Variable leakyRelu(Variable x) {
        return call("leaky_relu", Keywords.NONE, x);
    }

    /** x where x &gt; 0, else alpha * x. */
    public static Variable leakyRelu(Variable x, Keywords keywords) {
        return call("leaky_relu", keywords, x);
    }

    /** x where x &gt; 0, else alpha * expm1(x). */
    public static Variable elu(Variable x) {
        return call("elu", Keywords.NONE, x);
    }

    /** x where x &gt; 0, else alpha * expm1(x). */
    public static Variable elu(Variable x, Keywords keywords) {
        return call("elu", keywords, x);
    }

    /** x * erfc(-x / sqrt(2)) / 2. */
    public static Variable gelu(Variable x) {
        return call("gelu", Keywords.NONE, x);
    }

    /** x * sigmoid(x). */
    public static Variable silu(Variable x) {
        return call("silu", Keywords.NONE, x);
    }

    /** |x|. */
    public static Variable abs(Variable x) {
        return call("abs", Keywords.NONE, x);
    }

    /** -1, 0 or 1 by the sign; no derivative. */
    public static Variable sign(Variable x) {
        return call("sign", Keywords.NONE, x);
    }

    /** min(max(x, low), high), with slope 0 at a bound. */
    public static Variable clamp(Variable x, Variable low, Variable high) {
        return call("clamp", Keywords.NONE, x, low, high);
    }

    /** x where the condition is not 0, else y. */
    public static Variable where(Variable condition, Variable x, Variable y) {
        return call("where", Keywords.NONE, condition, x, y);
    }

    /** The largest integer not above x; no derivative. */
    public static Variable floor(Variable x) {
        return call("floor", Keywords.NONE, x);
    }

    /** The least integer not below x; no derivative. */
    public static Variable ceil(Variable x) {
        return call("ceil", Keywords.NONE, x);
    }

    /** The integer next to x, halves to the even one; no derivative. */
    public static Variable round(Variable x) {
        return call("round", Keywords.NONE, x);
    }

    /** x - y * floor(x / y), of the sign of y. */
    public static Variable mod(Variable x, Variable y) {
        return call("mod", Keywords.NONE, x, y);
    }

    /** 1 where x &lt; y, else 0. */
    public static Variable less(Variable x, Variable y) {
        return call("<", Keywords.NONE, x, y);
    }

    /** 1 where x ≤ y, else 0. */
    public static Variable lessOrEqual(Variable x, Variable y) {
        return call("<=", Keywords.NONE, x, y);
    }

    /** 1 where x &gt; y, else 0. */
    public static Variable greater(Variable x, Variable y) {
        return call(">", Keywords.NONE, x, y);
    }

    /** 1 where x ≥ y, else 0. */
    public static Variable greaterOrEqual(Variable x, Variable y) {
        return call(">=", Keywords.NONE, x, y);
    }

    /** 1 where x = y, else 0. */
    public static Variable equal(Variable x, Variable y) {
        return call("==", Keywords.NONE, x, y);
    }

    /** 1 where x ≠ y, else 0. */
    public static Variable notEqual(Variable x, Variable y) {
        return call("!=", Keywords.NONE, x, y);
    }

    /** 1 where both operands are not 0, else 0. */
    public static Variable and(Variable x, Variable y) {
        return call("and", Keywords.NONE, x, y);
    }

    /** 1 where an operand is not 0, else 0. */
    public static Variable or(Variable x, Variable y) {
        return call("or", Keywords.NONE, x, y);
    }

    /** 1 where the operand is 0, else 0. */
    public static Variable not(Variable x) {
        return call("not", Keywords.NONE, x);
    }

    /** The sum of all elements, or along an axis. */
    public static Variable sum(Variable x) {
        return call("sum", Keywords.NONE, x);
    }

    /** The sum of all elements, or along an axis. */
    public static Variable sum(Variable x, Keywords keywords) {
        return call("sum", keywords, x);
    }

    /** The mean of all elements, or along an axis. */
    public static Variable mean(Variable x) {
        return call("mean", Keywords.NONE, x);
    }

    /** The mean of all elements, or along an axis. */
    public static Variable mean(Variable x, Keywords keywords) {
        return call("mean", keywords, x);
    }

    /** The product of all elements, or along an axis. */
    public static Variable prod(Variable x) {
        return call("prod", Keywords.NONE, x);
    }

    /** The product of all elements, or along an axis. */
    public static Variable prod(Variable x, Keywords keywords) {
        return call("prod", keywords, x);
    }

    /** The greater of two, element by element; or the greatest of all elements, or along an axis. */
    public static Variable max(Variable x) {
        return call("max", Keywords.NONE, x);
    }

    /** The greater of two, element by element; or the greatest of all elements, or along an axis. */
    public static Variable max(Variable x, Keywords keywords) {
        return call("max", keywords, x);
    }

    /** The greater of two, element by element; or the greatest of all elements, or along an axis. */
    public static Variable max(Variable x, Variable y) {
        return call("max", Keywords.NONE, x, y);
    }

    /** The greater of two, element by element; or the greatest of all elements, or along an axis. */
    public static Variable max(Variable x, Variable y, Keywords keywords) {
        return call("max", keywords, x, y);
    }

    /** The less of two, element by element; or the least of all elements, or along an axis. */
    public static Variable min(Variable x) {
        return call("min", Keywords.NONE, x);
    }

    /** The less of two, element by element; or the least of all elements, or along an axis. */
    public static Variable min(Variable x, Keywords keywords) {
        return call("min", keywords, x);
    }

    /** The less of two, element by element; or the least of all elements, or along an axis. */
    public static Variable min(Variable x, Variable y) {
        return call("min", Keywords.NONE, x, y);
    }

    /** The less of two, element by element; or the least of all elements, or along an axis. */
    public static Variable min(Variable x, Variable y, Keywords keywords) {
        return call("min", keywords, x, y);
    }

    /** The slope of max: 1 where the greatest is, 1/k where k are tied, else 0; no derivative. */
    public static Variable share(Variable x) {
        return call("share", Keywords.NONE, x);
    }

    /** The slope of max: 1 where the greatest is, 1/k where k are tied, else 0; no derivative. */
    public static Variable share(Variable x, Keywords keywords) {
        return call("share", keywords, x);
    }

    /** The slope of max: 1 where the greatest is, 1/k where k are tied, else 0; no derivative. */
    public static Variable share(Variable x, Variable y) {
        return call("share", Keywords.NONE, x, y);
    }

    /** The slope of max: 1 where the greatest is, 1/k where k are tied, else 0; no derivative. */
    public static Variable share(Variable x, Variable y, Keywords keywords) {
        return call("share", keywords, x, y);
    }

    /** (Σ|x|^ord)^(1/ord), of all elements or along an axis. */
    public static Variable norm(Variable x) {
        return call("norm", Keywords.NONE, x);
    }

    /** (Σ|x|^ord)^(1/ord), of all elements or along an axis. */
    public static Variable norm(Variable x, Keywords keywords) {
        return call("norm", keywords, x);
    }

    /** The mean of (x - mean)^2, of all elements or along an axis. */
    public static Variable var(Variable x) {
        return call("var", Keywords.NONE, x);
    }

    /** The mean of (x - mean)^2, of all elements or along an axis. */
    public static Variable var(Variable x, Keywords keywords) {
        return call("var", keywords, x);
    }

    /** sqrt(var(x)), of all elements or along an axis. */
    public static Variable std(Variable x) {
        return call("std", Keywords.NONE, x);
    }

    /** sqrt(var(x)), of all elements or along an axis. */
    public static Variable std(Variable x, Keywords keywords) {
        return call("std", keywords, x);
    }

    /** Running sums: y[k] = x[0] + ... + x[k]. */
    public static Variable cumsum(Variable x) {
        return call("cumsum", Keywords.NONE, x);
    }

    /** Running sums: y[k] = x[0] + ... + x[k]. */
    public static Variable cumsum(Variable x, Keywords keywords) {
        return call("cumsum", keywords, x);
    }

    /** Running products: y[k] = x[0] * ... * x[k]. */
    public static Variable cumprod(Variable x) {
        return call("cumprod", Keywords.NONE, x);
    }

    /** Running products: y[k] = x[0] * ... * x[k]. */
    public static Variable cumprod(Variable x, Keywords keywords) {
        return call("cumprod", keywords, x);
    }

    /** z[0] = b[0], z[k] = a[k] * z[k-1] + b[k]. */
    public static Variable recurrence(Variable a, Variable b) {
        return call("recurrence", Keywords.NONE, a, b);
    }

    /** z[0] = b[0], z[k] = a[k] * z[k-1] + b[k]. */
    public static Variable recurrence(Variable a, Variable b, Keywords keywords) {
        return call("recurrence", keywords, a, b);
    }

    /** Log Σ exp(x), of all elements or along an axis. */
    public static Variable logsumexp(Variable x) {
        return call("logsumexp", Keywords.NONE, x);
    }

    /** Log Σ exp(x), of all elements or along an axis. */
    public static Variable logsumexp(Variable x, Keywords keywords) {
        return call("logsumexp", keywords, x);
    }

    /** exp(x) / Σ exp(x), along the last axis or another. */
    public static Variable softmax(Variable x) {
        return call("softmax", Keywords.NONE, x);
    }

    /** exp(x) / Σ exp(x), along the last axis or another. */
    public static Variable softmax(Variable x, Keywords keywords) {
        return call("softmax", keywords, x);
    }

    /** log(softmax(x)), right far out too, along the last axis or another. */
    public static Variable logSoftmax(Variable x) {
        return call("log_softmax", Keywords.NONE, x);
    }

    /** log(softmax(x)), right far out too, along the last axis or another. */
    public static Variable logSoftmax(Variable x, Keywords keywords) {
        return call("log_softmax", keywords, x);
    }

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
