package dualtape.ir.numbers;

import static dualtape.ir.numbers.ComplexNumbers.Complex.product;

import dualtape.ir.numbers.ComplexNumbers.Complex;

/**
 * Exponentials, logarithms, powers and roots of complex numbers. Where |z|² would round away the imaginary part,
 * z = a (1 + i t) is used with t = b / a: then |z| = |a| √(1 + t²) and arg z = atan t.
 */
final class ComplexElementary {
    private static final double LN_2 = Doubles.log(2);
    private static final double LN_10 = Doubles.log(10);

    private ComplexElementary() {
    }

    static final Complex NAN = new Complex(Double.NaN, Double.NaN);

    /** The value of a real function where its slope is infinite. */
    static Complex steep(double value, double im) {
        return new Complex(value, im == 0 ? 0 : Math.copySign(Double.POSITIVE_INFINITY, im));
    }

    /** b / a, 0 for b = 0. */
    private static double ratio(double b, double a) {
        return b == 0 ? 0 : b / a;
    }

    static Complex exp(Complex x) {
        double size = Doubles.exp(x.re());
        return new Complex(size * Doubles.cos(x.im()), product(size, Doubles.sin(x.im())));
    }

    static Complex expm1(Complex x) {
        double half = Doubles.sin(x.im() / 2);
        double size = Doubles.exp(x.re());
        double real = Doubles.expm1(x.re()) * Doubles.cos(x.im()) - product(2 * half, half);
        return new Complex(real, product(size, Doubles.sin(x.im())));
    }

    static Complex log(Complex x) {
        return logarithm(Doubles.log(x.re()), x.re(), x.im());
    }

    static Complex log1p(Complex x) {
        return logarithm(Doubles.log1p(x.re()), 1 + x.re(), x.im());
    }

    static Complex log2(Complex x) {
        return scaled(Doubles.log2(x.re()), x, LN_2);
    }

    static Complex log10(Complex x) {
        return scaled(Doubles.log10(x.re()), x, LN_10);
    }

    /** log(a + i b), given log a. */
    private static Complex logarithm(double log, double a, double b) {
        if (!(a > 0)) {
            return a == 0 ? steep(log, b) : NAN;
        }
        double t = ratio(b, a);
        return new Complex(log + 0.5 * Doubles.log1p(t * t), Doubles.atan(t));
    }

    private static Complex scaled(double log, Complex x, double base) {
        Complex rest = logarithm(0, x.re(), x.im());
        return new Complex(log + rest.re() / base, rest.im() / base);
    }

    static Complex sqrt(Complex x) {
        double a = x.re();
        double b = x.im();
        if (!(a > 0) || a == Double.POSITIVE_INFINITY) {
            return a == 0 ? steep(a, b) : a > 0 ? new Complex(a, b == 0 ? 0 : b / a) : NAN;
        }
        double root = Math.sqrt(b == 0 ? a : a / 2 + Doubles.hypot(a, b) / 2);
        return new Complex(root, b / root / 2);
    }

    static Complex cbrt(Complex x) {
        double root = Doubles.cbrt(x.re());
        if (x.re() == 0) {
            return steep(root, x.im());
        }
        double t = ratio(x.im(), x.re());
        double size = root * Doubles.exp(Doubles.log1p(t * t) / 6);
        double angle = Doubles.atan(t) / 3;
        return new Complex(size * Doubles.cos(angle), product(size, Doubles.sin(angle)));
    }

    static Complex sin(Complex x) {
        return new Complex(Doubles.sin(x.re()) * Doubles.cosh(x.im()),
                product(Doubles.cos(x.re()), Doubles.sinh(x.im())));
    }

    static Complex cos(Complex x) {
        return new Complex(Doubles.cos(x.re()) * Doubles.cosh(x.im()),
                product(-Doubles.sin(x.re()), Doubles.sinh(x.im())));
    }

