package dualtape.ir.numbers;

import static dualtape.ir.numbers.ComplexElementary.NAN;
import static dualtape.ir.numbers.ComplexElementary.sqrt;
import static dualtape.ir.numbers.ComplexElementary.steep;

import dualtape.ir.numbers.ComplexNumbers.Complex;

/**
 * The inverse trigonometric and hyperbolic functions of complex numbers, by the formulas of W. Kahan, "Branch cuts for
 * complex elementary functions, or much ado about nothing's sign bit", in The State of the Art in Numerical Analysis
 * (1987) 165–211: their two parts are computed apart, by real functions that do not cancel.
 */
final class ComplexInverses {
    private ComplexInverses() {
    }

    /** With p = √(1 − z), q = √(1 + z): atan(a / Re p q) + i asinh(Im p̄ q). */
    static Complex asin(Complex x) {
        double a = x.re();
        if (x.im() == 0 || !(Math.abs(a) < 1)) {
            return steep(Doubles.asin(a), x.im());
        }
        Complex p = sqrt(new Complex(1 - a, -x.im()));
        Complex q = sqrt(new Complex(1 + a, x.im()));
        double real = Doubles.atan(a / (p.re() * q.re() - p.im() * q.im()));
        return new Complex(real, Doubles.asinh(p.re() * q.im() - p.im() * q.re()));
    }

    /** With p = √(1 − z), q = √(1 + z): 2 atan(Re p / Re q) + i asinh(Im q̄ p). */
    static Complex acos(Complex x) {
        double a = x.re();
        if (x.im() == 0 || !(Math.abs(a) < 1)) {
            return steep(Doubles.acos(a), -x.im());
        }
        Complex p = sqrt(new Complex(1 - a, -x.im()));
        Complex q = sqrt(new Complex(1 + a, x.im()));
        return new Complex(2 * Doubles.atan(p.re() / q.re()), Doubles.asinh(q.re() * p.im() - q.im() * p.re()));
    }

    /** ½ (atan2(a, 1 − b) + atan2(a, 1 + b)) + i ¼ log1p(4b / (a² + (1 − b)²)). */
    static Complex atan(Complex x) {
        double a = x.re();
        double b = x.im();
        if (b == 0) {
            return new Complex(Doubles.atan(a), 0);
        }
        double size = Doubles.hypot(a, 1 - b);
        double real = 0.5 * (Doubles.atan2(a, 1 - b) + Doubles.atan2(a, 1 + b));
        return new Complex(real, 0.25 * Doubles.log1p(4 * (b / size / size)));
    }

    /** The angle of (x, y), continued from the real parts: from atan(y / x) or atan(x / y), whichever has the smaller argument. */
    static Complex atan2(Complex y, Complex x) {
        double value = Doubles.atan2(y.re(), x.re());
        if (y.im() == 0 && x.im() == 0) {
            return new Complex(value, 0);
        }
        if (y.re() == 0 && x.re() == 0) {
            return new Complex(value, Double.NaN);
        }
        int exponent = Math.getExponent(Math.max(Math.abs(x.re()), Math.abs(y.re())));
        Complex u = new Complex(Math.scalb(x.re(), -exponent), Math.scalb(x.im(), -exponent));
        Complex v = new Complex(Math.scalb(y.re(), -exponent), Math.scalb(y.im(), -exponent));
        if (Math.abs(u.re()) >= Math.abs(v.re())) {
            Complex angle = atan(v.over(u));
            return u.re() > 0 ? angle : angle.plus(Math.copySign(Math.PI, y.re()));
        }
        return atan(u.over(v)).negated().plus(Math.copySign(Math.PI / 2, v.re()));
    }

    /** −i asin(i z), with p = √(1 − i z), q = √(1 + i z): asinh(Im p̄ q) + i atan(b / Re p q); log(z + √(z² + 1)) above 1; odd. */
    static Complex asinh(Complex x) {
        double a = x.re();
        if (x.im() == 0 || Double.isInfinite(a)) {
            return new Complex(Doubles.asinh(a), 0);
        }
        if (a < 0) {
            return asinh(x.negated()).negated();
        }
        if (a > 1) {
            Complex root = a > 1e100 ? x : sqrt(x.times(x).plus(1));
            return ComplexElementary.log(x.times(0.5).plus(root.times(0.5))).plus(Doubles.log(2));
        }
        Complex p = sqrt(new Complex(1 + x.im(), -a));
        Complex q = sqrt(new Complex(1 - x.im(), a));
        double real = Doubles.asinh(p.re() * q.im() - p.im() * q.re());
        return new Complex(real, Doubles.atan(x.im() / (p.re() * q.re() - p.im() * q.im())));
    }

    /** With p = √(z − 1), q = √(z + 1): asinh(Re p̄ q) + 2 i atan(Im p / Re q). */
    static Complex acosh(Complex x) {
        double a = x.re();
        if (x.im() == 0 || !(a > 1) || a == Double.POSITIVE_INFINITY) {
            return a > 1 ? new Complex(Doubles.acosh(a), 0) : steep(Doubles.acosh(a), x.im());
        }
        Complex p = sqrt(new Complex(a - 1, x.im()));
        Complex q = sqrt(new Complex(a + 1, x.im()));
        return new Complex(Doubles.asinh(p.re() * q.re() + p.im() * q.im()), 2 * Doubles.atan(p.im() / q.re()));
    }

    /** ¼ log1p(4a / ((1 − a)² + b²)) + i ½ (atan2(b, 1 − a) + atan2(b, 1 + a)), for a ≥ 0; odd. */
    static Complex atanh(Complex x) {
        if (x.re() < 0) {
            return atanh(x.negated()).negated();
        }
        double a = x.re();
        double b = x.im();
        if (b == 0 || !(a < 1)) {
            return a > 1 ? NAN : steep(Doubles.atanh(a), b);
        }
        double size = Doubles.hypot(1 - a, b);
        double imaginary = 0.5 * (Doubles.atan2(b, 1 - a) + Doubles.atan2(b, 1 + a));
        return new Complex(0.25 * Doubles.log1p(4 * (a / size / size)), imaginary);
    }
}
