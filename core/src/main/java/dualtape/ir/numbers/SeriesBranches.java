package dualtape.ir.numbers;

import dualtape.ir.Numbers;

/**
 * Where series branch: by their values alone. Whether a decision was a tie that the series leave, as in x &lt; 0 at x = 0 + t, is
 * noted, and it can be made as on one side of the point, t → 0⁺ or t → 0⁻: that is how edges are found.
 */
final class SeriesBranches<N> {
    private final SeriesArithmetic<N> s;
    private final Numbers<N> base;
    private final int side;
    private boolean tied;

    /** @param side 0 for decisions at the point, 1 and −1 right and left of it */
    SeriesBranches(SeriesArithmetic<N> arithmetic, int side) {
        this.s = arithmetic;
        this.base = arithmetic.base;
        this.side = side;
    }

    /** Whether a decision was a tie at the point only. */
    boolean tied() {
        return tied;
    }

    private Series<N> truth(boolean condition) {
        return s.constant(condition ? s.one : s.zero);
    }

    /** −1, 0 or 1: where a series whose value is a tie goes on this side; 0 at the point itself. Notes the tie if it goes anywhere. */
    private int leaves(Series<N> x) {
        int move = x.firstMove();
        if (move == 0) {
            return 0;
        }
        tied = true;
        boolean down = s.isNegative(x.get(move)) ^ (side < 0 && move % 2 != 0);
        return side == 0 ? 0 : down ? -1 : 1;
    }

    /** As {@link #leaves} of x − y, where both have one value. */
    private int leaves(Series<N> x, Series<N> y) {
        return s.holds(base.equal(x.value(), y.value())) ? leaves(s.subtract(x, y)) : 0;
    }

    Series<N> less(Series<N> x, Series<N> y) {
        int way = leaves(x, y);
        return way == 0 ? s.constant(base.less(x.value(), y.value())) : truth(way < 0);
    }

    Series<N> equal(Series<N> x, Series<N> y) {
        return leaves(x, y) == 0 ? s.constant(base.equal(x.value(), y.value())) : truth(false);
    }

    Series<N> select(Series<N> condition, Series<N> then, Series<N> otherwise) {
        boolean zero = s.isZero(condition.value()) && leaves(condition) == 0;
        return zero ? otherwise : then;
    }

    /**
     * Zero in every coefficient. Where the value alone is zero, that of {@code then} goes with the other coefficients of
     * {@code otherwise}, and the decision is a tie: beside the point it is not zero.
     */
    Series<N> ifZero(Series<N> x, Series<N> then, Series<N> otherwise) {
        if (!s.isZero(x.value()) || leaves(x) != 0) {
            return otherwise;
        }
        return x.isConstant() ? then : s.withValue(then.value(), otherwise);
    }

    Series<N> sign(Series<N> x) {
        int way = s.isZero(x.value()) ? leaves(x) : 0;
        return s.constant(way == 0 ? base.sign(x.value()) : base.of(way));
    }

    /** x or −x by the sign of the value, and constant where that is 0: the slope of least norm. */
    Series<N> abs(Series<N> x) {
        int way = s.isZero(x.value()) ? leaves(x) : 0;
        if (way == 0 && s.isZero(x.value())) {
            return s.constant(base.abs(x.value()));
        }
        return way < 0 || s.isNegative(x.value()) ? s.negate(x) : s.withValue(base.abs(x.value()), x);
    }

    Series<N> floor(Series<N> x) {
        N floor = base.floor(x.value());
        int way = s.holds(base.equal(floor, x.value())) ? leaves(x) : 0;
        return s.constant(way < 0 ? base.subtract(floor, s.one) : floor);
    }

    Series<N> rint(Series<N> x) {
        N floor = base.floor(x.value());
        boolean half = s.holds(base.equal(base.subtract(x.value(), floor), base.of(0.5)));
        int way = half ? leaves(x) : 0;
        return s.constant(way == 0 ? base.rint(x.value()) : way < 0 ? floor : base.add(floor, s.one));
    }

    /** At the point 0 constant: the slope of least norm. */
    Series<N> hypot(Series<N> x, Series<N> y, SeriesPowers<N> powers) {
        if (!s.isZero(x.value()) || !s.isZero(y.value())) {
            return y.isConstant() && s.isZero(y.value()) ? abs(x)
                    : x.isConstant() && s.isZero(x.value()) ? abs(y) : powers.hypot(x, y);
        }
        leaves(x);
        leaves(y);
        if (side == 0 || s.order == 0 || x.isConstant() && y.isConstant()) {
            return s.constant(base.hypot(x.value(), y.value()));
        }
        SeriesArithmetic.Growing<N> way = s.growing(s.zero);
        way.add(base.multiply(base.of(side), base.hypot(x.get(1), y.get(1))));
        return way.series();
    }

    /** At the point 0 constant; on the cut x &lt; 0 = y, which it jumps across, the branch of its value goes on. */
    Series<N> atan2(Series<N> y, Series<N> x, SeriesPowers<N> powers) {
        N value = base.atan2(y.value(), x.value());
        int up = s.isZero(y.value()) ? leaves(y) : 0;
        if (up != 0) {
            value = base.atan2(base.of(up < 0 ? -0.0 : 0.0), x.value());
        }
        if (x.isConstant() && y.isConstant()) {
            return s.constant(value);
        } else if (s.isZero(y.value()) && s.isZero(x.value())) {
            int right = leaves(x);
            return s.constant(up == 0 && right == 0 ? value : base.atan2(base.of(up), base.of(right)));
        }
        return powers.angle(value, y, x);
    }
}
