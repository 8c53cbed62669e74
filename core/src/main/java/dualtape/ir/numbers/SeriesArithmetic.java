package dualtape.ir.numbers;

import dualtape.ir.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums, products and quotients of series truncated after tᴷ, and the one step that the recurrences of all functions are made of:
 * y′ = g x′ gives k yₖ = Σ j xⱼ gₖ₋ⱼ (A. Griewank, A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, section 13.2). K²/2
 * multiplications each.
 *
 * <p>Every product of two coefficients is one of the chain rule: an exact zero in either factor gives zero, also against infinity
 * or NaN. Such terms are left out, so sparse series cost less.
 */
final class SeriesArithmetic<N> {
    final Numbers<N> base;
    final int order;
    final N zero;
    final N one;

    SeriesArithmetic(Numbers<N> base, int order) {
        this.base = base;
        this.order = order;
        this.zero = base.of(0);
        this.one = base.of(1);
    }

    /** Coefficients in the making. */
    static final class Growing<N> implements SeriesTerms<N> {
        private final SeriesArithmetic<N> arithmetic;
        private Object[] coefficients;
        private boolean[] zeros;
        private int length;

        private Growing(SeriesArithmetic<N> arithmetic, N value, int capacity) {
            this.arithmetic = arithmetic;
            this.coefficients = new Object[capacity];
            this.zeros = new boolean[capacity];
            add(value);
        }

        /** The next coefficient. */
        void add(N coefficient) {
            zeros[length] = arithmetic.isZero(coefficient);
            coefficients[length++] = coefficient;
        }

        @Override
        @SuppressWarnings("unchecked")
        public N get(int k) {
            return (N) coefficients[k];
        }

        @Override
        public boolean isZero(int k) {
            return zeros[k];
        }

        @Override
        public int length() {
            return length;
        }

        Series<N> series() {
            return new Series<>(arithmetic.zero, coefficients, zeros, length);
        }
    }

    /** Exactly zero, in a base that is a series itself in every coefficient. */
    boolean isZero(N x) {
        return base.ifZero(x, zero, x).equals(zero);
    }

    boolean isNegative(N x) {
        return holds(base.less(x, zero));
    }

    /** Whether a condition, 0 or 1 in the base, is 1. */
    boolean holds(N condition) {
        return base.select(condition, one, zero).equals(one);
    }

    Series<N> constant(N value) {
        return new Series<>(zero, new Object[] {value}, new boolean[] {isZero(value)}, 1);
    }

    /** A series that begins with this value and is to get more coefficients, up to tᴷ. */
    Growing<N> growing(N value) {
        return new Growing<>(this, value, order + 1);
    }

    Growing<N> growing(N value, int last) {
        return new Growing<>(this, value, Math.min(last, order) + 1);
    }

    /** The same with another value. */
    Series<N> withValue(N value, Series<N> x) {
        Growing<N> y = growing(value, x.length() - 1);
        for (int k = 1; k < x.length(); k++) {
            y.add(x.get(k));
        }
        return y.series();
    }

    /** sum + Σ xⱼ yₖ₋ⱼ over j from {@code from} to {@code to}, as far as both are held. */
    N convolve(SeriesTerms<N> x, SeriesTerms<N> y, int k, int from, int to, N sum) {
        N result = sum;
        int last = Math.min(to, x.length() - 1);
        for (int j = Math.max(from, k - y.length() + 1); j <= last; j++) {
            if (!x.isZero(j) && !y.isZero(k - j)) {
                result = base.multiplyAdd(x.get(j), y.get(k - j), result);
            }
        }
        return result;
    }

    Series<N> add(Series<N> x, Series<N> y) {
        Growing<N> z = growing(base.add(x.value(), y.value()), Math.max(x.length(), y.length()) - 1);
        for (int k = 1; k < x.length() || k < y.length(); k++) {
            z.add(x.isZero(k) ? y.get(k) : y.isZero(k) ? x.get(k) : base.add(x.get(k), y.get(k)));
        }
        return z.series();
    }

    Series<N> subtract(Series<N> x, Series<N> y) {
        Growing<N> z = growing(base.subtract(x.value(), y.value()), Math.max(x.length(), y.length()) - 1);
        for (int k = 1; k < x.length() || k < y.length(); k++) {
            z.add(y.isZero(k) ? x.get(k) : x.isZero(k) ? base.negate(y.get(k)) : base.subtract(x.get(k), y.get(k)));
        }
        return z.series();
    }

    Series<N> negate(Series<N> x) {
        Growing<N> y = growing(base.negate(x.value()), x.length() - 1);
        for (int k = 1; k < x.length(); k++) {
            y.add(x.isZero(k) ? zero : base.negate(x.get(k)));
        }
        return y.series();
    }

    /** x / c for a number c. */
    Series<N> over(Series<N> x, N c) {
        Growing<N> y = growing(base.divide(x.value(), c), x.length() - 1);
        for (int k = 1; k < x.length(); k++) {
            y.add(x.isZero(k) ? zero : base.divide(x.get(k), c));
        }
        return y.series();
    }

