package dualtape.ir.numbers;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * The Bernoulli numbers of even index as exact fractions, from the tangent numbers: B₂ₖ = (−1)ᵏ⁺¹ 2k Tₖ / (4ᵏ (4ᵏ − 1))
 * (DLMF 24.15.4), and Tₖ by the integer recurrence of D. E. Knuth and T. J. Buckholtz, "Computation of tangent, Euler,
 * and Bernoulli numbers", Math. Comp. 21 (1967) 663–688, doi:10.1090/S0025-5718-1967-0221735-9.
 */
final class Bernoulli {
    private Bernoulli() {
    }

    /** B₂, B₄, … up to B of index 2 · count. */
    static List<BigFraction> even(int count) {
        // derivative holds the coefficients of the m-th derivative of tan as a polynomial in tan: P′ = (1 + t²) dP/dt.
        BigInteger[] derivative = {BigInteger.ZERO, BigInteger.ONE};
        List<BigFraction> numbers = new ArrayList<>(count);
        for (int k = 1; k <= count; k++) {
            derivative = differentiate(derivative);
            BigInteger tangent = derivative[0];
            BigInteger four = BigInteger.ONE.shiftLeft(2 * k);
            BigInteger numerator = tangent.multiply(BigInteger.valueOf(k % 2 == 0 ? -2L * k : 2L * k));
            numbers.add(new BigFraction(numerator, four.multiply(four.subtract(BigInteger.ONE))));
            derivative = differentiate(derivative);
        }
        return numbers;
    }

    private static BigInteger[] differentiate(BigInteger[] p) {
        BigInteger[] next = new BigInteger[p.length + 1];
        Arrays.fill(next, BigInteger.ZERO);
        for (int j = 1; j < p.length; j++) {
            BigInteger term = p[j].multiply(BigInteger.valueOf(j));
            next[j - 1] = next[j - 1].add(term);
            next[j + 1] = next[j + 1].add(term);
        }
        return next;
    }
}
