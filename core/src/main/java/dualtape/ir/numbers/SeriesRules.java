package dualtape.ir.numbers;

import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * What a definition over series leaves to an operation's rules.
 *
 * <p>An operand declared to have no derivative is a constant. Where a decision in the definition is a tie at the point (max(x, y) at
 * x = y, but sigmoid at 0 too, whose branches agree there), or a value is infinite or NaN, the slope that the definition happens to
 * give is held against that of the rules, both along a direction in general position; where they differ, the operation is at a
 * kink, no series exists, and the convention's slope is kept: yₖ = Σ slope · xₖ. So the first derivative is that of every engine.
 */
final class SeriesRules<N> {
    /** Slopes at a kink differ by more than this, of the largest; roundings by less. */
    private static final double DIFFERENT_SLOPES = 1e-9;
    private static final double DIFFERENT_VALUES = 1e-13;

    private final SeriesArithmetic<N> s;
    private final SeriesArithmetic<N> first;
    private final NumbersAlgebra<N> base;

    SeriesRules(SeriesArithmetic<N> arithmetic) {
        this.s = arithmetic;
        this.first = new SeriesArithmetic<>(arithmetic.base, 1);
        this.base = new NumbersAlgebra<>(arithmetic.base);
    }

    /** @param edge run if the operation is at an edge; may be null */
    List<Array<Series<N>>> apply(Op op, List<Array<Series<N>>> operands, Runnable edge) {
        if (!varies(operands)) {
            return lifted(s, base.apply(op, part(operands, 0)));
        }
        List<Array<Series<N>>> x = declared(op, operands);
        boolean suspect = x != operands;
        List<Array<Series<N>>> y;
        if (varies(x)) {
            SeriesNumbers<N> numbers = new SeriesNumbers<>(s, 0);
            y = NumbersAlgebra.define(numbers, op, x);
            if (op.whole() == null && !op.factors() && (numbers.tied() || !isFinite(y.get(0)))) {
                keepSlopes(op, x, y);
            }
            suspect |= numbers.tied();
        } else {
            y = lifted(s, base.apply(op, part(x, 0)));
        }
        if (edge != null && suspect && !op.factors() && isAtEdge(op, operands)) {
            edge.run();
        }
        return y;
    }

    private boolean isFinite(Array<Series<N>> x) {
        for (int i = 0; i < x.size(); i++) {
            N value = x.get(i).value();
            if (!s.holds(s.base.equal(s.base.subtract(value, value), s.zero))) {
                return false;
            }
        }
        return true;
    }

    /** The operands, those without a derivative as constants; the very same list where all have one. */
    private List<Array<Series<N>>> declared(Op op, List<Array<Series<N>>> operands) {
        List<Array<Series<N>>> x = operands;
        for (int i = 0; i < operands.size() && op.whole() == null && !op.factors(); i++) {
            if (op.rule(i) == Rule.NONE && varies(operands.get(i))) {
                x = x == operands ? new ArrayList<>(operands) : x;
                x.set(i, lifted(s, part(operands.get(i), 0)));
            }
        }
        return x;
    }

    private boolean varies(List<Array<Series<N>>> x) {
        for (Array<Series<N>> operand : x) {
            if (varies(operand)) {
                return true;
            }
        }
        return false;
    }

    private boolean varies(Array<Series<N>> x) {
        for (int i = 0; i < x.size(); i++) {
            if (!x.get(i).isConstant()) {
                return true;
            }
        }
        return false;
    }

    /** Replaces the elements whose slope by the definition is not that of the rules. */
    private void keepSlopes(Op op, List<Array<Series<N>>> x, List<Array<Series<N>>> y) {
        List<Array<N>> values = part(x, 0);
        Array<N> value = base.apply(op, values).get(0);
        List<Array<Series<N>>> general = inGeneralPosition(x);
        Array<Series<N>> defined = NumbersAlgebra.define(new SeriesNumbers<>(first, 0), op, general).get(0);
        Array<N> slope = tangent(op, values, value, general, 1);
        boolean[] kinks = new boolean[value.size()];
        boolean any = false;
        for (int i = 0; i < kinks.length; i++) {
            kinks[i] = differs(defined.get(i).value(), value.get(i), value, DIFFERENT_VALUES)
                    || differs(defined.get(i).get(1), slope.get(i), slope, DIFFERENT_SLOPES);
            any |= kinks[i];
        }
        if (any) {
            List<Array<N>> coefficients = new ArrayList<>(List.of(value));
            for (int k = 1; k <= s.order; k++) {
                coefficients.add(tangent(op, values, value, x, k));
            }
            for (int i = 0; i < kinks.length; i++) {
                if (kinks[i]) {
                    y.get(0).set(i, series(coefficients, i));
                }
            }
        }
    }

