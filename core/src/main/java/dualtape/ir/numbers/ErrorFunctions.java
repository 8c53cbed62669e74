package dualtape.ir.numbers;

/**
 * The error function and its complement for doubles.
 *
 * <p>Near zero: the Maclaurin series (DLMF 7.6.1). Elsewhere: the trapezoidal rule of step h for the integral
 * erfc(x) = (x/π) e^(−x²) ∫ e^(−t²) / (t² + x²) dt, to which the residue of its pole is added,
 *
 * <pre>erfc(x) = (h x / π) e^(−x²) (1/x² + 2 Σ e^(−n²h²) / (n²h² + x²)) − 2 / (e^(2πx/h) − 1).</pre>
 *
 * Its relative error is e^(−π²/h²), 7e−18 for h = ½; all terms of the sum are positive, twelve of them count (C. Chiarella,
 * A. Reichel, "On the evaluation of integrals related to the error function", Math. Comp. 22 (1968) 137–143,
 * doi:10.1090/S0025-5718-1968-0223070-2; D. B. Hunter, T. Regan, "A note on the evaluation of the complementary error
 * function", Math. Comp. 26 (1972) 539–541, doi:10.1090/S0025-5718-1972-0303685-3).
 */
final class ErrorFunctions {
    /** 2/√π = SLOPE + SLOPE_LOW. */
    private static final double SLOPE = 1.1283791670955126;
    private static final double SLOPE_LOW = 1.533545961316588e-17;
    /** Up to here erf is summed from its Maclaurin series. */
    private static final double SMALL = 0.5;
    /** From here on the residue does not count. */
    private static final double NO_RESIDUE = 6;
    /** From here on erfc is below the least double. */
    private static final double UNDERFLOW = 27.3;
    private static final double STEP = 0.5;
    private static final double EXP_MINUS_128 = StrictMath.exp(-128);
    private static final int NODES = 12;
    private static final int TERMS = 14;
    /** e^(−n²h²). */
    private static final double[] WEIGHT = new double[NODES + 1];
    /** The series' coefficients, 2/√π (−1)ⁿ / (n! (2n + 1)). */
    private static final double[] MACLAURIN = new double[TERMS + 1];

    static {
        for (int n = 0; n <= NODES; n++) {
            WEIGHT[n] = StrictMath.exp(-(n * STEP) * (n * STEP));
        }
        double factorial = 1;
        for (int n = 0; n <= TERMS; n++) {
            MACLAURIN[n] = (n % 2 == 0 ? SLOPE : -SLOPE) / (factorial * (2 * n + 1));
            factorial *= n + 1;
        }
    }

    private ErrorFunctions() {
    }

    /** 2/√π ∫₀ˣ exp(−t²) dt. */
    static double erf(double x) {
        double a = Math.abs(x);
        if (a <= SMALL) {
            return series(x);
        }
        if (a >= NO_RESIDUE) {
            return Math.copySign(1, x);
        }
        return Math.copySign(1 - tail(a), x);
    }

    /** 1 − erf(x). */
    static double erfc(double x) {
        if (x > SMALL) {
            return x >= UNDERFLOW ? 0 : tail(x);
        }
        if (x >= -SMALL) {
            return 1 - series(x);
        }
        return x <= -NO_RESIDUE ? 2 : 2 - tail(-x);
    }

    private static double series(double x) {
        double square = x * x;
        double sum = MACLAURIN[TERMS];
        for (int n = TERMS - 1; n > 0; n--) {
            sum = Math.fma(sum, square, MACLAURIN[n]);
        }
        return Math.fma(x, SLOPE, x * Math.fma(sum, square, SLOPE_LOW));
    }

    /** erfc(x) for x above SMALL; NaN of NaN. */
    private static double tail(double x) {
        double square = x * x;
        double low = Math.fma(x, x, -square);
        double sum = 0;
        for (int n = NODES; n > 0; n--) {
            sum += WEIGHT[n] / ((n * STEP) * (n * STEP) + square);
        }
        double factor = Math.fma(2 * sum, square, 1) * STEP / (Math.PI * x);
        if (square > 512) {
            // The exponential alone would be subnormal before the product is.
            return StrictMath.exp(128 - square) * (factor - factor * low) * EXP_MINUS_128;
        }
        double value = StrictMath.exp(-square) * (factor - factor * low);
        return x < NO_RESIDUE ? value - 2 / StrictMath.expm1(2 * Math.PI / STEP * x) : value;
    }
}
