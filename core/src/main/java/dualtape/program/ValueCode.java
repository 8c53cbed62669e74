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

    /** A single double in a local where numbers are vectors: the same in all lanes. */
    record Uniform(int local) implements Value {}

    /**
     * Elements in an array, from base + at on, each of them {@code lanes} doubles; {@code base} is a local, or −1 for none. Where
     * numbers are vectors, elements of one double are the same in all lanes.
     */
    record Place(int array, int base, int at, int lanes) implements Value {
        Place from(int offset) {
            return new Place(array, base, at + offset * lanes, lanes);
        }
    }

    /** Which trip: an index in a local, or a known one. */
    record Trip(int local, int known) {}

    Code code;
    Place scratch;
    int top;
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
        Place place = new Place(code.single(), code.single(), 0, 1);
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

    /** The doubles of one number: more than one where numbers are vectors. */
    int lanes() {
        return 1;
    }

    /** Scratch memory for so many numbers. */
    Place take(int size) {
        Place place = scratch.from(top);
        top += size * lanes();
        peak = Math.max(peak, top);
        return new Place(place.array(), place.base(), place.at(), lanes());
    }

    /** Pushes the number that is addressed. */
    void element(Runnable address) {
        address.run();
        code.insn(Opcodes.DALOAD);
    }

    /** Stores a number where it is addressed. */
    void element(Runnable address, Runnable value) {
        address.run();
        value.run();
        code.insn(Opcodes.DASTORE);
    }

    /** Adds the two numbers on the stack. */
    void add() {
        code.insn(Opcodes.DADD);
    }

    /** Pushes a known number. */
    void constant(double value) {
        code.constant(value);
    }

    /** Pushes the number in a local. */
    void get(Local local) {
        code.var(Opcodes.DLOAD, local.local());
    }

    /** The number on the stack goes to a local. */
    void set(Local local) {
        code.var(Opcodes.DSTORE, local.local());
    }

    /** The number on the stack goes to a new local. */
    Local store() {
        int local = code.wide();
        code.var(Opcodes.DSTORE, local);
        return new Local(local);
    }

    Value load(Place place) {
        return load(place, new Trip(-1, 0));
    }

    /** One element of a sequence of numbers. */
    Value load(Place place, Trip trip) {
        element(() -> address(place, trip));
        return store();
    }

    void address(Place place, Trip trip) {
        code.address(place.array(), place.base(), place.at() + trip.known() * place.lanes(), trip.local(),
                place.lanes());
    }

    void push(Value value) {
        if (value instanceof Known known) {
            constant(known.value());
        } else if (value instanceof Local local) {
            get(local);
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
            code.integer(size * lanes());
            code.callStatic(GENERATED, "copy", "([DI[DII)V");
        }
    }

    void store(Value number, Place to, Trip trip) {
        element(() -> address(to, trip), () -> push(number));
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
        code.sum(place.base(), place.at(), trip.local(), size * place.lanes());
        code.var(Opcodes.ISTORE, base);
        return new Place(place.array(), base, 0, place.lanes());
    }
}
