package dualtape.program;

import org.objectweb.asm.Opcodes;

/** Values of a method that is being written: single numbers in locals or known, elements of arrays; how they are read and stored. */
abstract class ValueCode {
    static final String GENERATED = "dualtape/program/Generated";

    /** Where a value is found while the method runs. */
    sealed interface Value {}

    /** A single number in a local. */
    record Local(int local) implements Value {}

    /** A single number that is known. */
    record Known(double value) implements Value {}

    /** Elements in an array, from base + at on; {@code base} is a local, or −1 for none. */
    record Place(int array, int base, int at) implements Value {
        Place from(int offset) {
            return new Place(array, base, at + offset);
        }
    }

    /** Which trip: an index in a local, or a known one. */
    record Trip(int local, int known) {}

    final Code code;
    int top;
    private final Place scratch;
    private int peak = 1;

    ValueCode(Code code, Place scratch) {
        this.code = code;
        this.scratch = scratch;
    }

    /** The doubles of scratch memory that the method needs. */
    int workspace() {
        return peak;
    }

    /** Loads arrays[index] and offsets[index] into two locals. */
    static Place place(Code code, int arrays, int offsets, int index) {
        Place place = new Place(code.single(), code.single(), 0);
        code.var(Opcodes.ALOAD, arrays);
        code.integer(index);
        code.insn(Opcodes.AALOAD);
        code.var(Opcodes.ASTORE, place.array());
        code.var(Opcodes.ALOAD, offsets);
        code.integer(index);
        code.insn(Opcodes.IALOAD);
        code.var(Opcodes.ISTORE, place.base());
        return place;
    }

    Place take(int size) {
        Place place = scratch.from(top);
        top += size;
        peak = Math.max(peak, top);
        return place;
    }

    /** A double on the stack goes to a new local. */
    Local store() {
        int local = code.wide();
        code.var(Opcodes.DSTORE, local);
        return new Local(local);
    }

    Local load(Place place) {
        return load(place, new Trip(-1, 0));
    }

    /** One element of a sequence of numbers. */
    Local load(Place place, Trip trip) {
        code.address(place.array(), place.base(), place.at() + trip.known(), trip.local());
        code.insn(Opcodes.DALOAD);
        return store();
    }

    void push(Value value) {
        if (value instanceof Known known) {
            code.constant(known.value());
        } else if (value instanceof Local local) {
            code.var(Opcodes.DLOAD, local.local());
        } else {
            throw new IllegalStateException("a tensor where a single number is expected: " + value);
        }
    }

    /** Copies a value to a place. */
    void copy(Value value, Place to, int size) {
        if (!(value instanceof Place from)) {
            store(value, to, new Trip(-1, 0));
        } else if (!from.equals(to)) {
            code.address(from.array(), from.base(), from.at(), -1);
            code.address(to.array(), to.base(), to.at(), -1);
            code.integer(size);
            code.callStatic(GENERATED, "copy", "([DI[DII)V");
        }
    }

    void store(Value number, Place to, Trip trip) {
        code.address(to.array(), to.base(), to.at() + trip.known(), trip.local());
        push(number);
        code.insn(Opcodes.DASTORE);
    }

    /** One slice of a sequence. */
    Value slice(Value sequence, int size, Trip trip) {
        if (!(sequence instanceof Place place)) {
            return sequence; // a sequence of one number
        }
        return size == 1 ? load(place, trip) : row(place, size, trip);
    }

    Place row(Place place, int size, Trip trip) {
        if (trip.local() < 0) {
            return place.from(trip.known() * size);
        }
        int base = code.single();
        code.sum(place.base(), place.at(), -1);
        code.var(Opcodes.ILOAD, trip.local());
        code.integer(size);
        code.insn(Opcodes.IMUL);
        code.insn(Opcodes.IADD);
        code.var(Opcodes.ISTORE, base);
        return new Place(place.array(), base, 0);
    }
}
