package dualtape.check;

import dualtape.ir.DifferentialNumbers;
import dualtape.ir.Numbers;

/**
 * Functions at several places: at each what they are.
 *
 * @param <N> the kind of number
 */
abstract class TupleFunctions<N> implements DifferentialNumbers<Tuple<N>> {
    /** The numbers at a place. */
    protected final Numbers<N> n;

    TupleFunctions(Numbers<N> numbers) {
        this.n = numbers;
    }

    @Override
    public Tuple<N> exp(Tuple<N> x) {
        return x.map(n::exp);
    }

    @Override
    public Tuple<N> log(Tuple<N> x) {
        return x.map(n::log);
    }

    @Override
    public Tuple<N> expm1(Tuple<N> x) {
        return x.map(n::expm1);
    }

    @Override
    public Tuple<N> log1p(Tuple<N> x) {
        return x.map(n::log1p);
    }

    @Override
    public Tuple<N> log2(Tuple<N> x) {
        return x.map(n::log2);
    }

    @Override
    public Tuple<N> log10(Tuple<N> x) {
        return x.map(n::log10);
    }

    @Override
    public Tuple<N> sin(Tuple<N> x) {
        return x.map(n::sin);
    }

    @Override
    public Tuple<N> cos(Tuple<N> x) {
        return x.map(n::cos);
    }

    @Override
    public Tuple<N> tan(Tuple<N> x) {
        return x.map(n::tan);
    }

    @Override
    public Tuple<N> asin(Tuple<N> x) {
        return x.map(n::asin);
    }

    @Override
    public Tuple<N> acos(Tuple<N> x) {
        return x.map(n::acos);
    }

    @Override
    public Tuple<N> atan(Tuple<N> x) {
        return x.map(n::atan);
    }

    @Override
    public Tuple<N> sinh(Tuple<N> x) {
        return x.map(n::sinh);
    }

    @Override
    public Tuple<N> cosh(Tuple<N> x) {
        return x.map(n::cosh);
    }

    @Override
    public Tuple<N> tanh(Tuple<N> x) {
        return x.map(n::tanh);
    }

    @Override
    public Tuple<N> asinh(Tuple<N> x) {
        return x.map(n::asinh);
    }

    @Override
    public Tuple<N> acosh(Tuple<N> x) {
        return x.map(n::acosh);
    }

    @Override
    public Tuple<N> atanh(Tuple<N> x) {
        return x.map(n::atanh);
    }

    @Override
    public Tuple<N> erf(Tuple<N> x) {
        return x.map(n::erf);
    }

    @Override
    public Tuple<N> erfc(Tuple<N> x) {
        return x.map(n::erfc);
    }

    @Override
    public Tuple<N> lgamma(Tuple<N> x) {
        return x.map(n::lgamma);
    }

    @Override
    public Tuple<N> negate(Tuple<N> x) {
        return x.map(n::negate);
    }

    @Override
    public Tuple<N> polygamma(int order, Tuple<N> x) {
        return x.map(v -> n.polygamma(order, v));
    }
}
