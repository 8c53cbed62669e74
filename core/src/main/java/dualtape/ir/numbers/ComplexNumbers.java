package dualtape.ir.numbers;

import dualtape.ir.Numbers;

/**
 * Complex numbers, made for the complex step: f(x + i h) with h = 10⁻²⁰⁰ has the imaginary part h f′(x), free of cancellation
 * (J. N. Lyness, C. B. Moler, "Numerical differentiation of analytic functions", SIAM J. Numer. Anal. 4 (1967) 202–210,
 * doi:10.1137/0704019; W. Squire, G. Trapp, SIAM Review 40 (1998) 110–112, doi:10.1137/S003614459631241X).
 *
 * <p>Every function is evaluated as a complex function, none by its derivative: erf by complex quadrature, lgamma and polygamma by
 * complex asymptotic series. So the imaginary part is a witness independent of all derivative rules. Formulas are
 * chosen so that a tiny imaginary part is neither rounded away nor cancelled; they are right for moderate imaginary parts too.
 *
 * <p>Conventions:
 * <ul>
 *   <li>What is extended is the real function: domains, branches and comparisons go by the real part. log, sqrt and pow are NaN
 *       left of zero, where the complex function would jump; cbrt is the real root.
 *   <li>abs is z or −z by the sign of the real part, and 0 where that is 0; sign, floor, rint, less, equal and isNaN are real.
 *   <li>Where the slope is infinite (sqrt, log at 0), the value is the real one and the imaginary part is infinite.
 *   <li>In the imaginary part, a product with an exact zero is zero, also against infinity: a constant stays a constant.
 *   <li>h = 10⁻²⁰⁰ suits arguments and slopes of moderate size: slopes below 10⁻¹²³ underflow. Far from 1, take h = 10⁻⁹⁰ |x|.
 *   <li>lgamma is made for tiny imaginary parts: a large one may leave the branch of the real axis. Its
 *       slope has an absolute error of about 3e−15 where digamma is small.
 * </ul>
 */
public final class ComplexNumbers implements Numbers<ComplexNumbers.Complex> {
    /** The only instance. */
    public static final ComplexNumbers INSTANCE = new ComplexNumbers();

    private ComplexNumbers() {
    }

    /**
     * re + i · im.
     *
     * @param re the real part
     * @param im the imaginary part
     */
    public record Complex(double re, double im) {
        static final Complex ZERO = new Complex(0, 0);
        static final Complex ONE = new Complex(1, 0);

        static Complex real(double re) {
            return new Complex(re, 0);
        }

        /** x · y, but 0 where one of them is. */
        static double product(double x, double y) {
            return x == 0 || y == 0 ? 0 : x * y;
        }

        Complex plus(Complex y) {
            return new Complex(re + y.re, im + y.im);
        }

        Complex plus(double y) {
            return new Complex(re + y, im);
        }

        Complex minus(Complex y) {
            return new Complex(re - y.re, im - y.im);
        }

        Complex negated() {
            return new Complex(-re, im == 0 ? 0 : -im);
        }

        Complex times(Complex y) {
            double imaginary = product(im, y.im);
            return new Complex(imaginary == 0 ? re * y.re : re * y.re - imaginary,
                    product(re, y.im) + product(im, y.re));
        }

        Complex times(double y) {
            return new Complex(re * y, product(im, y));
        }

        /** Divided by a scaled denominator (R. L. Smith, Comm. ACM 5 (1962) 435). */
        Complex over(Complex y) {
            if (y.im == 0) {
                return new Complex(re / y.re, im == 0 ? 0 : im / y.re);
            }
            if (Math.abs(y.re) >= Math.abs(y.im)) {
                double ratio = y.im / y.re;
                double scale = y.re + y.im * ratio;
                double crossed = product(re, ratio);
                return new Complex((re + product(im, ratio)) / scale, (im - crossed) / scale);
            }
            if (y.re == 0) {
                // The real function's pole: its value there, and a slope without a sign.
                return new Complex(re / y.re, Double.NaN);
            }
            double ratio = y.re / y.im;
            double scale = y.re * ratio + y.im;
            return new Complex((product(re, ratio) + im) / scale, (product(im, ratio) - re) / scale);
        }

        /** To an integer power n ≥ 0. */
        Complex power(int n) {
            Complex result = ONE;
            Complex square = this;
            for (int m = n; m > 0; m >>= 1) {
                if ((m & 1) != 0) {
                    result = result.times(square);
                }
                square = square.times(square);
            }
            return result;
        }
    }

    @Override
    public Complex of(double c) {
        return new Complex(c, 0);
    }

