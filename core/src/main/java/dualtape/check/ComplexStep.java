package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.numbers.ComplexNumbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;

/**
 * The complex step: the imaginary part of f(x + i h v) over h, with h so small that its square vanishes (Squire and Trapp 1998).
 * Nothing cancels, so the error is that of the functions themselves. It sees neither kinks nor jumps, and says so only where
 * its own part is not finite; second derivatives it leaves to others.
 */
public final class ComplexStep implements Witness {
    private static final double STEP = 1e-100;

    @Override
    public String name() {
        return "complex";
    }

    @Override
    public String summary() {
        return "complex step of the definitions, first order only; blind to kinks";
    }

    @Override
    public int rank() {
        return 2;
    }

    @Override
    public int evaluations(int order) {
        return order == 1 ? 2 : 0;
    }

    @Override
    public Estimate first(Traced f, Point at, Point v) {
        Beside<Complex> beside = Beside.of(f, at, ComplexNumbers.INSTANCE, z -> new Complex(z.re(), 0), 2, false,
                (input, element, x) -> {
                    double dv = Decimals.at(v, input, element);
                    return dv == 0 ? null : new Object[] {new Complex(x, 0), new Complex(x, STEP * dv)};
                });
        int size = beside.size();
        if (beside.doubt() != null) {
            return Estimate.doubt(size, beside.doubt());
        }
        Estimate estimate = Estimate.of(new double[size], new double[size]);
        for (int k = 0; k < size; k++) {
            Complex y = beside.element(k).get(1);
            double slope = y.im() / STEP;
            boolean told = Double.isFinite(slope) && Double.isFinite(y.re());
            estimate.values()[k] = told ? slope : Double.NaN;
            estimate.errors()[k] = 1e-13 * Math.abs(slope);
            estimate.doubts()[k] = told ? null
                    : Double.isFinite(y.re()) ? "the imaginary part is not finite" : Decimals.UNDEFINED;
        }
        return estimate;
    }

    @Override
    public Estimate second(Traced f, Point at, Point v, Point w) {
        return Estimate.doubt(f.graph().output().shape().size(), "the complex step gives first derivatives only");
    }
}
