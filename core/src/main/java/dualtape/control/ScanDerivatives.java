package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pushforward and pullback of a {@link Scan}, each one scan. */
final class ScanDerivatives {
    private ScanDerivatives() {}

    /** Carries double: each that varies has its tangent beside it; likewise constants, sequences, sums and stacks. */
    static <V> Whole.Both<V> pushforward(Scan scan, Algebra<V> a, Whole.Forward f, List<V> x, List<V> dx) {
        int consts = scan.consts();
        int carries = scan.carries();
        boolean[] varying = Loops.varying(scan.body(), Loops.present(dx), consts, carries);
        boolean[] results = Loops.varying(scan.body(), varying);
        for (int c = 0; c < carries; c++) {
            results[c] |= varying[consts + c];
        }
        Graph pushed = f.pushforward(scan.body(), varying);
        List<Node.Input> tangents = spread(pushed.inputs().subList(varying.length, pushed.inputs().size()), varying);
        Pairs<Node.Input> inputs = new Pairs<>();
        Pairs<V> operands = new Pairs<>();
        for (int i = 0; i < varying.length; i++) {
            int group = i < consts ? 0 : i < consts + carries ? 1 : 2;
            inputs.add(group, pushed.inputs().get(i), tangents.get(i));
            V tangent = dx.get(i) != null || !varying[i] ? dx.get(i) : a.fill(0, a.shape(x.get(i)));
            operands.add(group, x.get(i), tangent);
        }
        int n = scan.results();
        Pairs<Node> outputs = new Pairs<>();
        for (int j = 0; j < n; j++) {
            int group = j < carries ? 0 : j < carries + scan.sums() ? 1 : 2;
            outputs.add(group, pushed.outputs().get(j), results[j] ? pushed.outputs().get(n + j) : null);
        }
        Scan both = new Scan(pushed.select(inputs.all(), outputs.all()), inputs.size(0), inputs.size(1),
                outputs.size(1), scan.length(), scan.reverse());
        List<V> y = a.apply(both, operands.all());
        List<V> values = new ArrayList<>(Collections.nCopies(n, null));
        List<V> dy = new ArrayList<>(Collections.nCopies(n, null));
        for (int group = 0, at = 0, j = 0; group < 3; group++) {
            int from = j;
            int count = group == 0 ? carries : group == 1 ? scan.sums() : scan.stacks();
            for (; j < from + count; j++) {
                values.set(j, y.get(at++));
            }
            for (j = from; j < from + count; j++) {
                dy.set(j, results[j] ? y.get(at++) : null);
            }
        }
        return new Whole.Both<>(values, dy);
    }

