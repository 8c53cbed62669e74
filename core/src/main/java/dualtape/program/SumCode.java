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
     * @param beside how many neighbouring partial sums lie beside each other, element by element: 1 or the lanes of a loop on vectors
     *     that has begun the sum
     */
    record Partial(int size, Place place, Map<Integer, Local> terms, int beside) {}

    /** Sums that a loop on vectors has begun. */
    Partial begun(int size, int beside) {
        return new Partial(size, take(size * Generated.WIDTH), null, beside);
    }

    Partial partial(int size, int length, boolean unrolled) {
        if (size == 1 && unrolled && length > 0) {
            return new Partial(1, null, new HashMap<>(), 1);
        }
        int count = size * Math.max(1, Math.min(length, Generated.WIDTH));
        Place place = take(count);
        if (size > 1 || length > Generated.WIDTH || length == 0) {
            code.address(place.array(), place.base(), place.at(), -1);
            code.integer(count * lanes());
            code.callStatic(GENERATED, "clear", "([DII)V");
        }
        return new Partial(size, place, null, 1);
    }

    /** Adds a term to the partial sum of its index. */
    void add(Partial partial, Value term, int length, Trip trip) {
        Place place = partial.place();
        if (partial.size() == 1 && length <= Generated.WIDTH && partial.beside() == 1) {
            Runnable sum = () -> {
                constant(0);
                push(term);
                add();
            };
            if (place != null) {
                element(() -> address(place, trip), sum);
            } else {
                sum.run();
                partial.terms().put(trip.known(), store());
            }
            return;
        }
        Place to = new Place(place.array(), code.single(), 0, place.lanes());
        base(partial, trip);
        code.var(Opcodes.ISTORE, to.base());
        if (partial.size() == 1) {
            addTo(to, term);
        } else {
            Place from = placed(term, partial.size());
            code.address(to.array(), to.base(), 0, -1);
            if (partial.beside() > 1) {
                code.integer(partial.beside());
            }
            code.address(from.array(), from.base(), from.at(), -1);
            code.integer(partial.size() * lanes());
            if (partial.beside() > 1) {
                code.callStatic(GENERATED, "addBeside", "([DII[DII)V");
            } else {
                addAll();
            }
        }
    }

    /** Calls what adds some doubles to others. */
    void addAll() {
        code.callStatic(GENERATED, "add", "([DI[DII)V");
    }

    /** A tensor whose elements have as many doubles as numbers have. */
    Place placed(Value tensor, int size) {
        Place from = (Place) tensor;
        if (from.lanes() == lanes()) {
            return from;
        }
        Place own = take(size);
        copy(from, own, size);
        return own;
    }

    /** Adds one number to one in memory. */
    void addTo(Place to, Value term) {
        element(() -> address(to, new Trip(-1, 0)), () -> {
            element(() -> address(to, new Trip(-1, 0)));
            push(term);
            add();
        });
    }

    /** Pushes where the partial sum of a trip begins. */
    private void base(Partial partial, Trip trip) {
        Place place = partial.place();
        int size = partial.size() * lanes();
        code.sum(place.base(), place.at() + trip.known() % Generated.WIDTH * size, -1, 1);
        if (trip.local() < 0) {
            return;
        }
        int beside = partial.beside();
        code.var(Opcodes.ILOAD, trip.local());
        code.integer(Generated.WIDTH - beside);
        code.insn(Opcodes.IAND);
        code.integer(size);
        code.insn(Opcodes.IMUL);
        code.insn(Opcodes.IADD);
        if (beside > 1) {
            code.var(Opcodes.ILOAD, trip.local());
            code.integer(beside - 1);
            code.insn(Opcodes.IAND);
            code.insn(Opcodes.IADD);
        }
    }

    /** The sum of the partial sums. */
    Value total(Partial partial, int length) {
        if (partial.size() == 1 && length <= Generated.WIDTH && partial.beside() == 1) {
            tree(partial, 0, 1, length);
            return store();
        }
        Place place = partial.place();
        code.address(place.array(), place.base(), place.at(), -1);
        code.integer(partial.size() * lanes());
        code.integer(length);
        if (partial.beside() > 1 && partial.size() > 1) {
            code.integer(partial.beside());
            code.callStatic(GENERATED, "treeBeside", "([DIIII)V");
        } else {
            code.callStatic(GENERATED, "tree", "([DIII)V");
        }
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
            add();
        }
    }
}
