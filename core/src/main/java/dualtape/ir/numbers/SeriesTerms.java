package dualtape.ir.numbers;

/** Coefficients that can be read: of a series, or those that a recurrence has found so far. */
interface SeriesTerms<N> {
    /** The coefficient of tᵏ. */
    N get(int k);

    /** Whether the coefficient of tᵏ is an exact zero. */
    boolean isZero(int k);

    /** The number of coefficients; those beyond are zero or not known yet. */
    int length();
}
