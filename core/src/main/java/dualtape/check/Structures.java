package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;

/**
 * Commons Math's {@link DerivativeStructure} run through the definitions: rules of calculus written by other people. Its pow(x, 0)
 * at 0, powers of negative numbers and slopes at kinks are wrong or NaN; where a definition meets those, the witness cannot
 * tell.
 */
public final class Structures implements Witness {
    @Override
    public String name() {
        return "structures";
    }

    @Override
    public String summary() {
        return "Commons Math's DerivativeStructure over the definitions: an independent implementation of the rules";
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public int evaluations(int order) {
        return 2;
    }

    @Override
    public Estimate first(Traced f, Point at, Point v) {
        return estimate(f, at, v, null);
    }

    @Override
    public Estimate second(Traced f, Point at, Point v, Point w) {
        return estimate(f, at, v, w);
    }

    private static Estimate estimate(Traced f, Point at, Point v, Point w) {
        StructureNumbers numbers = new StructureNumbers(w == null ? 1 : 2, w == null ? 1 : 2);
        Beside<DerivativeStructure> beside = Beside.of(f, at, numbers, x -> numbers.of(x.getValue()), 2, false,
                (input, element, x) -> {
                    double dv = Decimals.at(v, input, element);
                    double dw = w == null ? 0 : Decimals.at(w, input, element);
                    return dv == 0 && dw == 0 ? null : new Object[] {numbers.of(x), numbers.variable(x, dv, dw)};
                });
        int size = beside.size();
        String doubt = beside.doubt() != null ? beside.doubt() : numbers.doubt();
        if (doubt != null) {
            return Estimate.doubt(size, doubt);
        }
        Estimate estimate = Estimate.of(new double[size], new double[size]);
        for (int k = 0; k < size; k++) {
            DerivativeStructure y = beside.element(k).get(1);
            double slope = w == null ? y.getPartialDerivative(1) : y.getPartialDerivative(1, 1);
            boolean told = Double.isFinite(slope) && Double.isFinite(y.getValue());
            estimate.values()[k] = told ? slope : Double.NaN;
            estimate.errors()[k] = 1e-12 * Math.abs(slope);
            estimate.doubts()[k] = told ? null
                    : Double.isFinite(y.getValue()) ? "its own derivative is not finite" : Decimals.UNDEFINED;
        }
        return estimate;
    }
}
