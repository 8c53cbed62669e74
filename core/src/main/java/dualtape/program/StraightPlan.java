package dualtape.program;

import dualtape.program.StraightCode.Steps;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * In which order straight-line code takes its steps, and where in memory a result lies that a later method reads. Steps on single
 * numbers alone may change places: each comes as soon as the last of the inputs that it depends on is there, if that shortens the
 * lives of results. So a term's adjoints are computed beside the term, where a sum does not need them to wait. Every step
 * computes what it did, so the bits stay; the arena stays as large as it was.
 */
final class StraightPlan {
    /** Not a step on single numbers: an input, a known number, what a kernel wrote. */
    static final int OUTSIDE = -1;
    /** Nobody reads it after its method. */
    static final int NOWHERE = -1;

    private final Steps steps;
    private final int chunk;
    private final int[] starts;
    private final int[] firsts;
    private final int[] makers;
    private final boolean[] kept;
    private int[] order;
    private int[] slots;

    /**
     * Plans.
     *
     * @param chunk the steps of one method
     * @param direct whether outputs after the first go to the user's array at once, and not to the arena
     */
    StraightPlan(Steps steps, int chunk, boolean direct) {
        this.steps = steps;
        this.chunk = chunk;
        int count = steps.count(false);
        this.starts = new int[count];
        this.firsts = new int[count + 1];
        for (int p = 0, s = 0; s < count; p = steps.next(p), s++) {
            starts[s] = p;
            firsts[s + 1] = firsts[s] + steps.code()[p + 1];
        }
        this.makers = new int[firsts[count]];
        this.kept = new boolean[count];
        int[] makes = makers();
        for (int i = 0; i < (direct ? steps.kept() : steps.outputs().length / 2); i++) {
            if (maker(makes, i) >= 0) {
                kept[maker(makes, i)] = true;
            }
        }
        this.order = new int[count];
        Arrays.setAll(order, s -> s);
        boolean scalar = steps.count(true) == count;
        int[] sooner = scalar ? sooner() : order;
        if (lives(sooner) < lives(order)) {
            int[] written = order;
            order = sooner;
            slots = packed();
            order = slots == null ? written : order;
        }
        if (slots == null && steps.places() > steps.arena()) {
            slots = packed();
        } else if (slots == null) {
            int[] last = lastReaders();
            slots = new int[count];
            Arrays.setAll(slots, s -> last[s] / chunk > s / chunk ? result(s) : NOWHERE);
        }
    }

    /** Whether the arena has room for all that goes from method to method. */
    boolean fits() {
        return slots != null;
    }

    /** The steps, in their order. */
    int[] order() {
        return order;
    }

    /** Where the code of a step begins. */
    int start(int step) {
        return starts[step];
    }

    /** The step on single numbers that makes an operand of a step, or {@link #OUTSIDE}. */
    int maker(int step, int operand) {
        return makers[firsts[step] + operand];
    }

    /** Where in the arena a step leaves its result, or {@link #NOWHERE}. */
    int slot(int step) {
        return slots[step];
    }

    /** The step on single numbers that makes each output, or {@link #OUTSIDE}. */
    int[] outputs() {
        int[] makes = makers();
        int[] outputs = new int[steps.outputs().length / 2];
        Arrays.setAll(outputs, i -> maker(makes, i));
        return outputs;
    }

    private int result(int step) {
        int p = starts[step];
        return steps.code()[p + 3 + 2 * steps.code()[p + 1]];
    }

    private int maker(int[] makes, int output) {
        return steps.outputs()[2 * output] == 0 ? makes[steps.outputs()[2 * output + 1]] : OUTSIDE;
    }

