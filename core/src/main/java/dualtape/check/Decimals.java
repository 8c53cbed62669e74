package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.dfp.Dfp;

/**
 * Central differences in 50 digits at two widths, 10⁻¹⁵ and 10⁻¹² of the point's scale: about 30 digits are right. Where the two
 * widths differ, that is the error. Where something is decided in another way beside the point, the one-sided slopes are compared
 * too: apart at both widths, there is a kink; growing as the width shrinks, a jump or an infinite slope.
 */
public final class Decimals implements Witness {
    private static final DecimalNumbers D = DecimalNumbers.digits(50);
    private static final Dfp NEAR = D.parse("1e-15");
    private static final Dfp FAR = D.parse("1e-12");
    private static final Dfp NEAR_SECOND = D.parse("1e-12");
    private static final Dfp FAR_SECOND = D.parse("1e-10");
    /** Below this, relative to the value over the scale, a difference quotient is the noise of 50 digits. */
    private static final double NOISE = 1e-30;

    @Override
    public String name() {
        return "decimals";
    }

    @Override
    public String summary() {
        return "central differences of the definitions in 50 digits, two widths";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public int evaluations(int order) {
        return order == 1 ? 5 : 9;
    }

    @Override
    public Estimate first(Traced f, Point at, Point v) {
        double scale = scale(at, v);
        Dfp near = D.of(scale).multiply(NEAR);
        Dfp far = D.of(scale).multiply(FAR);
        Dfp[] steps = {D.of(0), near, near.negate(), far, far.negate()};
        Beside<Dfp> beside = Beside.of(f, at, D, UnaryOperator.identity(), steps.length, true,
                moving(v, steps, null, null));
        if (beside.doubt() != null) {
            return Estimate.doubt(beside.size(), beside.doubt());
        }
        int size = beside.size();
        Estimate estimate = new Estimate(new double[size], new double[size], new String[size], new double[size],
                new double[size], beside.split());
        for (int k = 0; k < size; k++) {
            first(estimate, k, beside, near, far, scale);
        }
        return estimate;
    }

    private static void first(Estimate estimate, int k, Beside<Dfp> beside, Dfp near, Dfp far, double scale) {
        Tuple<Dfp> y = beside.element(k);
        if (y.isConstant()) {
            set(estimate, k, 0, 0, undefined(y.get(0)));
            return;
        }
        double right = slope(y.get(1), y.get(0), near);
        double left = slope(y.get(0), y.get(2), near);
        double central = slope(y.get(1), y.get(2), near.multiply(2));
        double wide = slope(y.get(3), y.get(4), far.multiply(2));
        double bendNear = apart(y, 1, near);
        double bendFar = apart(y, 3, far);
        double noise = NOISE * Math.max(Math.abs(D.toDouble(y.get(0))) / scale, Double.MIN_VALUE);
        estimate.left()[k] = left;
        estimate.right()[k] = right;
        String doubt = undefined(y.get(0));
        if (doubt == null && !(Double.isFinite(left) && Double.isFinite(right))) {
            doubt = "the domain ends here, or the slope is infinite";
        } else
            if (doubt == null && beside.split() && bendNear > 0.3 * bendFar
                    && bendNear > 1e-10 * Math.max(Math.abs(left), Math.abs(right)) && bendNear > 1e8 * noise) {
                        doubt = Math.max(Math.abs(left), Math.abs(right)) > 30 * Math.abs(wide) + 1e6
                                ? "a jump, or an infinite slope"
                                : "a kink: slope " + Text.digits(left) + " on the left, " + Text.digits(right)
                                        + " on the right";
                    }
        double error = error(y, 1, 2, near.multiply(2), 3, 4, far.multiply(2)) + noise;
        double natural = Math.max(1, Math.abs(D.toDouble(y.get(0))) / scale);
        if (doubt == null && beside.split() && error > 0.1 * Math.abs(central) && error > 1e-9 * natural) {
            doubt = "an infinite slope, or a kink beside the point";
        }
        set(estimate, k, central, error, doubt);
    }

    /** The point's own value decides whether there is a derivative at all. */
    private static String undefined(Dfp value) {
        return value.isNaN() || value.isInfinite() ? UNDEFINED : null;
    }

    /** The doubt where the function itself has no finite value. */
    static final String UNDEFINED = "the function has no finite value here";

    private static void set(Estimate estimate, int k, double value, double error, String doubt) {
        estimate.values()[k] = doubt == null ? value : Double.NaN;
        estimate.errors()[k] = error;
        estimate.doubts()[k] = doubt;
    }

    private static double slope(Dfp right, Dfp left, Dfp width) {
        return D.toDouble(right.subtract(left).divide(width));
    }

    /** |right slope − left slope| with a width whose places begin at an index. */
    private static double apart(Tuple<Dfp> y, int from, Dfp width) {
        Dfp bend = y.get(from).add(y.get(from + 1)).subtract(y.get(0).multiply(2));
        return Math.abs(D.toDouble(bend.divide(width)));
    }

    private static double error(Tuple<Dfp> y, int right, int left, Dfp width, int farRight, int farLeft, Dfp farWidth) {
        Dfp near = y.get(right).subtract(y.get(left)).divide(width);
        Dfp far = y.get(farRight).subtract(y.get(farLeft)).divide(farWidth);
        return Math.abs(D.toDouble(near.subtract(far)));
    }

    @Override
    public Estimate second(Traced f, Point at, Point v, Point w) {
        return second(f, at, v, w, 0);
    }

    /** Mixed differences around the point; where something splits, also around points on either side of it. */
    private static Estimate second(Traced f, Point at, Point v, Point w, int side) {
        Dfp sv = D.of(scale(at, v));
        Dfp sw = D.of(scale(at, w));
        Beside<Dfp> beside = mixed(f, at, v, w, sv, sw, side);
        int size = beside.size();
        if (beside.doubt() != null) {
            return Estimate.doubt(size, beside.doubt());
        }
        double[] values = new double[size];
        double[] errors = new double[size];
        String[] doubts = new String[size];
        for (int k = 0; k < size; k++) {
            Tuple<Dfp> y = beside.element(k);
            doubts[k] = undefined(y.get(0));
            if (!y.isConstant() && doubts[k] == null) {
                Dfp near = mixed(y, 1, sv.multiply(sw).multiply(NEAR_SECOND).multiply(NEAR_SECOND));
                Dfp far = mixed(y, 5, sv.multiply(sw).multiply(FAR_SECOND).multiply(FAR_SECOND));
                values[k] = D.toDouble(near);
                errors[k] = Math.abs(D.toDouble(near.subtract(far)))
                        + 1e-24 * Math.abs(D.toDouble(y.get(0).divide(sv.multiply(sw))));
                doubts[k] = !Double.isFinite(values[k]) ? "the domain ends here, or the curvature is infinite"
                        : beside.split() && errors[k] > 0.1 * Math.abs(values[k]) && errors[k] > 1e-3 ? "a kink" : null;
            }
        }
        Estimate estimate = new Estimate(values, errors, doubts, null, null, beside.split());
        if (side == 0 && beside.split()) {
            compareSides(estimate, second(f, at, v, w, 1), second(f, at, v, w, -1));
        }
        return estimate;
    }

    /** Where the curvature is another on the two sides, there is none at the point. */
    private static void compareSides(Estimate here, Estimate right, Estimate left) {
        for (int k = 0; k < here.values().length; k++) {
            double apart = Math.abs(right.values()[k] - left.values()[k]);
            double size = Math.max(1e-2, Math.max(Math.abs(right.values()[k]), Math.abs(left.values()[k])));
            if (here.doubts()[k] == null && !(apart <= 1e-6 * size + here.errors()[k])) {
                here.doubts()[k] = "a kink, or the curvature jumps";
                here.values()[k] = Double.NaN;
            }
        }
    }

    private static Dfp mixed(Tuple<Dfp> y, int from, Dfp area) {
        return y.get(from).subtract(y.get(from + 1)).subtract(y.get(from + 2)).add(y.get(from + 3))
                .divide(area.multiply(4));
    }

    private static Beside<Dfp> mixed(Traced f, Point at, Point v, Point w, Dfp sv, Dfp sw, int side) {
        Dfp[] s = new Dfp[9];
        Dfp[] t = new Dfp[9];
        Dfp shift = FAR_SECOND.multiply(3 * side); // beyond the widest difference
        s[0] = side == 0 ? D.of(0) : sv.multiply(shift);
        t[0] = side == 0 ? D.of(0) : sw.multiply(shift);
        for (int i = 0; i < 8; i++) {
            Dfp width = i < 4 ? NEAR_SECOND : FAR_SECOND;
            s[1 + i] = i % 2 == 1 ? s[i] : sv.multiply(i % 4 < 2 ? width : width.negate()).add(s[0]);
            t[1 + i] = i % 4 >= 2 ? t[i - 1] : sw.multiply(i % 2 == 0 ? width : width.negate()).add(t[0]);
        }
        return Beside.of(f, at, D, UnaryOperator.identity(), 9, true, moving(v, s, w, t));
    }

    private static Beside.Move<Dfp> moving(Point v, Dfp[] s, Point w, Dfp[] t) {
        return (input, element, x) -> {
            double dv = at(v, input, element);
            double dw = w == null ? 0 : at(w, input, element);
            if (dv == 0 && dw == 0) {
                return null;
            }
            Object[] places = new Object[s.length];
            Dfp base = D.of(x);
            for (int i = 0; i < places.length; i++) {
                // The very same object where the place is the same: see Tuple.same.
                if (i > 0 && (dv == 0 || s[i] == s[i - 1]) && (dw == 0 || t[i] == t[i - 1])) {
                    places[i] = places[i - 1];
                } else if (i > 1 && (dv == 0 || s[i] == s[i - 2]) && (dw == 0 || t[i] == t[i - 2])) {
                    places[i] = places[i - 2];
                } else {
                    Dfp moved = base.add(D.of(dv).multiply(s[i]));
                    moved = dw == 0 ? moved : moved.add(D.of(dw).multiply(t[i]));
                    places[i] = moved.equals(base) ? base : moved;
                }
            }
            return places;
        };
    }

    /** An element of a direction, 0 for an input that it does not name. */
    static double at(Point direction, String input, int element) {
        return direction.has(input) ? direction.get(input).at(element) : 0;
    }

    /**
     * The width along a direction that moves every element by about its own size, or less: the least |x| / |v| over the elements
     * that move; 1 / |v| where x is 0.
     */
    static double scale(Point at, Point v) {
        double least = Double.POSITIVE_INFINITY;
        for (String name : v.names()) {
            Tensor x = at.get(name);
            Tensor direction = v.get(name);
            for (int k = 0; k < x.size(); k++) {
                if (direction.at(k) != 0 && Double.isFinite(x.at(k))) {
                    double size = x.at(k) == 0 ? 1 : Math.abs(x.at(k));
                    least = Math.min(least, size / Math.abs(direction.at(k)));
                }
            }
        }
        return least > 0 && Double.isFinite(least) ? Math.max(least, 1e-100) : 1;
    }
}
