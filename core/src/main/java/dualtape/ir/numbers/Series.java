package dualtape.ir.numbers;

import java.util.Arrays;

/**
 * A truncated power series c₀ + c₁ t + … + c_K tᴷ: a value c₀ and its first K Taylor coefficients f⁽ᵏ⁾ / k! along one variable t.
 * Immutable. Coefficients that are not held are zero, so a constant holds one and the variable itself two.
 *
 * @param <N> the coefficients
 */
public final class Series<N> implements SeriesTerms<N> {
    private final N zero;
    private final Object[] coefficients;
    private final boolean[] zeros;
    private final int length;

    /** The first {@code length} of these, without zeros at the end; at least one. The arrays are kept. */
    Series(N zero, Object[] coefficients, boolean[] zeros, int length) {
        this.zero = zero;
        this.coefficients = coefficients;
        this.zeros = zeros;
        int needed = length;
        while (needed > 1 && zeros[needed - 1]) {
            needed--;
        }
        this.length = needed;
    }

    /** The coefficient of tᵏ; zero beyond those held. */
    @Override
    @SuppressWarnings("unchecked")
    public N get(int k) {
        return k < length ? (N) coefficients[k] : zero;
    }

    /** The value: the coefficient of t⁰. */
    public N value() {
        return get(0);
    }

    /** Whether the coefficient of tᵏ is an exact zero. */
    @Override
    public boolean isZero(int k) {
        return k >= length || zeros[k];
    }

    /** The number of coefficients held: 1 more than the place of the last that is not zero, at least 1. */
    @Override
    public int length() {
        return length;
    }

    /** Whether it does not vary: all coefficients but the value are zero. */
    public boolean isConstant() {
        return length == 1;
    }

    /** The least k ≥ 1 whose coefficient is not zero; 0 for a constant. */
    int firstMove() {
        for (int k = 1; k < length; k++) {
            if (!zeros[k]) {
                return k;
            }
        }
        return 0;
    }

    /** The same coefficients. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Series<?> that
                && Arrays.equals(coefficients, 0, length, that.coefficients, 0, that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int k = 0; k < length; k++) {
            hash = 31 * hash + coefficients[k].hashCode();
        }
        return hash;
    }

    /** As in {@code [1.0, 0.5]}: the coefficients held. */
    @Override
    public String toString() {
        return Arrays.asList(coefficients).subList(0, length).toString();
    }
}