    /** Finds the makers of all operands; by place in the arena what made the number that is there in the end. */
    private int[] makers() {
        int[] code = steps.code();
        int[] makes = new int[steps.places()];
        Arrays.fill(makes, OUTSIDE);
        for (int s = 0; s < starts.length; s++) {
            int p = starts[s];
            for (int i = 0, at = p + 3; i < code[p + 1]; i++, at += 2) {
                int maker = code[at] == 0 ? makes[code[at + 1]] : OUTSIDE;
                makers[firsts[s] + i] = maker;
                if (maker >= 0 && steps.scalars()[code[p]] == null) {
                    kept[maker] = true;
                }
            }
            if (steps.scalars()[code[p]] != null) {
                makes[result(s)] = s;
                continue;
            }
            int[] sizes = steps.sizes()[code[p]];
            for (int j = 0, at = p + 3 + 2 * code[p + 1]; j < sizes.length; j++, at++) {
                Arrays.fill(makes, code[at], code[at] + sizes[j], OUTSIDE);
            }
        }
        return makes;
    }

    /** The steps by the last of the inputs that they depend on, in the order in which inputs are read first. */
    private int[] sooner() {
        int count = starts.length;
        int[] code = steps.code();
        Map<Long, Integer> inputs = new HashMap<>();
        int[] latest = new int[count];
        for (int s = 0; s < count; s++) {
            for (int i = 0, at = starts[s] + 3; i < firsts[s + 1] - firsts[s]; i++, at += 2) {
                int maker = makers[firsts[s] + i];
                int here = maker >= 0 ? latest[maker] : code[at] == steps.constantBuffer() ? 0
                        : inputs.computeIfAbsent((long) code[at] << 32 | code[at + 1], key -> inputs.size());
                latest[s] = Math.max(latest[s], here);
            }
        }
        int[] next = new int[inputs.size() + 2];
        for (int input : latest) {
            next[input + 1]++;
        }
        for (int input = 1; input < next.length; input++) {
            next[input] += next[input - 1];
        }
        int[] sorted = new int[count];
        for (int s = 0; s < count; s++) {
            sorted[next[latest[s]]++] = s;
        }
        return sorted;
    }

    /** How many steps all results live together. */
    private long lives(int[] sequence) {
        int[] last = new int[starts.length];
        long lives = 0;
        for (int at = sequence.length - 1; at >= 0; at--) {
            int s = sequence[at];
            lives += last[s] == 0 ? 0 : last[s] - at;
            for (int k = firsts[s]; k < firsts[s + 1]; k++) {
                if (makers[k] >= 0 && last[makers[k]] == 0) {
                    last[makers[k]] = at;
                }
            }
        }
        return lives;
    }

    /** Where in the order each result is read last: beyond the end if it must lie in memory then. */
    private int[] lastReaders() {
        int[] last = new int[starts.length];
        for (int at = 0; at < order.length; at++) {
            for (int k = firsts[order[at]]; k < firsts[order[at] + 1]; k++) {
                if (makers[k] >= 0) {
                    last[makers[k]] = at;
                }
            }
        }
        for (int s = 0; s < last.length; s++) {
            last[s] = kept[s] ? Integer.MAX_VALUE : last[s];
        }
        return last;
    }

    /** Places in the arena for an order that is not the interpreter's; null if it is too small. */
    private int[] packed() {
        int[] last = lastReaders();
        BitSet taken = new BitSet();
        for (int s = 0; s < kept.length; s++) {
            if (kept[s]) {
                taken.set(result(s));
            }
        }
        Deque<Integer> free = new ArrayDeque<>();
        for (int at = 0; at < steps.arena(); at++) {
            if (!taken.get(at)) {
                free.add(at);
            }
        }
        int[] places = new int[kept.length];
        Arrays.fill(places, NOWHERE);
        for (int at = 0; at < order.length; at++) {
            int s = order[at];
            for (int k = firsts[s]; k < firsts[s + 1]; k++) {
                int maker = makers[k];
                if (maker >= 0 && last[maker] == at && places[maker] >= 0) {
                    free.push(places[maker]);
                    last[maker] = Integer.MAX_VALUE; // read twice by one step, it is given back once
                }
            }
            if (kept[s]) {
                places[s] = result(s);
            } else if (last[s] / chunk > at / chunk) {
                if (free.isEmpty()) {
                    return null;
                }
                places[s] = free.pop();
            }
        }
        return places;
    }
}
