package dualtape.engine;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Watch;
import dualtape.op.Slicing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Where the applications of a graph repeat: stretches in which each does what the one a period before it did, on operands that are as
 * far away, or the same, or known. What a loop leaves whose trips were written out. Single numbers only. Linear time: periods are
 * guessed from a few places, by operations alone, and then verified application by application.
 */
final class Repeats {
    /** The same operand in every trip; the result a period later; a known number; the next element of the same vector. */
    static final int SAME = 1;
    static final int SHIFTED = 2;
    static final int KNOWN = 3;
    private static final int BITS = 2;
    private static final int MOVES = 1 << 30;
    private static final int MOST_OPERANDS = 14;
    private static final int NO = -1;

    private static final int LONGEST_PERIOD = 2_000;
    private static final int PLACES = 256;
    private static final int PERIODS = 8;

    private final List<Application> applications;
    private final int[] symbols;
    private final int[] made;
    private final Graph graph;
    private final int least;

    /** Looks for repetitions of at least so many applications. */
    Repeats(Graph graph, int least) {
        this.graph = graph;
        this.least = least;
        this.applications = graph.applications();
        this.symbols = new int[applications.size()];
        this.made = new int[graph.nodes().size()];
        Arrays.fill(made, NO);
        for (int i = 0; i < symbols.length; i++) {
            Application application = applications.get(i);
            boolean single = application.results().size() == 1 && application.results().get(0).shape().size() == 1
                    && application.op().whole() == null && application.operands().size() <= MOST_OPERANDS;
            symbols[i] = !single ? NO : element(application) ? 1 : application.op().hashCode() & Integer.MAX_VALUE;
            for (Node result : application.results()) {
                made[graph.position(result)] = i;
            }
        }
    }

    /** From application {@code start} on, period after period, up to but not including {@code end}. */
    record Stretch(int start, int period, int end) {
        int length() {
            return end - start;
        }
    }

    /** The number of the application that made a node; negative for inputs and constants. */
    int maker(Node node) {
        return made[graph.position(node)];
    }

    /** Whether it reads an element of a vector. */
    static boolean element(Application application) {
        return application.op() instanceof Slicing.Slice slice && slice.axis() == 0 && slice.to() == slice.from() + 1
                && application.operands().get(0).shape().rank() == 1;
    }

    /** How operand {@code j} of application {@code i} relates to that of the one a period before. */
    int kind(int i, int j, int period) {
        return kinds(i, period) >> BITS * j & (1 << BITS) - 1;
    }

    /** Whether application {@code i} reads the element after the one that the one a period before read. */
    boolean moves(int i, int period) {
        return (kinds(i, period) & MOVES) != 0;
    }

    private int kinds(int i, int period) {
        Application here = applications.get(i);
        Application before = applications.get(i - period);
        if (symbols[i] == NO || symbols[i] != symbols[i - period]
                || here.operands().size() != before.operands().size()) {
            return NO;
        }
        int kinds = 0;
        if (!here.op().equals(before.op())) {
            if (!element(here) || !element(before)
                    || ((Slicing.Slice) here.op()).from() != ((Slicing.Slice) before.op()).from() + 1) {
                return NO;
            }
            kinds = MOVES;
        }
        for (int j = 0; j < here.operands().size(); j++) {
            int kind = kind(here.operands().get(j), before.operands().get(j), period);
            if (kind == NO || (kinds & MOVES) != 0 && kind != SAME) {
                return NO;
            }
            kinds |= kind << BITS * j;
        }
        return kinds;
    }

    private int kind(Node here, Node before, int period) {
        if (here instanceof Node.Constant && before instanceof Node.Constant && here.shape().size() == 1) {
            return here.shape().equals(before.shape()) ? KNOWN : NO;
        } else if (here == before) {
            return SAME;
        }
        int maker = maker(here);
        return maker >= 0 && maker - period == maker(before) && maker >= period
                && here.shape().equals(before.shape()) ? SHIFTED : NO;
    }

    /** The longest repetitions that do not overlap, in order. */
    List<Stretch> stretches() {
        List<Stretch> all = new ArrayList<>();
        BitSet tried = new BitSet();
        int step = Math.max(1, symbols.length / PLACES);
        for (int place = 0; place + least <= symbols.length; place += step) {
            Watch.current().check(graph.nodes().size());
            int period = period(place);
            if (period > 0 && !tried.get(period) && tried.cardinality() < PERIODS) {
                tried.set(period);
                verify(period, all);
            }
        }
        all.sort(Comparator.comparingInt(Stretch::length).reversed().thenComparing(Stretch::period));
        List<Stretch> chosen = new ArrayList<>();
        BitSet taken = new BitSet();
        for (Stretch stretch : all) {
            int next = taken.nextSetBit(stretch.start());
            if (next < 0 || next >= stretch.end()) {
                taken.set(stretch.start(), stretch.end());
                chosen.add(stretch);
            }
        }
        chosen.sort(Comparator.comparingInt(Stretch::start));
        return chosen;
    }

    /** The shortest period with which the operations go on from a place for long enough, or 0. */
    private int period(int place) {
        for (int period = 1; period <= LONGEST_PERIOD; period++) {
            int enough = Math.max(least - period, 8 * period);
            if (place + period + enough > symbols.length) {
                return 0;
            }
            int k = 0;
            while (k < enough && symbols[place + k] == symbols[place + k + period]) {
                k++;
            }
            if (k == enough) {
                return period;
            }
        }
        return 0;
    }

    private void verify(int period, List<Stretch> all) {
        int[] kinds = new int[symbols.length];
        int start = NO;
        for (int i = period; i <= symbols.length; i++) {
            int here = i < symbols.length ? kinds(i, period) : NO;
            boolean other = start != NO && i - period >= start && here != kinds[i - period];
            if (here == NO || other) {
                if (start != NO && i - start + period >= least) {
                    all.add(new Stretch(start - period, period, i));
                }
                start = here == NO ? NO : i - period + 1;
            } else if (start == NO) {
                start = i;
            }
            if (here != NO) {
                kinds[i] = here;
            }
        }
    }
}
