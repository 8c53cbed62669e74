package dualtape.ir.numbers;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * log |Γ| and the polygamma functions of decimals: upward recurrence to where Stirling's series (Euler's and Maclaurin's for
 * n ≥ 1) gives all digits, reflection below zero, and for log Γ next to its zeros 1 and 2 the Taylor series (DLMF 5.5,
 * 5.7.3, 5.11.1, 5.15, 25.11.28).
 */
final class DecimalGammas {
    private final DecimalFunctions f;
    /** Stirling's series is asymptotic: its error at x is about e^(−2πx). */
    private final int start;
    private Dfp[] bernoulli;
    /** The coefficients of log Γ(1 + z) / z for |z| &lt; 1/16; made when first needed. */
    private Dfp[] atOne;

    DecimalGammas(DecimalFunctions functions) {
        this(functions, (int) Math.ceil(functions.digits * 0.5));
    }

    /** @param start from where on the asymptotic series is used */
    DecimalGammas(DecimalFunctions functions, int start) {
        this.f = functions;
        this.start = start;
    }

    /** B₂, B₄, …: as many as Stirling's series can use. */
    private synchronized Dfp[] bernoulli() {
        if (bernoulli == null) {
            List<BigFraction> exact = Bernoulli.even(start + f.digits / 2);
            Dfp[] made = new Dfp[exact.size()];
            for (int k = 0; k < made.length; k++) {
                BigFraction b = exact.get(k);
                made[k] = f.decimal(new BigDecimal(b.getNumerator()))
                        .divide(f.decimal(new BigDecimal(b.getDenominator())));
            }
            bernoulli = made;
        }
        return bernoulli;
    }

    Dfp lgamma(Dfp x) {
        if (x.isNaN()) {
            return x;
        }
        if (x.isInfinite() || f.isInteger(x) && !x.greaterThan(f.zero)) {
            return f.infinity(true);
        }
        if (x.lessThan(f.zero)) {
            Dfp product = sinPi(x).multiply(x).abs();
            return f.log(f.pi.divide(product)).subtract(lgamma(x.negate()));
        }
        for (int zero = 1; zero <= 2; zero++) {
            Dfp z = x.subtract(f.number(zero));
            if (z.abs().lessThan(f.one.divide(16))) {
                Dfp value = nextToOne(z);
                return zero == 1 ? value : value.add(f.log1p(z));
            }
        }
        Dfp product = f.one;
        Dfp y = x;
        while (y.lessThan(f.number(start))) {
            product = product.multiply(y);
            y = y.add(f.one);
        }
        Dfp[] numbers = bernoulli();
        Dfp inverseSquare = f.one.divide(y.multiply(y));
        Dfp power = f.one.divide(y);
        Dfp sum = f.zero;
        for (int k = 1; k <= numbers.length; k++) {
            Dfp term = f.over(numbers[k - 1].multiply(power), 2 * k * (2 * k - 1));
            sum = sum.add(term);
            if (f.negligible(term, f.one)) {
                break;
            }
            power = power.multiply(inverseSquare);
        }
        Dfp main = y.subtract(f.half).multiply(f.log(y)).subtract(y).add(f.log(f.pi.multiply(2)).multiply(f.half));
        return main.add(sum).subtract(f.log(product));
    }

