package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import dualtape.op.Gathering;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes what {@link BodyCode} writes over vectors: one lane for each of some trips of the outermost loop. A number is a vector in a
 * local, an element of a tensor in scratch memory is as many doubles as there are lanes; what all trips read is a double or an array
 * of doubles as before. The classes of {@code jdk.incubator.vector} are only named here.
 */
class LaneCode extends BodyCode {
    private static final String LANES = "dualtape/program/LaneLoop";
    static final String VECTOR = "jdk/incubator/vector/DoubleVector";
    static final String KERNELS = "dualtape/kernel/LaneKernels";
    private static final String SPECIES = "Ljdk/incubator/vector/VectorSpecies;";
    /** Instructions of loops that are written out: fewer than over doubles, since each of these is many for the compiler. */
    private static final int UNROLLED = 64;

    private final int lanes;
    /** A local with the most trips of loops inside. */
    private int most;
    private final LaneFormulas formulas = new LaneFormulas(this);
    private final LaneCalls calls = new LaneCalls(this);
    private final Map<Graph, LaneDoubts> doubts = new HashMap<>();
    /** The body that is being written. */
    private Graph written;

    /** Thrown where there is no vector form. */
    static final class None extends RuntimeException {
        private static final long serialVersionUID = 1;

        None(String what) {
            super(what + " has no form on vectors", null, false, false);
        }
    }

    LaneCode(Code code, Place scratch, int constantArray, Bodies bodies, int lanes, ClassVisitor writer) {
        super(code, scratch, constantArray, bodies, writer);
        this.lanes = lanes;
        inside();
    }

    /** The local with the most trips of loops inside. */
    int most() {
        return most;
    }

    /** At the beginning: see {@link LaneLoop#most}. */
    void limit() {
        most = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(LANES, "most", "I");
        code.var(Opcodes.ISTORE, most);
    }

    /** What shows the doubts of a loop with its body, before that is written. */
    LaneDoubts doubts(dualtape.control.Scan loop, Graph body) {
        return new LaneDoubts(loop, body, bodies, doubts);
    }

    LaneFormulas formulas() {
        return formulas;
    }

    @Override
    int lanes() {
        return lanes;
    }

    void species() {
        code.getStatic(VECTOR, "SPECIES_" + 64 * lanes, SPECIES);
    }

    @Override
    void element(Runnable address) {
        species();
        address.run();
        code.callStatic(VECTOR, "fromArray", "(" + SPECIES + "[DI)L" + VECTOR + ";");
    }

    @Override
    void element(Runnable address, Runnable value) {
        value.run();
        address.run();
        code.call(VECTOR, "intoArray", "([DI)V");
    }

    @Override
    void add() {
        formulas.binary("add");
    }

    @Override
    void constant(double value) {
        spread(() -> code.constant(value));
    }

    /** A double in every lane. */
    void spread(Runnable number) {
        species();
        number.run();
        code.callStatic(VECTOR, "broadcast", "(" + SPECIES + "D)L" + VECTOR + ";");
    }

    @Override
    void get(Local local) {
        code.var(Opcodes.ALOAD, local.local());
    }

    @Override
    void set(Local local) {
        code.var(Opcodes.ASTORE, local.local());
    }

    @Override
    Local store() {
        Local local = new Local(code.single());
        set(local);
        return local;
    }

    @Override
    void push(Value value) {
        if (value instanceof Uniform uniform) {
            spread(() -> code.var(Opcodes.DLOAD, uniform.local()));
        } else if (value instanceof Place place) {
            push(load(place, new Trip(-1, 0)));
        } else {
            super.push(value);
        }
    }

    @Override
    Value load(Place place, Trip trip) {
        if (place.lanes() == lanes) {
            return super.load(place, trip);
        }
        address(place, trip);
        code.insn(Opcodes.DALOAD);
        Uniform uniform = new Uniform(code.wide());
        code.var(Opcodes.DSTORE, uniform.local());
        return uniform;
    }

    @Override
    void copy(Value value, Place to, int size) {
        if (value instanceof Place from && from.lanes() != lanes) {
            code.address(from.array(), from.base(), from.at(), -1);
            code.address(to.array(), to.base(), to.at(), -1);
            code.integer(size);
            code.integer(lanes);
            code.callStatic(GENERATED, "spread", "([DI[DIII)V");
        } else {
            super.copy(value, to, size);
        }
    }

    @Override
    void addAll() {
        code.var(Opcodes.ILOAD, most);
        code.integer(lanes);
        code.insn(Opcodes.IMUL);
        code.callStatic("java/lang/Math", "min", "(II)I");
        code.callStatic(KERNELS, "add", "([DI[DII)V");
    }

    /** To memory: a vector that lives across a loop may be an object there. */
    @Override
    List<Value> enter(List<Value> operands, Map<Node, Value> around) {
        Map<Value, Value> kept = new HashMap<>();
        around.replaceAll((node, value) -> kept(value, kept));
        return operands.stream().map(value -> kept(value, kept)).toList();
    }

