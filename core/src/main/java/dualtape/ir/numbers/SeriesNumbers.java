package dualtape.ir.numbers;

import dualtape.ir.Array;
import dualtape.ir.DifferentialNumbers;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import java.util.List;

/**
 * Truncated power series as a kind of number: a definition evaluated at x + t gives its Taylor coefficients, to any order K in
 * O(K²) coefficient operations (see {@link SeriesFunctions} for the recurrences and their sources; digamma, polygamma and lgamma
 * take O(K²·⁵) where their operand is not linear in t). The coefficients are numbers of any base kind: doubles, or decimals,
 * which prove the recurrences.
 *
 * <p>Conventions:
 * <ul>
 *   <li>The value is the base's own, bit for bit; it does not depend on the order.
 *   <li>Comparisons, selections, abs, sign, floor and rint go by the value. At a kink, where there is no series, the slopes are
 *       those of the operation's rules, kept for every order: yₖ = Σ slope · xₖ. So abs is constant at 0, and max(x, 0) is t/2.
 *   <li>Where the slope is infinite (sqrt, log at 0) the coefficients are infinite, with the signs that they have on the way
 *       there, or NaN; domain errors are NaN, never exceptions.
 *   <li>An exact zero coefficient in a product gives zero, also against infinity or NaN: a constant stays a constant.
 *   <li>A quotient of two series that are 0 at the point, as sin(x)/x at 0, is NaN, as its value is; near such a point the
 *       coefficients lose digits like (1/x)ᵏ.
 *   <li>At a singular matrix the series of det are right all the same; inv, solve and logdet have poles there and give NaN or
 *       infinity.
 * </ul>
 *
 * @param <N> the coefficients
 */
public final class SeriesNumbers<N> implements DifferentialNumbers<Series<N>> {
    private final SeriesArithmetic<N> arithmetic;
    private final SeriesPowers<N> powers;
    private final SeriesFunctions<N> functions;
    private final SeriesBranches<N> branches;
    private final SeriesRules<N> rules;
    private final boolean beside;

    /**
     * Series up to t to the {@code order} over this base.
     *
     * @throws IllegalArgumentException if {@code order} is negative
     */
    public SeriesNumbers(Numbers<N> base, int order) {
        this(new SeriesArithmetic<>(base, checked(order)), 0);
    }

    SeriesNumbers(SeriesArithmetic<N> arithmetic, int side) {
        this.arithmetic = arithmetic;
        this.powers = new SeriesPowers<>(arithmetic);
        this.functions = new SeriesFunctions<>(arithmetic, powers);
        this.branches = new SeriesBranches<>(arithmetic, side);
        this.rules = new SeriesRules<>(arithmetic);
        this.beside = side != 0;
    }

    private static int checked(int order) {
        if (order < 0) {
            throw new IllegalArgumentException("the order of a series must be 0 or more, got " + order);
        }
        return order;
    }

    /** The order K: the highest power of t that is kept. */
    public int order() {
        return arithmetic.order;
    }

    /** A number that does not vary. */
    public Series<N> constant(N value) {
        return arithmetic.constant(value);
    }

    /** value + slope · t: a number that moves along a line. */
    public Series<N> line(N value, N slope) {
        return series(List.of(value, slope));
    }

    /** The series of these coefficients, that of t⁰ first; those beyond the order are dropped. */
    public Series<N> series(List<N> coefficients) {
        SeriesArithmetic.Growing<N> x = arithmetic.growing(coefficients.get(0));
        for (int k = 1; k < coefficients.size() && k <= arithmetic.order; k++) {
            x.add(coefficients.get(k));
        }
        return x.series();
    }

    /**
     * The same kind of number as it is beside the point, for t → 0⁺ or t → 0⁻: what is a tie at the point is decided by the first
     * coefficient that differs. For values alone: no rule is asked, so nothing stands still because it has no derivative.
     */
    public SeriesNumbers<N> beside(boolean right) {
        return new SeriesNumbers<>(arithmetic, right ? 1 : -1);
    }

    @Override
    public List<Array<Series<N>>> apply(Op op, List<Array<Series<N>>> operands) {
        return apply(op, operands, null);
    }

    /**
     * The same, and runs {@code edge} if the operation is at a kink, a tie or a jump: if its value or its slope is another right and
     * left of the operands, along a direction in general position of all that varies.
     */
    public List<Array<Series<N>>> apply(Op op, List<Array<Series<N>>> operands, Runnable edge) {
        return beside ? NumbersAlgebra.define(this, op, operands) : rules.apply(op, operands, edge);
    }

    /** Whether a decision was a tie at the point that the series leave. */
    boolean tied() {
        return branches.tied();
    }

