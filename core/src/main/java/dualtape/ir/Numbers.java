package dualtape.ir;

/**
 * A kind of number: the arithmetic in which the definitions of the operations are written.
 *
 * <p>An operation states its value once, as a generic method over {@code Numbers<N>}; the same text is then
 * evaluated over doubles, complex numbers, 50-digit decimals, power series, index sets (sparsity patterns) or
 * emitters of bytecode. Therefore a definition never branches with a host {@code if} on a value: it uses
 * {@link #select} and {@link #ifZero}, whose branches are both evaluated.
 *
 * <p>Domain errors are NaN in kinds that have one, never exceptions. Default methods state an identity that holds
 * over any field; a kind that knows something more accurate overrides it.
 *
 * @param <N> the values of this kind; immutable
 */
public interface Numbers<N> {

    /** The number that equals {@code c} exactly (a double is a dyadic fraction; kinds with more digits keep all of it). */
    N of(double c);

    /** x + y. */
    N add(N x, N y);

    /** x − y. */
    N subtract(N x, N y);

    /** x · y. */
    N multiply(N x, N y);

    /** x / y. */
    N divide(N x, N y);

    /** −x. */
    N negate(N x);

    /** e to the x. */
    N exp(N x);

    /** The natural logarithm; NaN below zero. */
    N log(N x);

    /** exp(x) − 1 without cancellation near zero. */
    N expm1(N x);

    /** log(1 + x) without cancellation near zero. */
    N log1p(N x);

    /** The logarithm to base 2. */
    N log2(N x);

    /** The logarithm to base 10. */
    N log10(N x);

    /** The square root; NaN below zero. */
    N sqrt(N x);

    /** The real cube root, of the sign of its argument. */
    N cbrt(N x);

    /** The sine, x in radians. */
    N sin(N x);

    /** The cosine, x in radians. */
    N cos(N x);

    /** The tangent, x in radians. */
    N tan(N x);

    /** The inverse sine, in radians; NaN outside [−1, 1]. */
    N asin(N x);

    /** The inverse cosine, in radians; NaN outside [−1, 1]. */
    N acos(N x);

    /** The inverse tangent, in radians. */
    N atan(N x);

    /** The angle of the point (x, y) in (−π, π]; note the order, as in {@link Math#atan2}. */
    N atan2(N y, N x);

    /** The hyperbolic sine. */
    N sinh(N x);

    /** The hyperbolic cosine. */
    N cosh(N x);

    /** The hyperbolic tangent. */
    N tanh(N x);

    /** The inverse hyperbolic sine. */
    N asinh(N x);

    /** The inverse hyperbolic cosine; NaN below 1. */
    N acosh(N x);

    /** The inverse hyperbolic tangent; NaN outside [−1, 1]. */
    N atanh(N x);

    /** √(x² + y²) without undue overflow or underflow. */
    N hypot(N x, N y);

    /**
     * x to the y, with the special cases of {@link Math#pow} (x⁰ = 1 for every x; a negative x needs an integer y).
     */
    N pow(N x, N y);

    /** The error function 2/√π ∫₀ˣ exp(−t²) dt. */
    N erf(N x);

    /** 1 − erf(x) without cancellation for large x. */
    N erfc(N x);

    /** log |Γ(x)|. */
    N lgamma(N x);

    /** The n-th derivative of the digamma function ψ = (log Γ)′; n = 0 is ψ itself. n ≥ 0. */
    N polygamma(int n, N x);

    /** |x|. In kinds with an infinitesimal or imaginary part: x or −x by the sign of the real part. */
    N abs(N x);

    /** −1, 0 or 1; NaN of NaN. A constant in every kind with derivatives. */
    N sign(N x);

    /** The largest integer that is not above x. A constant in every kind with derivatives. */
    N floor(N x);

    /** The integer next to x, halves to the even one ({@link Math#rint}). A constant in every kind with derivatives. */
    N rint(N x);

    /** 1 where x &lt; y, else 0 (also where one is NaN). */
    N less(N x, N y);

    /** 1 where x = y, else 0 (also where one is NaN). */
    N equal(N x, N y);

    /** {@code then} where the condition is not zero, else {@code otherwise}. Both have been evaluated. */
    N select(N condition, N then, N otherwise);

    /**
     * {@code then} where x = 0, else {@code otherwise}. Both have been evaluated. In kinds with an infinitesimal or
     * imaginary part, that has to be zero too.
     */
    default N ifZero(N x, N then, N otherwise) {
        return select(x, otherwise, then);
    }

    /** Whether a loop or a branch can be steered by numbers of this kind; sets of indices say nothing of a value. */
    default boolean definite() {
        return true;
    }

    /** Whether a condition is not zero, for the host: what steers loops and branches. Only of definite kinds. */
    default boolean holds(N condition) {
        N yes = of(1);
        N chosen = select(condition, yes, of(0));
        return chosen == yes || chosen.equals(yes);
    }

    /** 1 where x is NaN, else 0. */
    default N isNaN(N x) {
        return subtract(of(1), equal(x, x));
    }

    /** x · y + z, rounded as the kind likes: doubles fuse it. */
    default N multiplyAdd(N x, N y, N z) {
        return add(multiply(x, y), z);
    }
}
