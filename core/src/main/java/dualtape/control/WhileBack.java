package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The pullback of a {@link While}, as one operation: bx = J(x)ᵀ by. Operands are the loop's, then the adjoints of the
 * seeded carries; results are the adjoints of the wanted operands. It runs the loop, keeps what each trip read, and goes
 * back: as many trips as the loop made, which no static shape could hold.
 *
 * <p>It is closed under differentiation. With W the loop and W′ its pushforward (x, u) ↦ (y, J u): the tangent of bx along (dx,
 * dby) is the adjoint of x in W′ at (x, dx), for the adjoints dby of y and by of J dx. The adjoint of x for an adjoint u
 * of bx is that of x in W′ at (x, u) for the adjoint by of J u; that of by is J u.
 *
 * @param loop the loop
 * @param back the pullback of its body: from the body's inputs and the adjoints of all {@code carried} carries to those
 *     of the wanted constants, then of the carried carries
 * @param seeded which carries have an adjoint after the loop
 * @param carried which carries have an adjoint between trips: the seeded ones among them
 * @param wanted which operands' adjoints are results
 * @param reverse how bodies are pulled back, for derivatives of this operation itself
 */
record WhileBack(While loop, Graph back, boolean[] seeded, boolean[] carried, boolean[] wanted,
        Whole.Reverse reverse) implements Bodied, Whole {
    static WhileBack of(While loop, Whole.Reverse r, boolean[] seeded, boolean[] wanted) {
        int consts = loop.consts();
        boolean[] carried = seeded.clone();
        boolean[] reached = new boolean[wanted.length];
        for (boolean changed = true; changed;) {
            changed = false;
            reached = Loops.reached(loop.body(), carried);
            for (int c = 0; c < carried.length; c++) {
                if (reached[consts + c] && !carried[c]) {
                    carried[c] = true;
                    changed = true;
                }
            }
        }
        boolean[] need = new boolean[wanted.length];
        for (int i = 0; i < need.length; i++) {
            need[i] = i < consts ? wanted[i] : carried[i - consts];
        }
        return new WhileBack(loop, r.pullback(loop.body(), carried, need), seeded, carried, wanted, r);
    }

    @Override
    public String symbol() {
        return "while_back";
    }

    @Override
    public int results() {
        return Loops.count(wanted);
    }

    @Override
    public List<Graph> bodies() {
        return List.of(loop.condition(), loop.body(), back);
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        int n = wanted.length;
        loop.shapes(operands.subList(0, n));
        return Loops.chosen(operands.subList(0, n), wanted);
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        if (!n.definite()) {
            everything(n, x, y);
            return;
        }
        Algebra<Array<N>> algebra = new NumbersAlgebra<>(n);
        int consts = loop.consts();
        List<List<Array<N>>> tape = new ArrayList<>();
        loop.trips(n, x.subList(0, wanted.length), tape);
        List<Array<N>> carry = new ArrayList<>();
        int next = wanted.length;
        for (int c = 0; c < carried.length; c++) {
            if (carried[c]) {
                carry.add(seeded[c] ? x.get(next++) : zeros(n, x.get(consts + c).shape()));
            }
        }
        List<Array<N>> sums = new ArrayList<>();
        for (int i = 0; i < consts; i++) {
            if (wanted[i]) {
                sums.add(zeros(n, x.get(i).shape()));
            }
        }
        for (int k = tape.size() - 1; k >= 0; k--) {
            List<Array<N>> inputs = new ArrayList<>(tape.get(k));
            inputs.addAll(carry);
            List<Array<N>> adjoints = back.evaluate(algebra, inputs);
            for (int s = 0; s < sums.size(); s++) {
                for (int e = 0; e < sums.get(s).size(); e++) {
                    sums.get(s).set(e, n.add(sums.get(s).get(e), adjoints.get(s).get(e)));
                }
            }
            carry = adjoints.subList(sums.size(), adjoints.size());
        }
        int result = 0;
        for (Array<N> sum : sums) {
            Scan.copy(sum, y.get(result++), 0);
        }
        for (int c = 0, at = 0; c < carried.length; c++) {
            if (wanted[consts + c]) {
                Scan.copy(carried[c] ? carry.get(at) : zeros(n, x.get(consts + c).shape()), y.get(result++), 0);
            }
            at += carried[c] ? 1 : 0;
        }
    }

    private static <N> Array<N> zeros(Numbers<N> n, Shape shape) {
        return Array.filled(shape, n.of(0));
    }

    /** Every result depends on every operand, for kinds that cannot steer the loop. */
    private static <N> void everything(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        N all = n.of(0);
        for (Array<N> operand : x) {
            for (int e = 0; e < operand.size(); e++) {
                all = n.add(all, operand.get(e));
            }
        }
        for (Array<N> result : y) {
            for (int e = 0; e < result.size(); e++) {
                result.set(e, all);
            }
        }
    }

    @Override
    public Kernel kernel(List<Shape> operands, Bodies bodies) {
        return new WhileKernel(loop, bodies.of(loop.condition()), bodies.of(loop.body()), this, bodies.of(back));
    }

    /** The work of one trip there and back. */
    @Override
    public long work(List<Shape> operands) {
        return Math.max(1, loop.body().work() + loop.condition().work() + back.work());
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException("while is differentiated as a whole");
    }

    @Override
    public Whole whole() {
        return this;
    }

    @Override
    public Op recording() {
        return this;
    }

    /** The results, null for operands that were not wanted. */
    <V> List<V> spread(List<V> results) {
        return ScanDerivatives.spread(results, wanted);
    }

    @Override
    public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        int n = wanted.length;
        List<V> by = ScanDerivatives.spread(x.subList(n, x.size()), seeded);
        List<V> dby = ScanDerivatives.spread(dx.subList(n, dx.size()), seeded);
        WhilePushed<V> pushed = new WhilePushed<>(loop, a, f, x.subList(0, n), dx.subList(0, n));
        List<V> tangents = pushed.adjoints(reverse, dby, by, wanted);
        return new Both<>(a.apply(this, x), Loops.chosen(tangents, wanted));
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] needed) {
        int n = wanted.length;
        List<V> direction = ScanDerivatives.spread(by, wanted);
        List<V> seeds = ScanDerivatives.spread(x.subList(n, x.size()), seeded);
        List<V> adjoints = new ArrayList<>(Collections.nCopies(x.size(), null));
        WhilePushed<V> pushed = new WhilePushed<>(loop, a, Loops.forward(r), x.subList(0, n), direction);
        boolean[] operands = Arrays.copyOf(needed, n);
        if (Loops.any(operands)) {
            List<V> none = Collections.nCopies(seeds.size(), null);
            List<V> bx = pushed.adjoints(r, none, seeds, operands);
            for (int i = 0; i < n; i++) {
                adjoints.set(i, bx.get(i));
            }
        }
        if (Loops.any(Loops.part(needed, n, needed.length - n))) {
            List<V> tangents = Loops.chosen(pushed.tangents(), seeded);
            for (int i = n; i < needed.length; i++) {
                adjoints.set(i, needed[i] ? tangents.get(i - n) : null);
            }
        }
        return adjoints;
    }

    /** Short: bodies are compared by identity. */
    @Override
    public String toString() {
        return "pullback of " + loop;
    }
}