    @Override
    public Series<N> of(double c) {
        return arithmetic.constant(arithmetic.base.of(c));
    }

    @Override
    public Series<N> add(Series<N> x, Series<N> y) {
        return arithmetic.add(x, y);
    }

    @Override
    public Series<N> subtract(Series<N> x, Series<N> y) {
        return arithmetic.subtract(x, y);
    }

    @Override
    public Series<N> multiply(Series<N> x, Series<N> y) {
        return arithmetic.product(arithmetic.base.multiply(x.value(), y.value()), x, y, of(0));
    }

    @Override
    public Series<N> multiplyAdd(Series<N> x, Series<N> y, Series<N> z) {
        return arithmetic.product(arithmetic.base.multiplyAdd(x.value(), y.value(), z.value()), x, y, z);
    }

    @Override
    public Series<N> divide(Series<N> x, Series<N> y) {
        return arithmetic.quotient(arithmetic.base.divide(x.value(), y.value()), x, y);
    }

    @Override
    public Series<N> negate(Series<N> x) {
        return arithmetic.negate(x);
    }

    @Override
    public Series<N> exp(Series<N> x) {
        return functions.exp(x);
    }

    @Override
    public Series<N> log(Series<N> x) {
        return functions.log(x);
    }

    @Override
    public Series<N> expm1(Series<N> x) {
        return functions.expm1(x);
    }

    @Override
    public Series<N> log1p(Series<N> x) {
        return functions.log1p(x);
    }

    @Override
    public Series<N> log2(Series<N> x) {
        return functions.log2(x);
    }

    @Override
    public Series<N> log10(Series<N> x) {
        return functions.log10(x);
    }

    @Override
    public Series<N> sqrt(Series<N> x) {
        return powers.sqrt(x);
    }

    @Override
    public Series<N> cbrt(Series<N> x) {
        return powers.cbrt(x);
    }

    @Override
    public Series<N> sin(Series<N> x) {
        return functions.sin(x);
    }

    @Override
    public Series<N> cos(Series<N> x) {
        return functions.cos(x);
    }

    @Override
    public Series<N> tan(Series<N> x) {
        return functions.tan(x);
    }

    @Override
    public Series<N> asin(Series<N> x) {
        return functions.asin(x);
    }

    @Override
    public Series<N> acos(Series<N> x) {
        return functions.acos(x);
    }

    @Override
    public Series<N> atan(Series<N> x) {
        return functions.atan(x);
    }

    @Override
    public Series<N> atan2(Series<N> y, Series<N> x) {
        return branches.atan2(y, x, powers);
    }

    @Override
    public Series<N> sinh(Series<N> x) {
        return functions.sinh(x);
    }

    @Override
    public Series<N> cosh(Series<N> x) {
        return functions.cosh(x);
    }

    @Override
    public Series<N> tanh(Series<N> x) {
        return functions.tanh(x);
    }

    @Override
    public Series<N> asinh(Series<N> x) {
        return functions.asinh(x);
    }

    @Override
    public Series<N> acosh(Series<N> x) {
        return functions.acosh(x);
    }

    @Override
    public Series<N> atanh(Series<N> x) {
        return functions.atanh(x);
    }

    @Override
    public Series<N> hypot(Series<N> x, Series<N> y) {
        return branches.hypot(x, y, powers);
    }

    @Override
    public Series<N> pow(Series<N> x, Series<N> y) {
        return functions.pow(x, y);
    }

    @Override
    public Series<N> erf(Series<N> x) {
        return functions.erf(x);
    }

    @Override
    public Series<N> erfc(Series<N> x) {
        return functions.erfc(x);
    }

    @Override
    public Series<N> lgamma(Series<N> x) {
        return functions.lgamma(x);
    }

    @Override
    public Series<N> polygamma(int n, Series<N> x) {
        return functions.polygamma(n, x);
    }

    @Override
    public Series<N> abs(Series<N> x) {
        return branches.abs(x);
    }

    @Override
    public Series<N> sign(Series<N> x) {
        return branches.sign(x);
    }

    @Override
    public Series<N> floor(Series<N> x) {
        return branches.floor(x);
    }

    @Override
    public Series<N> rint(Series<N> x) {
        return branches.rint(x);
    }

    @Override
    public Series<N> less(Series<N> x, Series<N> y) {
        return branches.less(x, y);
    }

    @Override
    public Series<N> equal(Series<N> x, Series<N> y) {
        return branches.equal(x, y);
    }

    @Override
    public Series<N> select(Series<N> condition, Series<N> then, Series<N> otherwise) {
        return branches.select(condition, then, otherwise);
    }

    @Override
    public Series<N> ifZero(Series<N> x, Series<N> then, Series<N> otherwise) {
        return branches.ifZero(x, then, otherwise);
    }
}
