package dualtape.program;

import java.util.HashMap;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/** Sums of a loop that is being written, in the layout of {@link dualtape.kernel.PartialSums}. */
abstract class SumCode extends ValueCode {
    SumCode(Code code, Place scratch) {
        super(code, scratch);
    }

    /**
     * The terms of a sum so far.
     *
     * @param place partial sums, {@code size} numbers each; null where the terms stay in locals
     * @param terms locals, by the index of their trip
     */
    record Partial(int size, Place place, Map<Integer, Local> terms) {}

    Partial partial(int size, int length, boolean unrolled) {
        if (size == 1 && unrolled && length > 0) {
            return new Partial(1, null, new HashMap<>());
        }
        int count = size * Math.max(1, Math.min(length, Generated.WIDTH));
        Place place = take(count);
        if (size > 1 || length > Generated.WIDTH || length == 0) {
            code.address(place.array(), place.base(), place.at(), -1);
            code.integer(count);
            code.callStatic(GENERATED, "clear", "([DII)V");
        }
        return new Partial(size, place, null);
    }

    /** Adds a term to the partial sum of its index. */
    void add(Partial partial, Value term, int length, Trip trip) {
        Place place = partial.place();
        if (partial.size() == 1 && length <= Generated.WIDTH) {
            if (place != null) {
                code.address(place.array(), place.base(), place.at() + trip.known(), trip.local());
            }
            code.constant(0);
            push(term);
            code.insn(Opcodes.DADD);
            if (place != null) {
                code.insn(Opcodes.DASTORE);
            } else {
                partial.terms().put(trip.known(), store());
            }
            return;
        }
        int base = code.single();
        code.sum(place.base(), place.at() + trip.known() % Generated.WIDTH * partial.size(), -1);
        if (trip.local() >= 0) {
            code.var(Opcodes.ILOAD, trip.local());
            code.integer(Generated.WIDTH - 1);
            code.insn(Opcodes.IAND);
            code.integer(partial.size());
            code.insn(Opcodes.IMUL);
            code.insn(Opcodes.IADD);
        }
        code.var(Opcodes.ISTORE, base);
        code.address(place.array(), base, 0, -1);
        if (term instanceof Place from) {
            code.address(from.array(), from.base(), from.at(), -1);
            code.integer(partial.size());
            code.callStatic(GENERATED, "add", "([DI[DII)V");
        } else {
            code.insn(Opcodes.DUP2);
            code.insn(Opcodes.DALOAD);
            push(term);
            code.insn(Opcodes.DADD);
            code.insn(Opcodes.DASTORE);
        }
    }

    /** The sum of the partial sums. */
    Value total(Partial partial, int length) {
        if (partial.size() == 1 && length <= Generated.WIDTH) {
            tree(partial, 0, 1, length);
            return store();
        }
        Place place = partial.place();
        code.address(place.array(), place.base(), place.at(), -1);
        code.integer(partial.size());
        code.integer(length);
        code.callStatic(GENERATED, "tree", "([DIII)V");
        return partial.size() == 1 ? load(place) : place;
    }

    /** Pushes partial sum p once those from {@code half} on have been added to it, each below {@code 2 half}. */
    void tree(Partial partial, int p, int half, int length) {
        if (half == Generated.WIDTH) {
            push(partial.place() == null ? partial.terms().get(p) : load(partial.place().from(p)));
            return;
        }
        tree(partial, p, 2 * half, length);
        if (p < half && p + half < length) {
            tree(partial, p + half, 2 * half, length);
            code.insn(Opcodes.DADD);
        }
    }
}
