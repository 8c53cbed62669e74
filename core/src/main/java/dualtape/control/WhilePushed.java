package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The pushforward W′ of a while at (x, u): what the derivatives of its pullback are made of. */
final class WhilePushed<V> {
    private final While loop;
    private final Algebra<V> a;
    private final boolean[] varying;
    private final While pushed;
    private final List<V> operands = new ArrayList<>();

    /** {@code u}: null where an operand does not vary. */
    WhilePushed(While loop, Algebra<V> a, Whole.Forward f, List<V> x, List<V> u) {
        this.loop = loop;
        this.a = a;
        int consts = loop.consts();
        this.varying = Loops.varying(loop.body(), Loops.present(u), consts, loop.carries());
        this.pushed = loop.pushed(f, varying);
        for (int from = 0, to = consts, group = 0; group < 2; from = to, to = x.size(), group++) {
            operands.addAll(x.subList(from, to));
            for (int i = from; i < to; i++) {
                if (varying[i]) {
                    operands.add(u.get(i) != null ? u.get(i) : a.fill(0, a.shape(x.get(i))));
                }
            }
        }
    }

    /** J u for every carry, zero where it does not vary. */
    List<V> tangents() {
        int n = loop.carries();
        List<V> y = a.apply(pushed, operands);
        List<V> dy = ScanDerivatives.spread(y.subList(n, y.size()), Loops.part(varying, loop.consts(), n));
        for (int c = 0; c < n; c++) {
            dy.set(c, dy.get(c) != null ? dy.get(c) : a.fill(0, a.shape(y.get(c))));
        }
        return dy;
    }

    /**
     * The adjoints of x, for adjoints of y and of J u, null where there are none.
     *
     * @return null where an operand is not wanted or has none
     */
    List<V> adjoints(Whole.Reverse r, List<V> by, List<V> bdy, boolean[] wanted) {
        int consts = loop.consts();
        List<V> seeds = new ArrayList<>(by);
        seeds.addAll(Loops.chosen(bdy, Loops.part(varying, consts, loop.carries())));
        boolean[] seeded = Loops.present(seeds);
        if (!Loops.any(seeded)) {
            return new ArrayList<>(Collections.nCopies(wanted.length, null));
        }
        boolean[] wantedThere = new boolean[operands.size()];
        int[] positions = new int[wanted.length];
        int tangentConsts = Loops.count(Loops.part(varying, 0, consts));
        for (int i = 0; i < wanted.length; i++) {
            positions[i] = i < consts ? i : i + tangentConsts;
            wantedThere[positions[i]] = wanted[i];
        }
        WhileBack back = WhileBack.of(pushed, r, seeded, wantedThere);
        List<V> all = new ArrayList<>(operands);
        all.addAll(Loops.chosen(seeds, seeded));
        List<V> results = back.spread(a.apply(back, all));
        List<V> adjoints = new ArrayList<>();
        for (int position : positions) {
            adjoints.add(results.get(position));
        }
        return adjoints;
    }
}
