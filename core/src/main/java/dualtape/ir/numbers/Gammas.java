package dualtape.ir.numbers;

/**
 * log |Γ| and its derivative ψ for doubles.
 *
 * <p>Each has one interval in which it is summed from a Taylor series, around its zeros so that the relative error stays
 * small there; recurrence brings smaller and moderate arguments into that interval by exact subtractions, Stirling's
 * series serves from 10 on, reflection below −½ (DLMF §5.5, 5.7.3, 5.11.1, 5.11.2; M. Abramowitz and I. A. Stegun,
 * Handbook of Mathematical Functions, chapter 6).
 */
final class Gammas {
    /** From here on Stirling's series, up to the term in B₁₆, is exact to all digits. */
    private static final double LARGE = 10;
    private static final double EULER = 0.5772156649015329;
    private static final double ONE_MINUS_EULER = 0.42278433509846713;
    private static final double HALF_LOG_2_PI = 0.9189385332046728;
    private static final double LOG_PI = 1.1447298858494002;
    /** The zero of ψ is ROOT + ROOT_LOW. */
    private static final double ROOT = 1.4616321449683622;
    private static final double ROOT_LOW = 9.549995429965697e-17;

    /** ζ(k) − 1 from k = 2 on. */
    private static final double[] ZETA = {
        0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993,
        0.01734306198444914, 0.008349277381922827, 0.00407735619794434, 0.0020083928260822143,
        0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
        6.124813505870483e-05, 3.058823630702049e-05, 1.528225940865187e-05, 7.637197637899763e-06,
        3.81729326499984e-06, 1.908212716553939e-06, 9.539620338727962e-07, 4.769329867878064e-07,
        2.38450502727733e-07, 1.1921992596531106e-07, 5.960818905125948e-08, 2.980350351465228e-08,
        1.4901554828365043e-08, 7.45071178983543e-09, 3.725334024788457e-09, 1.862659723513049e-09,
        9.313274324196682e-10, 4.656629065033784e-10, 2.3283118336765053e-10, 1.164155017270052e-10,
        5.820772087902701e-11, 2.9103850444971e-11, 1.4551921891041985e-11, 7.275959835057482e-12,
        3.637979547378651e-12, 1.818989650307066e-12, 9.094947840263888e-13, 4.547473783042154e-13,
        2.2737368458246524e-13, 1.136868407680228e-13, 5.684341987627585e-14, 2.842170976889302e-14,
        1.4210854828031608e-14, 7.105427395210853e-15, 3.552713691337114e-15, 1.7763568435791204e-15,
        8.881784210930816e-16, 4.440892103143813e-16, 2.220446050798042e-16};

    /** The derivatives of ψ at its zero, ψ⁽ᵏ⁾ / k!, from k = 1 on. */
    private static final double[] AT_ROOT = {
        0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652,
        0.10782405069126237, -0.07219956125645471, 0.04880428816414311, -0.03316112647484736,
        0.022597648232218104, -0.01542476590494896, 0.010538791616612175, -0.007204534386356869,
        0.004926781395729853, -0.003369801655439328, 0.002305126326734928, -0.0015769367714301972,
        0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
        0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741, -7.569179582195066e-05,
        5.178575795222081e-05, -3.5430070947659604e-05, 2.424006611860132e-05, -1.6584242271854135e-05,
        1.134638458466385e-05, -7.762817668462094e-06, 5.3110609208898636e-06, -3.6336507898010456e-06,
        2.486022733129538e-06, -1.7008538854332607e-06, 1.1636675363548843e-06};

    /** The Bernoulli numbers B₂, B₄, … B₁₆. */
    private static final double[] BERNOULLI = {
        1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510};

    /** The coefficients of log Γ(1 + z) / z. */
    private static final double[] AT_ONE = new double[ZETA.length + 1];
    /** The coefficients of log Γ(2 + z) / z, whose series converges faster. */
    private static final double[] AT_TWO = new double[28];
    /** B₂ₖ / (2k (2k − 1)), of Stirling's series for log Γ. */
    private static final double[] STIRLING = new double[BERNOULLI.length];
    /** −B₂ₖ / (2k), of its derivative. */
    private static final double[] STIRLING_SLOPE = new double[BERNOULLI.length];

