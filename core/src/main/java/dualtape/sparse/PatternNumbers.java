package dualtape.sparse;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * What sparsity patterns are found with: numbers that are constants, with their values, or depend on sets of indices.
 * Constants are computed with, so that an index that is one picks one element, a constant matrix hands on its own zeros and
 * a loop over a constant range runs as often as it does. Of anything else the set is that of
 * {@link dualtape.ir.numbers.IndexSets}.
 */
final class PatternNumbers implements Numbers<PatternNumber> {
    static final PatternNumbers INSTANCE = new PatternNumbers();

    private static final DoubleNumbers DOUBLES = DoubleNumbers.INSTANCE;

    private PatternNumbers() {
    }

    private static PatternNumber unary(PatternNumber x, UnaryOperator<Double> f) {
        return x.known() ? PatternNumber.constant(f.apply(x.value())) : x;
    }

    private static PatternNumber binary(PatternNumber x, PatternNumber y, BinaryOperator<Double> f) {
        return x.known() && y.known() ? PatternNumber.constant(f.apply(x.value(), y.value()))
                : PatternNumber.either(x, y);
    }

    /** A function that is constant between its steps: it depends on nothing. */
    private static PatternNumber step(PatternNumber x, UnaryOperator<Double> f) {
        return x.known() ? PatternNumber.constant(f.apply(x.value())) : PatternNumber.UNKNOWN;
    }

    private static PatternNumber condition(PatternNumber x, PatternNumber y, BinaryOperator<Double> f) {
        return x.known() && y.known() ? PatternNumber.constant(f.apply(x.value(), y.value()))
                : PatternNumber.UNKNOWN;
    }

    @Override
    public PatternNumber of(double c) {
        return PatternNumber.constant(c);
    }

    /** A constant zero times anything has no derivative; its value may still be NaN. */
    @Override
    public PatternNumber multiply(PatternNumber x, PatternNumber y) {
        return (x.isZero() || y.isZero()) && !(x.known() && y.known()) ? PatternNumber.UNKNOWN
                : binary(x, y, DOUBLES::multiply);
    }

    /** A constant zero divided by anything has no derivative; its value may still be NaN. */
    @Override
    public PatternNumber divide(PatternNumber x, PatternNumber y) {
        return x.isZero() && !y.known() ? PatternNumber.UNKNOWN : binary(x, y, DOUBLES::divide);
    }

    @Override
    public PatternNumber polygamma(int n, PatternNumber x) {
        return unary(x, value -> DOUBLES.polygamma(n, value));
    }

    /** By a constant condition one of the two; otherwise it may be either. */
    @Override
    public PatternNumber select(PatternNumber condition, PatternNumber then, PatternNumber otherwise) {
        if (condition.known()) {
            return condition.value() != 0 ? then : otherwise;
        }
        return then.equals(otherwise) ? then : PatternNumber.either(then, otherwise);
    }

    /** Only constants say anything of a value. */
    @Override
    public boolean definite() {
        return false;
    }

    @Override
    public PatternNumber add(PatternNumber x, PatternNumber y) {
        return binary(x, y, DOUBLES::add);
    }

    @Override
    public PatternNumber subtract(PatternNumber x, PatternNumber y) {
        return binary(x, y, DOUBLES::subtract);
    }

    @Override
    public PatternNumber atan2(PatternNumber y, PatternNumber x) {
        return binary(y, x, DOUBLES::atan2);
    }

    @Override
    public PatternNumber hypot(PatternNumber x, PatternNumber y) {
        return binary(x, y, DOUBLES::hypot);
    }

    @Override
    public PatternNumber pow(PatternNumber x, PatternNumber y) {
        return binary(x, y, DOUBLES::pow);
    }

    @Override
    public PatternNumber less(PatternNumber x, PatternNumber y) {
        return condition(x, y, DOUBLES::less);
    }

    @Override
    public PatternNumber equal(PatternNumber x, PatternNumber y) {
        return condition(x, y, DOUBLES::equal);
    }

    @Override
    public PatternNumber sign(PatternNumber x) {
        return step(x, DOUBLES::sign);
    }

    @Override
    public PatternNumber floor(PatternNumber x) {
        return step(x, DOUBLES::floor);
    }

    @Override
    public PatternNumber rint(PatternNumber x) {
        return step(x, DOUBLES::rint);
    }

    @Override
    public PatternNumber negate(PatternNumber x) {
        return unary(x, DOUBLES::negate);
    }

    @Override
    public PatternNumber exp(PatternNumber x) {
        return unary(x, DOUBLES::exp);
    }

    @Override
    public PatternNumber log(PatternNumber x) {
        return unary(x, DOUBLES::log);
    }

    @Override
    public PatternNumber expm1(PatternNumber x) {
        return unary(x, DOUBLES::expm1);
    }

    @Override
    public PatternNumber log1p(PatternNumber x) {
        return unary(x, DOUBLES::log1p);
    }

    @Override
    public PatternNumber log2(PatternNumber x) {
        return unary(x, DOUBLES::log2);
    }

    @Override
    public PatternNumber log10(PatternNumber x) {
        return unary(x, DOUBLES::log10);
    }

    @Override
    public PatternNumber sqrt(PatternNumber x) {
        return unary(x, DOUBLES::sqrt);
    }

    @Override
    public PatternNumber cbrt(PatternNumber x) {
        return unary(x, DOUBLES::cbrt);
    }

    @Override
    public PatternNumber sin(PatternNumber x) {
        return unary(x, DOUBLES::sin);
    }

    @Override
    public PatternNumber cos(PatternNumber x) {
        return unary(x, DOUBLES::cos);
    }

    @Override
    public PatternNumber tan(PatternNumber x) {
        return unary(x, DOUBLES::tan);
    }

    @Override
    public PatternNumber asin(PatternNumber x) {
        return unary(x, DOUBLES::asin);
    }

    @Override
    public PatternNumber acos(PatternNumber x) {
        return unary(x, DOUBLES::acos);
    }

    @Override
    public PatternNumber atan(PatternNumber x) {
        return unary(x, DOUBLES::atan);
    }

    @Override
    public PatternNumber sinh(PatternNumber x) {
        return unary(x, DOUBLES::sinh);
    }

    @Override
    public PatternNumber cosh(PatternNumber x) {
        return unary(x, DOUBLES::cosh);
    }

    @Override
    public PatternNumber tanh(PatternNumber x) {
        return unary(x, DOUBLES::tanh);
    }

    @Override
    public PatternNumber asinh(PatternNumber x) {
        return unary(x, DOUBLES::asinh);
    }

    @Override
    public PatternNumber acosh(PatternNumber x) {
        return unary(x, DOUBLES::acosh);
    }

    @Override
    public PatternNumber atanh(PatternNumber x) {
        return unary(x, DOUBLES::atanh);
    }

    @Override
    public PatternNumber erf(PatternNumber x) {
        return unary(x, DOUBLES::erf);
    }

    @Override
    public PatternNumber erfc(PatternNumber x) {
        return unary(x, DOUBLES::erfc);
    }

    @Override
    public PatternNumber lgamma(PatternNumber x) {
        return unary(x, DOUBLES::lgamma);
    }

    @Override
    public PatternNumber abs(PatternNumber x) {
        return unary(x, DOUBLES::abs);
    }
}
