package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/** Scans in a method that is being written: short ones trip by trip, others as a loop. */
abstract class ScanCode extends SumCode {
    /** Trips of loops that are written out, and the instructions that this may give. */
    private static final int SHORT = 16;
    private static final int UNROLLED = 160;

    final Bodies bodies;
    /** A local for the array of known tensors. */
    int constantArray;
    private final ClassVisitor writer;
    private int methods;
    /** How many loops there are around. */
    private int depth;

    /** Which loops inside a loop become kernels of their own, which are called: none, those with a form on vectors, all that are long. */
    enum Apart {
        NONE, VECTORS, ALL
    }

    /** How a loop is written, and the bodies of loops, each fused once for all that is written of it. */
    static final class Bodies {
        private final Map<Graph, Graph> fused;
        /** Whether short loops are written out. */
        final boolean unrolls;
        /** Which loops inside are kernels of their own. */
        final Apart apart;

        Bodies() {
            this(new IdentityHashMap<>(), true, Apart.NONE);
        }

        private Bodies(Map<Graph, Graph> fused, boolean unrolls, Apart apart) {
            this.fused = fused;
            this.unrolls = unrolls;
            this.apart = apart;
        }

        /** The same bodies, written in another way. */
        Bodies with(boolean shortOnesWrittenOut, Apart which) {
            return new Bodies(fused, shortOnesWrittenOut, which);
        }

        Graph fused(Graph body) {
            return fused.computeIfAbsent(body, Fusion::within);
        }
    }

    /** {@code writer}: of the class that gets a method for each loop inside; null if they are written in place. */
    ScanCode(Code code, Place scratch, int constantArray, Bodies bodies, ClassVisitor writer) {
        super(code, scratch);
        this.constantArray = constantArray;
        this.bodies = bodies;
        this.writer = writer;
    }

    /** A graph whose inputs have values. {@code wished} says where a tensor should be put, if that is possible. */
    abstract void graph(Graph graph, Map<Node, Value> values, Map<Node, Place> wished);

    /** A loop. Stacks go to the given places, carries and sums to locals and scratch memory. */
    List<Value> scan(Scan scan, List<Value> given, Map<Node, Value> around, List<Place> stacks, int begun) {
        Graph body = bodies.fused(scan.body());
        boolean unrolled = begun == 0 && unrolled(scan, body);
        List<Value> operands = unrolled ? given : enter(given, around);
        List<Node.Input> inputs = scan.body().inputs();
        List<Node> outputs = scan.body().outputs();
        int consts = scan.consts();
        int carries = scan.carries();
        List<Value> carry = new ArrayList<>();
        for (int c = 0; c < carries; c++) {
            int size = inputs.get(consts + c).shape().size();
            if (size == 1) {
                push(operands.get(consts + c));
                carry.add(store());
            } else {
                Place place = take(size);
                copy(operands.get(consts + c), place, size);
                carry.add(place);
            }
        }
        List<Partial> partials = new ArrayList<>();
        for (int s = 0; s < scan.sums(); s++) {
            int size = outputs.get(carries + s).shape().size();
            partials.add(begun > 0 ? begun(size, begun) : partial(size, scan.length(), unrolled));
        }
        int mark = top;
        if (unrolled) {
            for (int k = 0; k < scan.length(); k++) {
                trip(new Loop(scan, body, operands, carry, partials, stacks),
                        new Trip(-1, scan.reverse() ? scan.length() - 1 - k : k));
            }
        } else if (begun == 0 || scan.length() % begun > 0) {
            trips(new Loop(scan, body, operands, carry, partials, stacks),
                    begun > 0 ? scan.length() - scan.length() % begun : 0);
        }
        top = mark;
        List<Value> results = new ArrayList<>(carry);
        partials.forEach(partial -> results.add(total(partial, scan.length())));
        results.addAll(stacks);
        return results;
    }

    /** Before a loop: its operands as the loop finds them. {@code around}: what is there, and perhaps used after the loop. */
    List<Value> enter(List<Value> operands, Map<Node, Value> around) {
        return operands;
    }

    /** A loop, with what is there for it: operands, carries, partial sums, places for stacks. */
    record Loop(Scan scan, Graph body, List<Value> operands, List<Value> carry, List<Partial> partials,
            List<Place> stacks) {}

    /** The outermost loops of the body become methods of their own, so that the compiler has methods of a good size. */
    void trips(Loop loop, int from) {
        depth++;
        if (depth == 2 && writer != null && loop.carry().isEmpty()) {
            method(loop);
        } else {
            here(loop, from);
        }
        depth--;
    }

    /** Writes a loop in place. */
    void here(Loop loop, int from) {
        code.loop(from, loop.scan().length(), loop.scan().reverse(), index -> trip(loop, new Trip(index, 0)));
    }

    /** The loops of this body are inside another. */
    void inside() {
        depth = 1;
    }