    /**
     * A body of which {@link #doubts} is known. A long one is written in parts, each a method: the quick compiler gives up on one
     * that is too long, and then both do.
     */
    @Override
    void graph(Graph graph, Map<Node, Value> values, Map<Node, Place> wished) {
        Graph around = written;
        written = graph;
        List<List<Node>> parts = LaneParts.of(graph);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.size() == 1 || !part(graph, parts.get(i), LaneParts.wanted(graph, parts, i), values, wished)) {
                nodes(graph, parts.get(i), values, wished);
            }
        }
        written = around;
    }

    /** Writes some nodes as a method. Whether it does: it may want too many arguments. */
    private boolean part(Graph graph, List<Node> part, List<Node> wanted, Map<Node, Value> values,
            Map<Node, Place> wished) {
        List<Node> used = List.copyOf(LaneParts.used(part));
        List<Node> places = LaneParts.made(part).stream().filter(wished::containsKey).toList();
        if (used.size() + places.size() > LaneParts.ARGUMENTS) {
            return false;
        }
        formulas.remember();
        Map<Value, Value> kept = new HashMap<>();
        used.forEach(node -> values.put(node, kept(values.get(node), kept)));
        Map<Node, Value> there = new HashMap<>();
        elsewhere(arguments -> {
            Map<Node, Place> wishedThere = new HashMap<>();
            used.forEach(node -> there.put(node, arguments.of(values.get(node))));
            places.forEach(node -> wishedThere.put(node, (Place) arguments.of(wished.get(node))));
            return () -> {
                nodes(graph, part, there, wishedThere);
                formulas.remember();
                wanted.forEach(node -> values.put(node, back(there.get(node), arguments)));
            };
        });
        return true;
    }

    /** A value of a method as its caller finds it: in memory. */
    private Value back(Value value, Arguments arguments) {
        if (value instanceof Known) {
            return value;
        }
        if (value instanceof Place place && arguments.passed(place.array())
                && (place.base() < 0 || arguments.passed(place.base()))) {
            return arguments.back(place);
        }
        if (value instanceof Place) {
            throw new None("a tensor that moves");
        }
        Place memory = take(1);
        store(value, memory, new Trip(-1, 0));
        return arguments.back(memory);
    }

    private Value kept(Value value, Map<Value, Value> kept) {
        return !(value instanceof Local) ? value : kept.computeIfAbsent(value, local -> {
            Place place = take(1);
            store(local, place, new Trip(-1, 0));
            return place;
        });
    }

    @Override
    void trips(Loop loop, int from) {
        formulas.remember();
        super.trips(loop, from);
    }

    @Override
    Move move(Arguments arguments) {
        int mostHere = most;
        int mostThere = arguments.integer(most);
        Place doubts = formulas.doubts();
        Place doubtsThere = (Place) arguments.of(doubts);
        return new Move(() -> {
            most = mostThere;
            formulas.moveTo(doubtsThere);
        }, () -> {
            most = mostHere;
            formulas.moveTo(doubts);
        });
    }

    /** No more trips than {@link #most}. */
    @Override
    void here(Loop loop, int from) {
        int bound = code.single();
        code.integer(loop.scan().length());
        code.var(Opcodes.ILOAD, most);
        code.callStatic("java/lang/Math", "min", "(II)I");
        code.var(Opcodes.ISTORE, bound);
        if (loop.scan().reverse()) {
            code.loopFrom(bound, index -> trip(loop, new Trip(index, 0)));
        } else {
            code.loopTo(bound, index -> trip(loop, new Trip(index, 0)));
        }
    }

    @Override
    void trip(Loop loop, Trip trip) {
        super.trip(loop, trip);
        if (trip.local() >= 0) {
            formulas.remember();
        }
    }

    @Override
    void made(Application application, Map<Node, Value> values) {
        for (Node result : application.results()) {
            if (doubts.get(written).looks(result)) {
                formulas.look(values.get(result));
            }
        }
    }

    @Override
    boolean unrolled(dualtape.control.Scan scan, Graph body) {
        return super.unrolled(scan, body) && scan.length() * body.work() <= UNROLLED;
    }

    @Override
    Value pointwise(Pointwise op, List<Value> operands) {
        return formulas.value(op, operands);
    }

    @Override
    Value pick(Gathering.Gather gather, Place vector, int extent, Value index) {
        return calls.pick(gather, vector, extent, index);
    }

    @Override
    boolean together(Graph graph, Application first, Map<Node, Value> values) {
        return false;
    }

    @Override
    void call(Kernel kernel, Application application, List<Value> operands, Map<Node, Value> values,
            Map<Node, Place> wished) {
        calls.call(application, operands, values, wished);
    }
}