    @Override
    public Complex add(Complex x, Complex y) {
        return x.plus(y);
    }

    @Override
    public Complex subtract(Complex x, Complex y) {
        return x.minus(y);
    }

    @Override
    public Complex multiply(Complex x, Complex y) {
        return x.times(y);
    }

    @Override
    public Complex divide(Complex x, Complex y) {
        return x.over(y);
    }

    @Override
    public Complex multiplyAdd(Complex x, Complex y, Complex z) {
        Complex rest = x.times(y).plus(z);
        return new Complex(Math.fma(x.re, y.re, z.re) - Complex.product(x.im, y.im), rest.im);
    }

    @Override
    public Complex negate(Complex x) {
        return x.negated();
    }

    @Override
    public Complex exp(Complex x) {
        return ComplexElementary.exp(x);
    }

    @Override
    public Complex log(Complex x) {
        return ComplexElementary.log(x);
    }

    @Override
    public Complex expm1(Complex x) {
        return ComplexElementary.expm1(x);
    }

    @Override
    public Complex log1p(Complex x) {
        return ComplexElementary.log1p(x);
    }

    @Override
    public Complex log2(Complex x) {
        return ComplexElementary.log2(x);
    }

    @Override
    public Complex log10(Complex x) {
        return ComplexElementary.log10(x);
    }

    @Override
    public Complex sqrt(Complex x) {
        return ComplexElementary.sqrt(x);
    }

    @Override
    public Complex cbrt(Complex x) {
        return ComplexElementary.cbrt(x);
    }

    @Override
    public Complex sin(Complex x) {
        return ComplexElementary.sin(x);
    }

    @Override
    public Complex cos(Complex x) {
        return ComplexElementary.cos(x);
    }

    @Override
    public Complex tan(Complex x) {
        return ComplexElementary.tan(x);
    }

    @Override
    public Complex asin(Complex x) {
        return ComplexInverses.asin(x);
    }

    @Override
    public Complex acos(Complex x) {
        return ComplexInverses.acos(x);
    }

    @Override
    public Complex atan(Complex x) {
        return ComplexInverses.atan(x);
    }

    @Override
    public Complex atan2(Complex y, Complex x) {
        return ComplexInverses.atan2(y, x);
    }

    @Override
    public Complex sinh(Complex x) {
        return ComplexElementary.sinh(x);
    }

    @Override
    public Complex cosh(Complex x) {
        return ComplexElementary.cosh(x);
    }

    @Override
    public Complex tanh(Complex x) {
        return ComplexElementary.tanh(x);
    }

    @Override
    public Complex asinh(Complex x) {
        return ComplexInverses.asinh(x);
    }

    @Override
    public Complex acosh(Complex x) {
        return ComplexInverses.acosh(x);
    }

    @Override
    public Complex atanh(Complex x) {
        return ComplexInverses.atanh(x);
    }

    @Override
    public Complex hypot(Complex x, Complex y) {
        return ComplexElementary.hypot(x, y);
    }

    @Override
    public Complex pow(Complex x, Complex y) {
        return ComplexElementary.pow(x, y);
    }

    @Override
    public Complex erf(Complex x) {
        return ComplexErrorFunctions.erf(x);
    }

    @Override
    public Complex erfc(Complex x) {
        return ComplexErrorFunctions.erfc(x);
    }

    @Override
    public Complex lgamma(Complex x) {
        return ComplexGammas.lgamma(x);
    }

    @Override
    public Complex polygamma(int n, Complex x) {
        return ComplexGammas.polygamma(n, x);
    }

    @Override
    public Complex abs(Complex x) {
        return x.re == 0 ? Complex.ZERO : x.re < 0 ? x.negated() : x;
    }

    @Override
    public Complex sign(Complex x) {
        return of(Doubles.sign(x.re));
    }

    @Override
    public Complex floor(Complex x) {
        return of(Doubles.floor(x.re));
    }

    @Override
    public Complex rint(Complex x) {
        return of(Doubles.rint(x.re));
    }

    @Override
    public Complex less(Complex x, Complex y) {
        return of(Doubles.less(x.re, y.re));
    }

    @Override
    public Complex equal(Complex x, Complex y) {
        return of(Doubles.equal(x.re, y.re));
    }

    @Override
    public Complex select(Complex condition, Complex then, Complex otherwise) {
        return condition.re != 0 ? then : otherwise;
    }

    /** Unlike a condition, a zero is one in both parts: the product of the chain rule keeps the step of a factor 0 + i h. */
    @Override
    public Complex ifZero(Complex x, Complex then, Complex otherwise) {
        return x.re == 0 && x.im == 0 ? then : otherwise;
    }
}
