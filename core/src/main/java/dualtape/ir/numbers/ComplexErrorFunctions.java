package dualtape.ir.numbers;

import dualtape.ir.numbers.ComplexNumbers.Complex;

/** The error function of complex numbers by the formulas of {@link ErrorFunctions}, which hold right of the imaginary axis. */
final class ComplexErrorFunctions {
    private static final double SMALL = 0.5;
    private static final double NO_RESIDUE = 6;
    private static final double STEP = 0.5;
    private static final int NODES = 12;
    private static final int TERMS = 20;
    private static final double EXP_MINUS_128 = Doubles.exp(-128);

    private ComplexErrorFunctions() {
    }

    static Complex erf(Complex x) {
        if (Math.abs(x.re()) <= SMALL) {
            return series(x);
        }
        return x.re() < 0 ? tail(x.negated()).plus(-1) : tail(x).negated().plus(1);
    }

    static Complex erfc(Complex x) {
        if (Math.abs(x.re()) <= SMALL) {
            return series(x).negated().plus(1);
        }
        return x.re() < 0 ? tail(x.negated()).negated().plus(2) : tail(x);
    }

    private static Complex series(Complex x) {
        Complex square = x.times(x).negated();
        Complex power = x;
        Complex sum = x;
        for (int n = 1; n <= TERMS; n++) {
            power = power.times(square).times(1.0 / n);
            sum = sum.plus(power.times(1.0 / (2 * n + 1)));
        }
        return sum.times(2 / Math.sqrt(Math.PI));
    }

    private static Complex tail(Complex x) {
        double a = x.re();
        if (a > 1e150) {
            return Complex.ZERO;
        }
        Complex square = x.times(x);
        double low = Math.fma(a, a, -a * a);
        Complex sum = Complex.ONE.over(square);
        for (int n = NODES; n > 0; n--) {
            double node = n * STEP * (n * STEP);
            sum = sum.plus(Complex.real(2 * Doubles.exp(-node)).over(square.plus(node)));
        }
        Complex factor = sum.times(x).times(STEP / Math.PI).times(1 - low);
        if (square.re() > 512) {
            return ComplexElementary.exp(square.negated().plus(128)).times(factor).times(EXP_MINUS_128);
        }
        Complex value = ComplexElementary.exp(square.negated()).times(factor);
        return a < NO_RESIDUE
                ? value.minus(Complex.real(2).over(ComplexElementary.expm1(x.times(2 * Math.PI / STEP))))
                : value;
    }
}
