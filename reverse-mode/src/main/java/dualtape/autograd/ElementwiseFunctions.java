package dualtape.autograd;

/** The operations that go element by element, about; {@link Functions} has them all. */
abstract class ElementwiseFunctions extends Calls {
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
}