    private Series<N> series(List<Array<N>> coefficients, int element) {
        SeriesArithmetic.Growing<N> y = s.growing(coefficients.get(0).get(element));
        for (int k = 1; k < coefficients.size(); k++) {
            y.add(coefficients.get(k).get(element));
        }
        return y.series();
    }

    /** The k-th coefficients pushed through the rules. */
    private Array<N> tangent(Op op, List<Array<N>> x, Array<N> y, List<Array<Series<N>>> series, int k) {
        Array<N> sum = null;
        for (int i = 0; i < x.size(); i++) {
            Array<N> part = varies(series.get(i)) ? op.rule(i).pushed(base, x, y, part(series.get(i), k)) : null;
            sum = part == null ? sum : sum == null ? part : base.add(sum, part);
        }
        return sum != null ? sum : Array.filled(y.shape(), s.zero);
    }

    /** Whether the value or the slope of an operation is another right and left of the point than it is there. */
    private boolean isAtEdge(Op op, List<Array<Series<N>>> operands) {
        List<Array<Series<N>>> x = inGeneralPosition(operands);
        List<Array<Series<N>>> here = NumbersAlgebra.define(new SeriesNumbers<>(first, 0), op, x);
        for (int side = -1; side <= 1; side += 2) {
            List<Array<Series<N>>> there = NumbersAlgebra.define(new SeriesNumbers<>(first, side), op, x);
            for (int r = 0; r < here.size(); r++) {
                if (differ(here.get(r), there.get(r), 0, DIFFERENT_VALUES)
                        || differ(here.get(r), there.get(r), 1, DIFFERENT_SLOPES)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean differ(Array<Series<N>> x, Array<Series<N>> y, int k, double tolerance) {
        Array<N> a = part(x, k);
        Array<N> b = part(y, k);
        for (int i = 0; i < a.size(); i++) {
            if (differs(a.get(i), b.get(i), b, tolerance)) {
                return true;
            }
        }
        return false;
    }

    /** Whether two numbers differ by more than a part of the largest of all. NaN does not differ from NaN. */
    private boolean differs(N x, N y, Array<N> all, double tolerance) {
        Numbers<N> n = s.base;
        if (s.holds(n.equal(x, y)) || s.holds(n.isNaN(x)) && s.holds(n.isNaN(y))) {
            return false;
        }
        N largest = s.zero;
        N infinity = n.of(Double.POSITIVE_INFINITY);
        for (int i = 0; i < all.size(); i++) {
            N size = n.abs(all.get(i));
            largest = s.holds(n.less(largest, size)) && s.holds(n.less(size, infinity)) ? size : largest;
        }
        return !s.holds(n.less(n.abs(n.subtract(x, y)), n.multiply(n.of(tolerance), largest)));
    }

    /** The values, and for whatever varies a first coefficient in [1, 2), each another. */
    private List<Array<Series<N>>> inGeneralPosition(List<Array<Series<N>>> x) {
        List<Array<Series<N>>> general = new ArrayList<>();
        int count = 0;
        for (Array<Series<N>> operand : x) {
            Array<Series<N>> moved = new Array<>(operand.shape());
            for (int i = 0; i < moved.size(); i++) {
                SeriesArithmetic.Growing<N> y = first.growing(operand.get(i).value());
                double golden = ++count * 0.6180339887498949;
                y.add(operand.get(i).isConstant() ? s.zero : s.base.of(1 + golden - Math.floor(golden)));
                moved.set(i, y.series());
            }
            general.add(moved);
        }
        return general;
    }

    private List<Array<N>> part(List<Array<Series<N>>> x, int k) {
        return x.stream().map(operand -> part(operand, k)).toList();
    }

    private Array<N> part(Array<Series<N>> x, int k) {
        Array<N> part = new Array<>(x.shape());
        for (int i = 0; i < x.size(); i++) {
            part.set(i, x.get(i).get(k));
        }
        return part;
    }

    private static <N> Array<Series<N>> lifted(SeriesArithmetic<N> s, Array<N> x) {
        Array<Series<N>> series = new Array<>(x.shape());
        for (int i = 0; i < x.size(); i++) {
            series.set(i, s.constant(x.get(i)));
        }
        return series;
    }

    private static <N> List<Array<Series<N>>> lifted(SeriesArithmetic<N> s, List<Array<N>> x) {
        return x.stream().map(result -> lifted(s, result)).toList();
    }
}
