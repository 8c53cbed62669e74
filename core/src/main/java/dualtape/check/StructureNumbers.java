package dualtape.check;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.Doubles;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/**
 * Commons Math's {@link DerivativeStructure} as a kind of number: a value with partial derivatives by one or two parameters. What it
 * lacks (erf, erfc, lgamma, polygamma, log2) is composed from the textbook's derivatives. Notes where it is known to be wrong.
 */
final class StructureNumbers implements Numbers<DerivativeStructure> {
    private final int parameters;
    private final int order;
    private String doubt;

    StructureNumbers(int parameters, int order) {
        this.parameters = parameters;
        this.order = order;
    }

    /** Why the derivatives of this evaluation are not to be trusted; null if they are. */
    String doubt() {
        return doubt;
    }

    private void doubt(boolean wrong, String why) {
        doubt = doubt == null && wrong ? why : doubt;
    }

    /** x + v s + w t, of the parameters s and t. */
    DerivativeStructure variable(double x, double v, double w) {
        DerivativeStructure first = new DerivativeStructure(parameters, order, 0, 0).multiply(v).add(x);
        return parameters == 1 ? first
                : first.add(new DerivativeStructure(parameters, order, 1, 0).multiply(w));
    }

    private static boolean isConstant(DerivativeStructure x) {
        double[] all = x.getAllDerivatives();
        for (int i = 1; i < all.length; i++) {
            if (all[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private DerivativeStructure composed(DerivativeStructure x, double... derivatives) {
        return x.compose(java.util.Arrays.copyOf(derivatives, order + 1));
    }

    @Override
    public DerivativeStructure of(double c) {
        return new DerivativeStructure(parameters, order, c);
    }

    @Override
    public DerivativeStructure add(DerivativeStructure x, DerivativeStructure y) {
        return x.add(y);
    }

    @Override
    public DerivativeStructure subtract(DerivativeStructure x, DerivativeStructure y) {
        return x.subtract(y);
    }

    @Override
    public DerivativeStructure multiply(DerivativeStructure x, DerivativeStructure y) {
        return x.multiply(y);
    }

    @Override
    public DerivativeStructure divide(DerivativeStructure x, DerivativeStructure y) {
        return x.divide(y);
    }

    @Override
    public DerivativeStructure negate(DerivativeStructure x) {
        return x.negate();
    }

    @Override
    public DerivativeStructure exp(DerivativeStructure x) {
        return x.exp();
    }

    @Override
    public DerivativeStructure log(DerivativeStructure x) {
        return x.log();
    }

    @Override
    public DerivativeStructure expm1(DerivativeStructure x) {
        return x.expm1();
    }

    @Override
    public DerivativeStructure log1p(DerivativeStructure x) {
        return x.log1p();
    }

    @Override
    public DerivativeStructure log2(DerivativeStructure x) {
        return x.log().divide(Math.log(2));
    }

    @Override
    public DerivativeStructure log10(DerivativeStructure x) {
        return x.log10();
    }

    @Override
    public DerivativeStructure sqrt(DerivativeStructure x) {
        return x.sqrt();
    }

    @Override
    public DerivativeStructure cbrt(DerivativeStructure x) {
        doubt(x.getValue() < 0, "it has no cube root of negative numbers");
        return x.cbrt();
    }

    @Override
    public DerivativeStructure sin(DerivativeStructure x) {
        return x.sin();
    }

    @Override
    public DerivativeStructure cos(DerivativeStructure x) {
        return x.cos();
    }

    @Override
    public DerivativeStructure tan(DerivativeStructure x) {
        return x.tan();
    }

    @Override
    public DerivativeStructure asin(DerivativeStructure x) {
        return x.asin();
    }

    @Override
    public DerivativeStructure acos(DerivativeStructure x) {
        return x.acos();
    }

    @Override
    public DerivativeStructure atan(DerivativeStructure x) {
        return x.atan();
    }

    @Override
    public DerivativeStructure atan2(DerivativeStructure y, DerivativeStructure x) {
        doubt(x.getValue() <= 0 && y.getValue() == 0, "its atan2 is wrong on the negative axis and at the origin");
        return y.atan2(x);
    }

    @Override
    public DerivativeStructure sinh(DerivativeStructure x) {
        return x.sinh();
    }

    @Override
    public DerivativeStructure cosh(DerivativeStructure x) {
        return x.cosh();
    }

    @Override
    public DerivativeStructure tanh(DerivativeStructure x) {
        return x.tanh();
    }

    @Override
    public DerivativeStructure asinh(DerivativeStructure x) {
        return x.asinh();
    }

    @Override
    public DerivativeStructure acosh(DerivativeStructure x) {
        return x.acosh();
    }

    @Override
    public DerivativeStructure atanh(DerivativeStructure x) {
        return x.atanh();
    }

    @Override
    public DerivativeStructure hypot(DerivativeStructure x, DerivativeStructure y) {
        doubt(x.getValue() == 0 && y.getValue() == 0, "hypot has a kink at the origin");
        return x.hypot(y);
    }

    /** Of a constant exponent by its own power, whole or not; else exp(y log x), which fails left of zero. */
    @Override
    public DerivativeStructure pow(DerivativeStructure x, DerivativeStructure y) {
        double p = y.getValue();
        doubt(x.getValue() == 0 && !isConstant(x), "its pow(x, p) is wrong at x = 0");
        if (isConstant(y)) {
            return p == Math.rint(p) && Math.abs(p) < 1 << 20 ? x.pow((int) p) : x.pow(p);
        }
        doubt(x.getValue() <= 0, "its pow(x, y) is NaN for x below zero");
        return x.pow(y);
    }

    @Override
    public DerivativeStructure erf(DerivativeStructure x) {
        double v = x.getValue();
        double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-v * v);
        return composed(x, Doubles.erf(v), slope, -2 * v * slope);
    }

    @Override
    public DerivativeStructure erfc(DerivativeStructure x) {
        double v = x.getValue();
        double slope = -2 / Math.sqrt(Math.PI) * Math.exp(-v * v);
        return composed(x, Doubles.erfc(v), slope, -2 * v * slope);
    }

    @Override
    public DerivativeStructure lgamma(DerivativeStructure x) {
        double v = x.getValue();
        return composed(x, Doubles.lgamma(v), Doubles.polygamma(0, v), Doubles.polygamma(1, v));
    }

    @Override
    public DerivativeStructure polygamma(int n, DerivativeStructure x) {
        double v = x.getValue();
        return composed(x, Doubles.polygamma(n, v), Doubles.polygamma(n + 1, v), Doubles.polygamma(n + 2, v));
    }

    @Override
    public DerivativeStructure abs(DerivativeStructure x) {
        doubt(x.getValue() == 0 && !isConstant(x), "abs has a kink at zero");
        return x.getValue() < 0 ? x.negate() : x;
    }

    @Override
    public DerivativeStructure sign(DerivativeStructure x) {
        return of(Doubles.sign(x.getValue()));
    }

    @Override
    public DerivativeStructure floor(DerivativeStructure x) {
        return of(Doubles.floor(x.getValue()));
    }

    @Override
    public DerivativeStructure rint(DerivativeStructure x) {
        return of(Doubles.rint(x.getValue()));
    }

    @Override
    public DerivativeStructure less(DerivativeStructure x, DerivativeStructure y) {
        return of(Doubles.less(x.getValue(), y.getValue()));
    }

    @Override
    public DerivativeStructure equal(DerivativeStructure x, DerivativeStructure y) {
        return of(Doubles.equal(x.getValue(), y.getValue()));
    }

    @Override
    public DerivativeStructure select(DerivativeStructure condition, DerivativeStructure then,
            DerivativeStructure otherwise) {
        return condition.getValue() != 0 ? then : otherwise;
    }

    /** Zero with all its derivatives. */
    @Override
    public DerivativeStructure ifZero(DerivativeStructure x, DerivativeStructure then, DerivativeStructure otherwise) {
        return x.getValue() == 0 && isConstant(x) ? then : otherwise;
    }
}