    private void method(Loop loop) {
        elsewhere(arguments -> {
            Loop there = new Loop(loop.scan(), loop.body(), loop.operands().stream().map(arguments::of).toList(),
                    loop.carry(), loop.partials().stream().map(arguments::of).toList(),
                    loop.stacks().stream().map(place -> (Place) arguments.of(place)).toList());
            return () -> here(there, 0);
        });
    }

    /** Writes a method that is called here. {@code prepare} passes it its arguments, and returns what writes its body. */
    void elsewhere(Function<Arguments, Runnable> prepare) {
        Arguments arguments = new Arguments(code);
        Code before = code;
        Place memory = scratch;
        int constants = constantArray;
        Place memoryThere = (Place) arguments.of(memory);
        int constantsThere = arguments.array(constants);
        Move move = move(arguments);
        Runnable body = prepare.apply(arguments);
        String name = "loop" + methods++;
        code.call(LoopCode.SELF, name, arguments.descriptor());
        LoopCode.method(writer, 0, name, arguments.descriptor(), arguments.next(), method -> {
            moveTo(method, memoryThere, constantsThere);
            move.there().run();
            body.run();
            method.insn(Opcodes.RETURN);
            moveTo(before, memory, constants);
            move.back().run();
            return null;
        });
    }

    /** What else is done on the way to another method and back. */
    record Move(Runnable there, Runnable back) {}

    /** Passes what else the loops inside need. */
    Move move(Arguments arguments) {
        return new Move(() -> {}, () -> {});
    }

    private void moveTo(Code method, Place scratchThere, int constantsThere) {
        code = method;
        scratch = scratchThere;
        constantArray = constantsThere;
    }

    /** Whether a loop is so short, without loops inside, that it is written out. */
    boolean unrolled(Scan scan, Graph body) {
        return bodies.unrolls && scan.length() <= SHORT
                && body.applications().stream().noneMatch(application -> application.op() instanceof Scan)
                && (long) scan.length() * size(body) <= UNROLLED;
    }

    /** About as many instructions. */
    private static long size(Graph body) {
        return body.work() + body.inputs().size() + body.outputs().size();
    }

    void trip(Loop loop, Trip trip) {
        Scan scan = loop.scan();
        Graph body = loop.body();
        List<Value> operands = loop.operands();
        List<Value> carry = loop.carry();
        List<Partial> partials = loop.partials();
        List<Place> stacks = loop.stacks();
        List<Node.Input> inputs = body.inputs();
        Map<Node, Value> values = new HashMap<>();
        Map<Node, Place> wished = new HashMap<>();
        int first = scan.consts() + scan.carries();
        for (int i = 0; i < inputs.size(); i++) {
            Value value = i < scan.consts() ? operands.get(i)
                    : i < first ? carry.get(i - scan.consts())
                    : slice(operands.get(i), inputs.get(i).shape().size(), trip);
            values.put(inputs.get(i), value);
        }
        List<Place> targets = new ArrayList<>();
        for (int j = 0; j < stacks.size(); j++) {
            Node output = body.outputs().get(scan.carries() + scan.sums() + j);
            int size = output.shape().size();
            targets.add(size == 1 ? stacks.get(j) : row(stacks.get(j), size, trip));
            if (size > 1) {
                wished.putIfAbsent(output, targets.get(j));
            }
        }
        graph(body, values, wished);
        for (int s = 0; s < partials.size(); s++) {
            add(partials.get(s), values.get(body.outputs().get(scan.carries() + s)), scan.length(), trip);
        }
        for (int j = 0; j < targets.size(); j++) {
            Node output = body.outputs().get(scan.carries() + scan.sums() + j);
            int size = output.shape().size();
            if (size == 1) {
                store(values.get(output), targets.get(j), trip);
            } else {
                copy(values.get(output), targets.get(j), size);
            }
        }
        next(carry, body, values);
    }

    /** The outputs become the carries. Those that are other carries are read before any is written. */
    private void next(List<Value> carry, Graph body, Map<Node, Value> values) {
        List<Value> outputs = new ArrayList<>();
        for (int c = 0; c < carry.size(); c++) {
            Value value = values.get(body.outputs().get(c));
            int size = body.outputs().get(c).shape().size();
            if (!value.equals(carry.get(c)) && size > 1) {
                Place kept = take(size);
                copy(value, kept, size);
                value = kept;
            }
            outputs.add(value);
        }
        for (int c = 0; c < carry.size(); c++) {
            if (carry.get(c) instanceof Local) {
                push(outputs.get(c));
            }
        }
        for (int c = carry.size() - 1; c >= 0; c--) {
            if (carry.get(c) instanceof Local local) {
                set(local);
            } else {
                copy(outputs.get(c), (Place) carry.get(c), body.outputs().get(c).shape().size());
            }
        }
    }
}