    /**
     * A scan in the other direction. Its constants are the constants and the sums' adjoints, its carries the adjoints of the
     * carries that vary and matter, its sequences the sequences, the stored carries and the stacks' adjoints. It adds up the
     * constants' adjoints and stacks the sequences'. A map keeps its direction.
     */
    static <V> List<V> pullback(Scan scan, Algebra<V> a, Whole.Reverse r, List<V> x, List<V> y, List<V> by,
            boolean[] wanted) {
        int consts = scan.consts();
        int carries = scan.carries();
        int n = scan.results();
        boolean[] varying = Loops.varying(scan.body(), wanted, consts, carries);
        boolean[] seeded = Loops.present(by);
        boolean[] need = needed(scan, varying, seeded, wanted);
        List<V> adjoints = new ArrayList<>(Collections.nCopies(x.size(), null));
        if (!Loops.any(need)) {
            return adjoints;
        }
        for (int c = 0; c < carries; c++) {
            seeded[c] = need[consts + c];
        }
        Graph pulled = r.pullback(scan.body(), seeded, need);
        List<Node.Input> seeds = spread(pulled.inputs().subList(x.size(), pulled.inputs().size()), seeded);
        List<Node> parts = spread(pulled.outputs(), need);
        List<V> stored = carries == 0 ? List.of() : y.subList(n, n + carries);
        Pairs<Node.Input> inputs = new Pairs<>();
        Pairs<V> operands = new Pairs<>();
        for (int i = 0; i < consts; i++) {
            inputs.add(0, pulled.inputs().get(i), null);
            operands.add(0, x.get(i), null);
        }
        for (int c = 0; c < carries; c++) {
            if (need[consts + c]) {
                inputs.add(1, seeds.get(c), null);
                operands.add(1, by.get(c) != null ? by.get(c) : a.fill(0, a.shape(x.get(consts + c))), null);
            }
            inputs.add(2, pulled.inputs().get(consts + c), null);
            operands.add(2, stored.get(c), null);
        }
        for (int i = consts + carries; i < x.size(); i++) {
            inputs.add(2, pulled.inputs().get(i), null);
            operands.add(2, x.get(i), null);
        }
        for (int j = carries; j < n; j++) {
            if (seeded[j]) {
                int group = j < carries + scan.sums() ? 0 : 2;
                inputs.add(group, seeds.get(j), null);
                operands.add(group, by.get(j), null);
            }
        }
        Pairs<Node> outputs = new Pairs<>();
        List<Integer> order = new ArrayList<>();
        for (int group = 0; group < 3; group++) {
            int from = group == 0 ? consts : group == 1 ? 0 : consts + carries;
            int to = group == 0 ? consts + carries : group == 1 ? consts : x.size();
            for (int i = from; i < to; i++) {
                if (need[i]) {
                    outputs.add(group, parts.get(i), null);
                    order.add(i);
                }
            }
        }
        Scan back = new Scan(pulled.select(inputs.all(), outputs.all()), inputs.size(0), inputs.size(1),
                outputs.size(1), scan.length(), carries > 0 ^ scan.reverse());
        List<V> results = a.apply(back, operands.all());
        for (int p = 0; p < order.size(); p++) {
            if (wanted[order.get(p)]) {
                adjoints.set(order.get(p), results.get(p));
            }
        }
        return adjoints;
    }

    /** Which of the body's inputs need an adjoint: wanted constants and sequences, and carries that vary, if they are reached. */
    private static boolean[] needed(Scan scan, boolean[] varying, boolean[] seeded, boolean[] wanted) {
        int consts = scan.consts();
        boolean[] from = seeded.clone();
        boolean[] reached = Loops.reached(scan.body(), from);
        for (boolean changed = true; changed;) {
            changed = false;
            for (int c = 0; c < scan.carries(); c++) {
                if (reached[consts + c] && varying[consts + c] && !from[c]) {
                    from[c] = true;
                    changed = true;
                }
            }
            reached = Loops.reached(scan.body(), from);
        }
        boolean[] need = new boolean[varying.length];
        for (int i = 0; i < need.length; i++) {
            boolean carry = i >= consts && i < consts + scan.carries();
            need[i] = carry ? varying[i] && from[i - consts] : wanted[i] && reached[i];
        }
        return need;
    }

    /** A list with an entry for each flag, null where the flag is not set, from the entries of those that are. */
    static <T> List<T> spread(List<? extends T> entries, boolean[] flags) {
        List<T> spread = new ArrayList<>();
        for (int i = 0, next = 0; i < flags.length; i++) {
            spread.add(flags[i] ? entries.get(next++) : null);
        }
        return spread;
    }

    /** Three groups, in each of which the first entries of pairs come before the second ones that are there. */
    private static final class Pairs<T> {
        private final List<List<T>> firsts = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<List<T>> seconds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        void add(int group, T first, T second) {
            firsts.get(group).add(first);
            if (second != null) {
                seconds.get(group).add(second);
            }
        }

        int size(int group) {
            return firsts.get(group).size() + seconds.get(group).size();
        }

        List<T> all() {
            List<T> all = new ArrayList<>();
            for (int group = 0; group < 3; group++) {
                all.addAll(firsts.get(group));
                all.addAll(seconds.get(group));
            }
            return all;
        }
    }
}
