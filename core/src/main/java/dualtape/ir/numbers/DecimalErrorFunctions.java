package dualtape.ir.numbers;

import org.apache.commons.math3.dfp.Dfp;

/**
 * The error function and its complement for decimals: below 1 the series of positive terms
 * erf(x) = 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n + 1)!! (DLMF 7.6.2), above the trapezoidal rule described at
 * {@link ErrorFunctions} with a step h so small that e^(−π²/h²) is below all digits.
 */
final class DecimalErrorFunctions {
    private final DecimalFunctions f;
    /** 1 / h. */
    private final int nodesPerUnit;
    /** e^(−n²h²), while it counts. */
    private final Dfp[] weights;

    DecimalErrorFunctions(DecimalFunctions functions) {
        this.f = functions;
        double needed = functions.digits * Math.log(10);
        this.nodesPerUnit = (int) Math.ceil(Math.sqrt(needed) / Math.PI) + 1;
        this.weights = new Dfp[(int) Math.ceil(Math.sqrt(needed) * nodesPerUnit) + 1];
        for (int n = 0; n < weights.length; n++) {
            weights[n] = f.exp(node(n).multiply(node(n)).negate());
        }
    }

    /** n h. */
    private Dfp node(int n) {
        return f.over(f.number(n), nodesPerUnit);
    }

    Dfp erf(Dfp x) {
        if (x.isNaN() || f.isZero(x)) {
            return x;
        }
        Dfp a = x.abs();
        return a.lessThan(f.one) ? series(x) : Dfp.copysign(f.one.subtract(tail(a)), x);
    }

    Dfp erfc(Dfp x) {
        if (x.isNaN()) {
            return x;
        }
        if (x.abs().lessThan(f.one)) {
            return f.one.subtract(series(x));
        }
        return x.lessThan(f.zero) ? f.number(2).subtract(tail(x.abs())) : tail(x);
    }

    /** For |x| not above some units. */
    Dfp series(Dfp x) {
        Dfp square = x.multiply(x);
        Dfp term = x;
        Dfp sum = x;
        for (int n = 1; !f.negligible(term, sum); n++) {
            term = f.over(term.multiply(square).multiply(2), 2 * n + 1);
            sum = sum.add(term);
        }
        return sum.multiply(2).divide(f.pi.sqrt()).multiply(f.exp(square.negate()));
    }

    /** erfc(x) for x ≥ 1. */
    Dfp tail(Dfp x) {
        if (x.greaterThan(f.number(1000))) {
            return f.zero;
        }
        Dfp square = x.multiply(x);
        Dfp sum = f.zero;
        for (int n = weights.length - 1; n > 0; n--) {
            sum = sum.add(weights[n].divide(square.add(node(n).multiply(node(n)))));
        }
        sum = sum.multiply(2).add(f.one.divide(square));
        Dfp value = sum.multiply(x).divide(f.pi).divide(nodesPerUnit).multiply(f.exp(square.negate()));
        Dfp pole = f.pi.multiply(x).multiply(2 * nodesPerUnit);
        // Beyond the pole of the integrand nearest to the rule's own error, the residue is below all digits and not added.
        if (x.greaterThan(f.pi.multiply(nodesPerUnit))) {
            return value;
        }
        return value.subtract(f.divide(f.number(2), f.expm1(pole)));
    }
}