    private Dfp nextToOne(Dfp z) {
        if (f.isZero(z)) {
            return f.zero;
        }
        Dfp[] coefficients = coefficientsAtOne();
        Dfp sum = f.zero;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = sum.multiply(z).add(coefficients[k]);
        }
        return sum.multiply(z);
    }

    /** −γ, then (−1)ᵏ ζ(k) / k = ψ⁽ᵏ⁻¹⁾(1) / k!. */
    private synchronized Dfp[] coefficientsAtOne() {
        if (atOne == null) {
            Dfp[] made = new Dfp[(int) Math.ceil(f.digits / Math.log10(16)) + 1];
            Dfp factorial = f.one;
            for (int k = 1; k <= made.length; k++) {
                factorial = factorial.multiply(k);
                made[k - 1] = polygamma(k - 1, f.one).divide(factorial);
            }
            atOne = made;
        }
        return atOne;
    }

    Dfp polygamma(int n, Dfp x) {
        if (n < 0) {
            throw new IllegalArgumentException("polygamma: the order must be 0 or more, got " + n);
        }
        boolean odd = n % 2 != 0;
        if (x.isNaN() || x.isInfinite() && x.lessThan(f.zero)) {
            return f.nan();
        }
        if (x.isInfinite()) {
            return n == 0 ? x : odd ? f.zero : f.zero.negate();
        }
        if (x.greaterThan(f.zero)) {
            return n == 0 ? digamma(x) : odd ? hurwitz(n, x) : hurwitz(n, x).negate();
        }
        if (f.isInteger(x)) {
            return odd ? f.infinity(true) : f.nan();
        }
        // ψ⁽ⁿ⁾(1 − x) = ψ⁽ⁿ⁾(−x) + (−1)ⁿ n! (−x)⁻ⁿ⁻¹
        Dfp mirrored = polygamma(n, x.negate());
        mirrored = odd ? mirrored.negate() : mirrored;
        Dfp step = factorial(n).divide(DecimalPowers.power(f, x.negate(), n + 1));
        return mirrored.add(step).subtract(cotangentDerivative(n, x));
    }

    private Dfp digamma(Dfp x) {
        Dfp sum = f.zero;
        Dfp y = x;
        while (y.lessThan(f.number(start))) {
            sum = sum.subtract(f.one.divide(y));
            y = y.add(f.one);
        }
        sum = sum.add(f.log(y)).subtract(f.half.divide(y));
        Dfp[] numbers = bernoulli();
        Dfp inverseSquare = f.one.divide(y.multiply(y));
        Dfp power = inverseSquare;
        for (int k = 1; k <= numbers.length; k++) {
            Dfp term = f.over(numbers[k - 1].multiply(power), 2 * k);
            sum = sum.subtract(term);
            if (f.negligible(term, f.one)) {
                break;
            }
            power = power.multiply(inverseSquare);
        }
        return sum;
    }

    /** n! ζ(n + 1, x) for x &gt; 0 and n ≥ 1. */
    private Dfp hurwitz(int n, Dfp x) {
        Dfp sum = f.zero;
        Dfp y = x;
        while (y.lessThan(f.number(start + n))) {
            sum = sum.add(f.one.divide(DecimalPowers.power(f, y, n + 1)));
            y = y.add(f.one);
        }
        Dfp inverse = f.one.divide(y);
        Dfp term = inverse.multiply(n + 1).multiply(f.half);
        Dfp[] numbers = bernoulli();
        Dfp tail = f.over(y, n).add(f.half);
        for (int j = 1; j <= numbers.length; j++) {
            Dfp correction = numbers[j - 1].multiply(term);
            tail = tail.add(correction);
            if (f.negligible(correction, tail)) {
                break;
            }
            term = term.multiply(inverse).multiply(inverse).multiply(n + 2 * j).multiply(n + 2 * j + 1);
            term = f.over(term, (2 * j + 1) * (2 * j + 2));
        }
        sum = sum.add(tail.divide(DecimalPowers.power(f, y, n + 1)));
        return sum.multiply(factorial(n));
    }

    private Dfp factorial(int n) {
        Dfp product = f.one;
        for (int k = 2; k <= n; k++) {
            product = product.multiply(k);
        }
        return product;
    }

    /** π dⁿ/dxⁿ cot πx, as a polynomial in the cotangent: see {@link Polygammas}. */
    private Dfp cotangentDerivative(int n, Dfp x) {
        Dfp[] c = {f.zero, f.one};
        for (int m = 0; m < n; m++) {
            Dfp[] next = new Dfp[c.length + 1];
            Arrays.fill(next, f.zero);
            for (int j = 1; j < c.length; j++) {
                Dfp slope = c[j].multiply(j);
                next[j - 1] = next[j - 1].subtract(slope);
                next[j + 1] = next[j + 1].subtract(slope);
            }
            c = next;
        }
        Dfp r = x.subtract(x.rint());
        Dfp rest = f.half.subtract(r.abs());
        Dfp cotangent = f.sin(f.pi.multiply(rest)).divide(f.sin(f.pi.multiply(r.abs())));
        cotangent = Dfp.copysign(cotangent, r);
        Dfp sum = f.zero;
        for (int j = n + 1; j >= 0; j--) {
            sum = sum.multiply(cotangent).add(c[j]);
        }
        return sum.multiply(DecimalPowers.power(f, f.pi, n + 1));
    }

    /** sin πx, whose argument is reduced exactly. */
    private Dfp sinPi(Dfp x) {
        return f.sin(f.pi.multiply(x.subtract(x.rint())));
    }
}
