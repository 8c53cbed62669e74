package dualtape.autograd;

/** The operations that reduce, and most of linear algebra, about; {@link Functions} has them all. */
abstract class ReducingFunctions extends ElementwiseFunctions {
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
}