    /** x · y + z; its value is {@code value}. */
    Series<N> product(N value, Series<N> x, Series<N> y, Series<N> z) {
        int last = Math.max(x.length() + y.length() - 2, z.length() - 1);
        Growing<N> result = growing(value, last);
        for (int k = 1; k <= last && k <= order; k++) {
            result.add(convolve(x, y, k, 0, k, z.get(k)));
        }
        return result.series();
    }

    /** x · y in which the value too is a product of the chain rule. */
    Series<N> product(Series<N> x, Series<N> y) {
        Series<N> nothing = constant(zero);
        return product(convolve(x, y, 0, 0, 0, zero), x, y, nothing);
    }

    /** x / y: qₖ = (xₖ − Σ qⱼ yₖ₋ⱼ) / y₀; its value is {@code value}. */
    Series<N> quotient(N value, Series<N> x, Series<N> y) {
        if (y.isConstant()) {
            return withValue(value, over(x, y.value()));
        }
        Growing<N> q = growing(value);
        for (int k = 1; k <= order; k++) {
            N known = convolve(q, y, k, 0, k - 1, zero);
            q.add(chained(base.subtract(x.get(k), known), y.value()));
        }
        return q.series();
    }

    /** x / y in which the value too has the zeros of the chain rule. */
    Series<N> quotient(Series<N> x, Series<N> y) {
        return quotient(chained(x.value(), y.value()), x, y);
    }

    /** x / y, but 0 where x is an exact zero. */
    private N chained(N x, N y) {
        return isZero(x) ? zero : base.divide(x, y);
    }

    /** 1 / y. */
    Series<N> reciprocal(Series<N> y) {
        return quotient(constant(one), y);
    }

    /** x′. */
    Series<N> derivative(Series<N> x) {
        if (x.isConstant()) {
            return constant(zero);
        }
        Growing<N> y = growing(x.get(1), x.length() - 2);
        for (int k = 2; k < x.length(); k++) {
            y.add(x.isZero(k) ? zero : base.multiply(base.of(k), x.get(k)));
        }
        return y.series();
    }

    /** The next coefficient of y, of which y′ = g x′: the k-th, from g up to k − 1. */
    N step(int k, Series<N> slope, SeriesTerms<N> g) {
        return base.divide(convolve(slope, g, k - 1, 0, k - 1, zero), base.of(k));
    }

    /** The series of this value and of the derivative p. */
    Series<N> integral(N value, Series<N> p) {
        Growing<N> y = growing(value, p.length());
        for (int k = 1; k <= p.length() && k <= order; k++) {
            y.add(p.isZero(k - 1) ? zero : base.divide(p.get(k - 1), base.of(k)));
        }
        return y.series();
    }

    /** The series of this value and of the derivative g x′: what all functions with an elementary slope g are. */
    Series<N> integral(N value, Series<N> g, Series<N> x) {
        return integral(value, product(g, derivative(x)));
    }

    /** tⁿ x for n ≥ 0; for n &lt; 0, the first −n coefficients of x being zero, x / t⁻ⁿ. */
    Series<N> shifted(Series<N> x, int n) {
        Growing<N> y = growing(n > 0 ? zero : x.get(-n), x.length() - 1 + n);
        for (int k = 1; k <= order && k < x.length() + n; k++) {
            y.add(k < n ? zero : x.get(k - n));
        }
        return y.series();
    }

    /**
     * Σ cⱼ dʲ of a series d whose value is zero, for functions that satisfy no differential equation to make a recurrence of: blocks
     * of √K terms (R. P. Brent, H. T. Kung, "Fast algorithms for manipulating formal power series", J. ACM 25 (1978) 581–595,
     * doi:10.1145/322092.322099, algorithm 2.1). 2 √K products of series, O(K) in all where d is one term c tᵐ.
     */
    Series<N> compose(List<N> c, Series<N> d) {
        int block = (int) Math.ceil(Math.sqrt(c.size()));
        List<Series<N>> powers = new ArrayList<>(List.of(constant(one)));
        while (powers.size() <= block) {
            powers.add(product(powers.get(powers.size() - 1), d));
        }
        Series<N> sum = constant(zero);
        for (int first = (c.size() - 1) / block * block; first >= 0; first -= block) {
            List<N> these = c.subList(first, Math.min(first + block, c.size()));
            sum = product(these.get(0), sum, powers.get(block), combination(these, powers));
        }
        return sum;
    }

    /** Σ cᵢ xᵢ, but for the value. */
    private Series<N> combination(List<N> c, List<Series<N>> x) {
        Growing<N> sum = growing(zero);
        for (int k = 1; k <= order; k++) {
            N coefficient = zero;
            for (int i = 0; i < c.size(); i++) {
                if (!x.get(i).isZero(k)) {
                    coefficient = base.multiplyAdd(c.get(i), x.get(i).get(k), coefficient);
                }
            }
            sum.add(coefficient);
        }
        return sum.series();
    }
}
