package dualtape.ir.numbers;

import dualtape.ir.Numbers;

/**
 * What a value depends on, as a kind of number: a definition evaluated over the sets of its inputs' indices gives its
 * sparsity pattern, one row of the Jacobian a value.
 *
 * <p>The pattern is structural. An operation depends on everything that its operands depend on, also where the slope happens
 * to be zero at a point (x · 0, x − x); piecewise constants (sign, floor, rint, less, equal, isNaN) depend on nothing; a
 * selection depends on both of its branches, not on its condition.
 */
public final class IndexSets implements Numbers<IndexSet> {
    /** The only instance. */
    public static final IndexSets INSTANCE = new IndexSets();

    private IndexSets() {
    }

    /** A constant: the empty set. */
    @Override
    public IndexSet of(double c) {
        return IndexSet.EMPTY;
    }

    @Override
    public IndexSet add(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet subtract(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet multiply(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet divide(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet negate(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet exp(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet log(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet expm1(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet log1p(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet log2(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet log10(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet sqrt(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet cbrt(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet sin(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet cos(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet tan(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet asin(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet acos(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet atan(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet atan2(IndexSet y, IndexSet x) {
        return y.union(x);
    }

    @Override
    public IndexSet sinh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet cosh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet tanh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet asinh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet acosh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet atanh(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet hypot(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet pow(IndexSet x, IndexSet y) {
        return x.union(y);
    }

    @Override
    public IndexSet erf(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet erfc(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet lgamma(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet polygamma(int n, IndexSet x) {
        return x;
    }

    @Override
    public IndexSet abs(IndexSet x) {
        return x;
    }

    @Override
    public IndexSet sign(IndexSet x) {
        return IndexSet.EMPTY;
    }

    @Override
    public IndexSet floor(IndexSet x) {
        return IndexSet.EMPTY;
    }

    @Override
    public IndexSet rint(IndexSet x) {
        return IndexSet.EMPTY;
    }

    @Override
    public IndexSet less(IndexSet x, IndexSet y) {
        return IndexSet.EMPTY;
    }

    @Override
    public IndexSet equal(IndexSet x, IndexSet y) {
        return IndexSet.EMPTY;
    }

    @Override
    public boolean definite() {
        return false;
    }

    @Override
    public IndexSet select(IndexSet condition, IndexSet then, IndexSet otherwise) {
        return then.union(otherwise);
    }
}
