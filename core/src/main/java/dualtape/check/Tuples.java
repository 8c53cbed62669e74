package dualtape.check;

import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Rule;
import dualtape.ir.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Evaluates at several places in one go, over any kind of number: what difference quotients are made of. What does not depend on
 * the place is computed once. An operand that is declared to have no derivative, behind detach or an index, keeps its value at the
 * point everywhere; a comparison or a rounding does not, if its result flips beside the point.
 *
 * <p>Loops run as they do at the point. An evaluation notes ({@link #split}) whether anything was decided in another way beside the
 * point: only then can a kink or a jump be there.
 *
 * @param <N> the kind of number
 */
final class Tuples<N> extends TupleFunctions<N> {
    private final UnaryOperator<N> constant;
    private final int places;
    private final boolean close;
    private final Watch watch = Watch.current();
    private int steps;
    private boolean split;
    private boolean steered;

    /**
     * For one evaluation.
     *
     * @param places how many
     * @param constant a number without what makes it move (an imaginary part)
     * @param close whether all places are so close that a number that is elsewhere there has jumped
     */
    Tuples(Numbers<N> numbers, int places, UnaryOperator<N> constant, boolean close) {
        super(numbers);
        this.close = close;
        this.places = places;
        this.constant = constant;
    }

    /** Whether a decision in an operation was another beside the point. */
    boolean split() {
        return split;
    }

    /** Whether a loop or a branch would have run another way beside the point. */
    boolean steered() {
        return steered;
    }

    @Override
    public List<Array<Tuple<N>>> apply(Op op, List<Array<Tuple<N>>> operands) {
        List<Array<Tuple<N>>> held = operands;
        for (int i = 0; i < operands.size() && op.whole() == null && !op.factors(); i++) {
            if (op.rule(i) == Rule.NONE && moves(operands.get(i)) && !(close && jumps(operands.get(i)))) {
                held = held == operands ? new ArrayList<>(operands) : held;
                held.set(i, held(operands.get(i)));
            }
        }
        List<Array<Tuple<N>>> results = NumbersAlgebra.define(this, op, held);
        if (held != operands && close && op instanceof Pointwise) {
            List<Array<Tuple<N>>> moved = NumbersAlgebra.define(this, op, operands);
            if (jumps(moved.get(0))) {
                split = true;
                return moved;
            }
        }
        return results;
    }

    private static <N> boolean moves(Array<Tuple<N>> x) {
        for (int i = 0; i < x.size(); i++) {
            if (!x.get(i).isConstant()) {
                return true;
            }
        }
        return false;
    }

    private Array<Tuple<N>> held(Array<Tuple<N>> x) {
        Array<Tuple<N>> held = new Array<>(x.shape());
        for (int i = 0; i < x.size(); i++) {
            held.set(i, x.get(i).isConstant() ? x.get(i) : x.get(i).held(constant));
        }
        return held;
    }

    /** Whether an element is elsewhere by much more than a step moves a smooth function. */
    private boolean jumps(Array<Tuple<N>> x) {
        for (int i = 0; i < x.size(); i++) {
            N here = x.get(i).get(0);
            N most = n.multiply(n.of(1e-3), n.add(n.of(1), n.abs(here)));
            for (int place = 1; place < places && !x.get(i).isConstant(); place++) {
                N apart = n.subtract(x.get(i).get(place), here);
                if (n.holds(n.less(most, apart)) || n.holds(n.less(most, n.negate(apart)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Tuple<N> pair(Tuple<N> x, Tuple<N> y, BinaryOperator<N> f) {
        if (x.isConstant() && y.isConstant()) {
            return Tuple.constant(f.apply(x.get(0), y.get(0)));
        }
        watch.tick(steps++, 0);
        Object[] results = new Object[places];
        for (int i = 0; i < places; i++) {
            int same = x.isConstant() ? y.same(i) : x.same(i);
            results[i] = same >= 0 && x.same(same, i) && y.same(same, i) ? results[same] : f.apply(x.get(i), y.get(i));
        }
        return Tuple.of(results);
    }

    /** Notes a decision that is not the same everywhere; one that is the same is kept once. */
    private Tuple<N> decided(Tuple<N> x) {
        for (int i = 1; i < places && !x.isConstant(); i++) {
            if (!n.holds(n.equal(x.get(i), x.get(0))) && !(undefined(x.get(i)) && undefined(x.get(0)))) {
                split = true;
                return x;
            }
        }
        return x.isConstant() ? x : Tuple.constant(x.get(0));
    }

    private boolean undefined(N x) {
        return n.holds(n.isNaN(x));
    }

    /** Notes that a function is taken where it may have a kink although nothing is compared: at zero. */
    private void noteZero(Tuple<N> x) {
        split |= !x.isConstant() && n.holds(n.equal(x.get(0), n.of(0)));
    }

    @Override
    public Tuple<N> of(double c) {
        return Tuple.constant(n.of(c));
    }

    @Override
    public Tuple<N> add(Tuple<N> x, Tuple<N> y) {
        return pair(x, y, n::add);
    }

    @Override
    public Tuple<N> subtract(Tuple<N> x, Tuple<N> y) {
        return pair(x, y, n::subtract);
    }

    @Override
    public Tuple<N> multiply(Tuple<N> x, Tuple<N> y) {
        return pair(x, y, n::multiply);
    }

    @Override
    public Tuple<N> divide(Tuple<N> x, Tuple<N> y) {
        return pair(x, y, n::divide);
    }

    @Override
    public Tuple<N> sqrt(Tuple<N> x) {
        noteZero(x);
        return x.map(n::sqrt);
    }

    @Override
    public Tuple<N> cbrt(Tuple<N> x) {
        noteZero(x);
        return x.map(n::cbrt);
    }

    @Override
    public Tuple<N> atan2(Tuple<N> y, Tuple<N> x) {
        noteZero(x);
        noteZero(y);
        return pair(y, x, n::atan2);
    }

    @Override
    public Tuple<N> hypot(Tuple<N> x, Tuple<N> y) {
        noteZero(x);
        noteZero(y);
        return pair(x, y, n::hypot);
    }

    @Override
    public Tuple<N> pow(Tuple<N> x, Tuple<N> y) {
        noteZero(x);
        return pair(x, y, n::pow);
    }

    @Override
    public Tuple<N> abs(Tuple<N> x) {
        noteZero(x);
        decided(x.map(n::sign));
        return x.map(n::abs);
    }

    @Override
    public Tuple<N> sign(Tuple<N> x) {
        return decided(x.map(n::sign));
    }

    @Override
    public Tuple<N> floor(Tuple<N> x) {
        return decided(x.map(n::floor));
    }

    @Override
    public Tuple<N> rint(Tuple<N> x) {
        return decided(x.map(n::rint));
    }

    @Override
    public Tuple<N> less(Tuple<N> x, Tuple<N> y) {
        return decided(pair(x, y, n::less));
    }

    @Override
    public Tuple<N> equal(Tuple<N> x, Tuple<N> y) {
        return decided(pair(x, y, n::equal));
    }

    @Override
    public Tuple<N> isNaN(Tuple<N> x) {
        return decided(x.map(n::isNaN));
    }

    @Override
    public Tuple<N> select(Tuple<N> condition, Tuple<N> then, Tuple<N> otherwise) {
        return condition.isConstant()
                ? n.holds(condition.get(0)) ? then : otherwise
                : chosen(place -> n.select(condition.get(place), then.get(place), otherwise.get(place)));
    }

    @Override
    public Tuple<N> ifZero(Tuple<N> x, Tuple<N> then, Tuple<N> otherwise) {
        if (!x.isConstant()) {
            decided(x.map(v -> n.equal(v, n.of(0))));
        }
        return chosen(place -> n.ifZero(x.get(place), then.get(place), otherwise.get(place)),
                x.isConstant() && then.isConstant() && otherwise.isConstant());
    }

    private Tuple<N> chosen(java.util.function.IntFunction<N> at) {
        return chosen(at, false);
    }

    private Tuple<N> chosen(java.util.function.IntFunction<N> at, boolean once) {
        watch.tick(steps++, 0);
        if (once) {
            return Tuple.constant(at.apply(0));
        }
        Object[] results = new Object[places];
        for (int i = 0; i < places; i++) {
            results[i] = at.apply(i);
        }
        return Tuple.of(results);
    }

    @Override
    public Tuple<N> multiplyAdd(Tuple<N> x, Tuple<N> y, Tuple<N> z) {
        return x.isConstant() && y.isConstant() && z.isConstant()
                ? Tuple.constant(n.multiplyAdd(x.get(0), y.get(0), z.get(0)))
                : chosen(i -> n.multiplyAdd(x.get(i), y.get(i), z.get(i)));
    }

    @Override
    public boolean definite() {
        return n.definite();
    }

    /** Steers loops as at the point, noting where another place would steer them otherwise. */
    @Override
    public boolean holds(Tuple<N> condition) {
        boolean here = n.holds(condition.get(0));
        for (int i = 1; i < places && !condition.isConstant(); i++) {
            steered |= n.holds(condition.get(i)) != here;
        }
        return here;
    }
}
