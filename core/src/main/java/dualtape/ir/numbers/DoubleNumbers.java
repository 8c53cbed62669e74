package dualtape.ir.numbers;

import dualtape.ir.Numbers;

/** Doubles as a kind of number: every method is the one of the same name in {@link Doubles}. */
public final class DoubleNumbers implements Numbers<Double> {
    /** The only instance. */
    public static final DoubleNumbers INSTANCE = new DoubleNumbers();

    private DoubleNumbers() {
    }

    @Override
    public Double of(double c) {
        return Doubles.of(c);
    }

    @Override
    public Double add(Double x, Double y) {
        return Doubles.add(x, y);
    }

    @Override
    public Double subtract(Double x, Double y) {
        return Doubles.subtract(x, y);
    }

    @Override
    public Double multiply(Double x, Double y) {
        return Doubles.multiply(x, y);
    }

    @Override
    public Double divide(Double x, Double y) {
        return Doubles.divide(x, y);
    }

    @Override
    public Double negate(Double x) {
        return Doubles.negate(x);
    }

    @Override
    public Double exp(Double x) {
        return Doubles.exp(x);
    }

    @Override
    public Double log(Double x) {
        return Doubles.log(x);
    }

    @Override
    public Double expm1(Double x) {
        return Doubles.expm1(x);
    }

    @Override
    public Double log1p(Double x) {
        return Doubles.log1p(x);
    }

    @Override
    public Double log2(Double x) {
        return Doubles.log2(x);
    }

    @Override
    public Double log10(Double x) {
        return Doubles.log10(x);
    }

    @Override
    public Double sqrt(Double x) {
        return Doubles.sqrt(x);
    }

    @Override
    public Double cbrt(Double x) {
        return Doubles.cbrt(x);
    }

    @Override
    public Double sin(Double x) {
        return Doubles.sin(x);
    }

    @Override
    public Double cos(Double x) {
        return Doubles.cos(x);
    }

    @Override
    public Double tan(Double x) {
        return Doubles.tan(x);
    }

    @Override
    public Double asin(Double x) {
        return Doubles.asin(x);
    }

    @Override
    public Double acos(Double x) {
        return Doubles.acos(x);
    }

    @Override
    public Double atan(Double x) {
        return Doubles.atan(x);
    }

    @Override
    public Double atan2(Double y, Double x) {
        return Doubles.atan2(y, x);
    }

    @Override
    public Double sinh(Double x) {
        return Doubles.sinh(x);
    }

    @Override
    public Double cosh(Double x) {
        return Doubles.cosh(x);
    }

    @Override
    public Double tanh(Double x) {
        return Doubles.tanh(x);
    }

    @Override
    public Double asinh(Double x) {
        return Doubles.asinh(x);
    }

    @Override
    public Double acosh(Double x) {
        return Doubles.acosh(x);
    }

    @Override
    public Double atanh(Double x) {
        return Doubles.atanh(x);
    }

    @Override
    public Double hypot(Double x, Double y) {
        return Doubles.hypot(x, y);
    }

    @Override
    public Double pow(Double x, Double y) {
        return Doubles.pow(x, y);
    }

    @Override
    public Double erf(Double x) {
        return Doubles.erf(x);
    }

    @Override
    public Double erfc(Double x) {
        return Doubles.erfc(x);
    }

    @Override
    public Double lgamma(Double x) {
        return Doubles.lgamma(x);
    }

    @Override
    public Double polygamma(int n, Double x) {
        return Doubles.polygamma(n, x);
    }

    @Override
    public Double abs(Double x) {
        return Doubles.abs(x);
    }

    @Override
    public Double sign(Double x) {
        return Doubles.sign(x);
    }

    @Override
    public Double floor(Double x) {
        return Doubles.floor(x);
    }

    @Override
    public Double rint(Double x) {
        return Doubles.rint(x);
    }

    @Override
    public Double less(Double x, Double y) {
        return Doubles.less(x, y);
    }

    @Override
    public Double equal(Double x, Double y) {
        return Doubles.equal(x, y);
    }

    @Override
    public Double select(Double condition, Double then, Double otherwise) {
        return Doubles.select(condition, then, otherwise);
    }

    @Override
    public Double ifZero(Double x, Double then, Double otherwise) {
        return Doubles.ifZero(x, then, otherwise);
    }

    @Override
    public Double isNaN(Double x) {
        return Doubles.isNaN(x);
    }

    @Override
    public Double multiplyAdd(Double x, Double y, Double z) {
        return Doubles.multiplyAdd(x, y, z);
    }
}