    static {
        AT_ONE[0] = -EULER;
        AT_TWO[0] = ONE_MINUS_EULER;
        for (int k = 2; k <= AT_ONE.length; k++) {
            double sign = k % 2 == 0 ? 1 : -1;
            AT_ONE[k - 1] = sign * (1 + ZETA[k - 2]) / k;
            if (k <= AT_TWO.length) {
                AT_TWO[k - 1] = sign * ZETA[k - 2] / k;
            }
        }
        for (int k = 1; k <= BERNOULLI.length; k++) {
            STIRLING[k - 1] = BERNOULLI[k - 1] / (2 * k * (2 * k - 1));
            STIRLING_SLOPE[k - 1] = -BERNOULLI[k - 1] / (2 * k);
        }
    }

    private Gammas() {
    }

    /** log |Γ(x)|. */
    static double lgamma(double x) {
        if (x >= LARGE) {
            return stirling(x);
        }
        if (x > 2.5) {
            double product = 1;
            double y = x;
            while (y > 2.5) {
                y -= 1;
                product *= y;
            }
            return StrictMath.log(product) + (y - 2) * polynomial(AT_TWO, y - 2);
        }
        if (x >= 1.5) {
            return (x - 2) * polynomial(AT_TWO, x - 2);
        }
        if (x > 0.5) {
            return (x - 1) * polynomial(AT_ONE, x - 1);
        }
        if (x >= -0.5) {
            return x * polynomial(AT_ONE, x) - StrictMath.log(Math.abs(x));
        }
        if (x == Math.rint(x)) {
            return Double.POSITIVE_INFINITY;
        }
        if (Double.isNaN(x)) {
            return x;
        }
        return LOG_PI - StrictMath.log(Math.abs(x * sinPi(x))) - lgamma(-x);
    }

    /** (x − ½) log x − x + ½ log 2π + Σ B₂ₖ / (2k (2k − 1) x²ᵏ⁻¹); ∞ where that overflows. */
    private static double stirling(double x) {
        double log = StrictMath.log(x);
        double inverse = 1 / x;
        double rest = HALF_LOG_2_PI - 0.5 * log + inverse * polynomial(STIRLING, inverse * inverse);
        return x == Double.POSITIVE_INFINITY ? x : Math.fma(x, log - 1, rest);
    }

    /** ψ(x). */
    static double digamma(double x) {
        if (x >= LARGE) {
            double inverse = 1 / x;
            return StrictMath.log(x) - 0.5 * inverse
                    + inverse * inverse * polynomial(STIRLING_SLOPE, inverse * inverse);
        }
        if (x > -0.5) {
            if (x == 0) {
                return Double.NaN;
            }
            double sum = 0;
            double y = x;
            for (; y > 1.97; sum += 1 / y) {
                y -= 1;
            }
            for (; y < 0.96; y += 1) {
                sum -= 1 / y;
            }
            double d = (y - ROOT) - ROOT_LOW;
            return sum + d * polynomial(AT_ROOT, d);
        }
        if (Double.isNaN(x) || x == Math.rint(x)) {
            return Double.NaN;
        }
        return digamma(-x) - 1 / x - Math.PI * cotPi(x);
    }

    /** sin πx, whose argument is reduced exactly. */
    static double sinPi(double x) {
        double nearest = Math.rint(x);
        double r = x - nearest;
        double a = Math.abs(r);
        double sine = a <= 0.25 ? StrictMath.sin(Math.PI * a) : StrictMath.cos(Math.PI * (0.5 - a));
        return nearest % 2 == 0 ? Math.copySign(sine, r) : -Math.copySign(sine, r);
    }

    /** cot πx, whose argument is reduced exactly. */
    static double cotPi(double x) {
        double r = x - Math.rint(x);
        double a = Math.abs(r);
        double cotangent = a <= 0.25 ? 1 / StrictMath.tan(Math.PI * a) : StrictMath.tan(Math.PI * (0.5 - a));
        return Math.copySign(cotangent, r);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = 0;
        for (int k = coefficients.length - 1; k >= 0; k--) {
            sum = Math.fma(sum, x, coefficients[k]);
        }
        return sum;
    }
}