    /** (T + i H) / (1 − i T H) with T = tan a and H = tanh b. */
    static Complex tan(Complex x) {
        double tangent = Doubles.tan(x.re());
        double hyperbolic = Doubles.tanh(x.im());
        double scale = 1 + product(tangent * hyperbolic, tangent * hyperbolic);
        double real = tangent * (1 - hyperbolic) * (1 + hyperbolic);
        return new Complex(real / scale, product(1 + tangent * tangent, hyperbolic) / scale);
    }

    static Complex sinh(Complex x) {
        return new Complex(Doubles.sinh(x.re()) * Doubles.cos(x.im()),
                product(Doubles.cosh(x.re()), Doubles.sin(x.im())));
    }

    static Complex cosh(Complex x) {
        return new Complex(Doubles.cosh(x.re()) * Doubles.cos(x.im()),
                product(Doubles.sinh(x.re()), Doubles.sin(x.im())));
    }

    /** (H + i T) / (1 + i H T) with H = tanh a and T = tan b; 1 − H² is 4q / (1 + q)² with q = e^(−2|a|). */
    static Complex tanh(Complex x) {
        double hyperbolic = Doubles.tanh(x.re());
        double tangent = Doubles.tan(x.im());
        double q = Doubles.exp(-2 * Math.abs(x.re()));
        double scale = 1 + product(tangent * hyperbolic, tangent * hyperbolic);
        double slope = 4 * q / ((1 + q) * (1 + q));
        return new Complex(hyperbolic * (1 + tangent * tangent) / scale, product(slope, tangent) / scale);
    }

    static Complex hypot(Complex x, Complex y) {
        double scale = Math.max(Math.abs(x.re()), Math.abs(y.re()));
        double value = Doubles.hypot(x.re(), y.re());
        if (x.im() == 0 && y.im() == 0) {
            return new Complex(value, 0);
        }
        if (!(scale > 0) || scale == Double.POSITIVE_INFINITY) {
            return new Complex(value, Double.NaN);
        }
        Complex u = new Complex(x.re() / scale, x.im() / scale);
        Complex v = new Complex(y.re() / scale, y.im() / scale);
        return sqrt(u.times(u).plus(v.times(v))).times(scale);
    }

    /**
     * aʸ · exp(y log x − Re y log a) with a = Re x: the real power carries the size, the exponential only what the imaginary parts
     * add. A negative a needs a real integer y.
     */
    static Complex pow(Complex x, Complex y) {
        double a = x.re();
        double value = Doubles.pow(a, y.re());
        if (x.im() == 0 && y.im() == 0) {
            return new Complex(value, 0);
        }
        if (a == 0) {
            return powOfZero(x, y, value);
        }
        if (a < 0 && y.im() != 0) {
            return new Complex(value, Double.NaN);
        }
        double t = ratio(x.im(), a);
        double stretch = 0.5 * Doubles.log1p(t * t);
        double angle = Doubles.atan(t);
        double log = y.im() == 0 ? 0 : Doubles.log(a);
        double real = product(y.re(), stretch) - product(y.im(), angle);
        double imaginary = product(y.re(), angle) + product(y.im(), log + stretch);
        double size = real == 0 ? value : value * Doubles.exp(real);
        return new Complex(size * Doubles.cos(imaginary), product(size, Doubles.sin(imaginary)));
    }

    /** 0ʸ: the slope in x is 0 for y &gt; 1, 1 for y = 1, infinite below except for the constant x⁰; in y it is 0 for y &gt; 0. */
    private static Complex powOfZero(Complex x, Complex y, double value) {
        if (y.im() != 0 && !(y.re() > 0)) {
            return new Complex(value, Double.NaN);
        }
        if (x.im() == 0 || y.re() > 1 || y.re() == 0) {
            return new Complex(value, 0);
        }
        if (y.re() == 1) {
            return new Complex(value, x.im());
        }
        return new Complex(value, y.re() > 0 ? Math.copySign(Double.POSITIVE_INFINITY, x.im()) : Double.NaN);
    }
}
