package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;

/**
 * Writes graphs and the loops in them as one method: single numbers in locals, tensors in scratch memory, a scan as a
 * loop, a view as an address, what has no formula as a call of its kernel.
 */
final class BodyCode {
    private static final String GENERATED = "dualtape/program/Generated";
    private static final String CALL = "dualtape/program/Generated$Call";

    /** Where a value is found while the method runs. */
    private sealed interface Value {}

    /** A single number in a local. */
    private record Local(int local) implements Value {}

    /** A single number that is known. */
    private record Known(double value) implements Value {}

    /** Elements in an array, from base + at on; {@code base} is a local, or −1 for none. */
    private record Place(int array, int base, int at) implements Value {
        Place from(int offset) {
            return new Place(array, base, at + offset);
        }
    }

    private final Code code;
    private final Place scratch;
    private final int constantArray;
    private final List<Tensor> constants = new ArrayList<>();
    private final List<Generated.Call> calls = new ArrayList<>();
    private int constantSize;
    private int top;
    private int peak = 1;

    private BodyCode(Code code, Place scratch, int constantArray) {
        this.code = code;
        this.scratch = scratch;
        this.constantArray = constantArray;
    }

    /** Writes the run method of a scan's kernel: this, x, xAt, y, yAt in the first five locals. */
    static BodyCode write(Code code, Scan scan) {
        int n = scan.body().inputs().size();
        int constants = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(GENERATED, "constants", "[D");
        code.var(Opcodes.ASTORE, constants);
        BodyCode body = new BodyCode(code, place(code, 3, 4, scan.results()), constants);
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Place place = place(code, 1, 2, i);
            boolean single = i < scan.consts() + scan.carries() && scan.body().inputs().get(i).shape().size() == 1;
            operands.add(single ? body.load(place, -1) : place);
        }
        List<Place> results = new ArrayList<>();
        for (int j = 0; j < scan.results(); j++) {
            results.add(place(code, 3, 4, j));
        }
        int stacks = scan.carries() + scan.sums();
        List<Value> values = body.scan(scan, operands, results.subList(stacks, results.size()));
        for (int j = 0; j < stacks; j++) {
            body.copy(values.get(j), results.get(j), -1, scan.body().outputs().get(j).shape().size());
        }
        code.insn(Opcodes.RETURN);
        return body;
    }

    /** The doubles of scratch memory that the method needs. */
    int workspace() {
        return peak;
    }

    List<Generated.Call> calls() {
        return calls;
    }

    double[] constants() {
        double[] values = new double[constantSize];
        int at = 0;
        for (Tensor tensor : constants) {
            tensor.copyTo(values, at);
            at += tensor.size();
        }
        return values;
    }

    /** Loads arrays[index] and offsets[index] into two locals. */
    private static Place place(Code code, int arrays, int offsets, int index) {
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

    private Place take(int size) {
        Place place = scratch.from(top);
        top += size;
        peak = Math.max(peak, top);
        return place;
    }

    /** A graph whose inputs have values. {@code wished} says where a tensor should be put, if that is possible. */
    private void graph(Graph graph, Map<Node, Value> values, Map<Node, Place> wished) {
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                values.put(node, constant(constant.value()));
            } else if (node instanceof Node.Result result && result.index() == 0) {
                apply(result.application(), values, wished);
            }
        }
    }

    private Value constant(Tensor tensor) {
        if (tensor.size() == 1) {
            return new Known(tensor.at(0));
        }
        constants.add(tensor);
        constantSize += tensor.size();
        return new Place(constantArray, -1, constantSize - tensor.size());
    }

    private void apply(Application application, Map<Node, Value> values, Map<Node, Place> wished) {
        List<Value> operands = application.operands().stream().map(values::get).toList();
        List<Node> results = application.results();
        int view = application.op().view(application.operandShapes());
        if (view >= 0) {
            boolean single = results.get(0).shape().size() == 1;
            Value viewed = operands.get(0) instanceof Place place ? place.from(view) : operands.get(0);
            values.put(results.get(0), single && viewed instanceof Place place ? load(place, -1) : viewed);
        } else if (application.op() instanceof Pointwise op && results.get(0).shape().size() == 1) {
            List<Runnable> pushes = operands.stream().<Runnable>map(operand -> () -> push(operand)).toList();
            code.apply(op, pushes);
            values.put(results.get(0), store());
        } else if (application.op() instanceof Scan scan) {
            List<Place> stacks = new ArrayList<>();
            for (Node stack : results.subList(scan.carries() + scan.sums(), results.size())) {
                Place place = wished.get(stack);
                stacks.add(place != null ? place : take(stack.shape().size()));
            }
            List<Value> made = scan(scan, operands, stacks);
            for (int j = 0; j < results.size(); j++) {
                boolean single = results.get(j).shape().size() == 1;
                values.put(results.get(j),
                        single && made.get(j) instanceof Place place ? load(place, -1) : made.get(j));
            }
        } else {
            call(application, operands, values, wished);
        }
    }

    /** A double on the stack goes to a new local. */
    private Local store() {
        int local = code.wide();
        code.var(Opcodes.DSTORE, local);
        return new Local(local);
    }

    private Local load(Place place, int index) {
        code.address(place.array(), place.base(), place.at(), index);
        code.insn(Opcodes.DALOAD);
        return store();
    }

    private void push(Value value) {
        if (value instanceof Known known) {
            code.constant(known.value());
        } else if (value instanceof Local local) {
            code.var(Opcodes.DLOAD, local.local());
        } else {
            throw new IllegalStateException("a tensor where a single number is expected: " + value);
        }
    }

    /** Copies a value to a place; {@code index}, a local or −1, is added to where it begins. */
    private void copy(Value value, Place to, int index, int size) {
        if (!(value instanceof Place from)) {
            code.address(to.array(), to.base(), to.at(), index);
            push(value);
            code.insn(Opcodes.DASTORE);
        } else if (!from.equals(to)) {
            code.address(from.array(), from.base(), from.at(), -1);
            code.address(to.array(), to.base(), to.at(), index);
            code.integer(size);
            code.callStatic(GENERATED, "copy", "([DI[DII)V");
        }
    }

    /** A call of the kernel of an operation. */
    private void call(Application application, List<Value> operands, Map<Node, Value> values,
            Map<Node, Place> wished) {
        Kernel kernel = Kernels.of(application.op(), application.operandShapes());
        List<Node> results = application.results();
        boolean needs = kernel.workspace() > 0;
        List<Place> from = new ArrayList<>();
        for (Value operand : operands) {
            Place place = operand instanceof Place known ? known : take(1);
            copy(operand, place, -1, 1);
            from.add(place);
        }
        int call = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(GENERATED, "calls", "[L" + CALL + ";");
        code.integer(calls.size());
        code.insn(Opcodes.AALOAD);
        code.var(Opcodes.ASTORE, call);
        calls.add(new Generated.Call(kernel, operands.size(), results.size() + (needs ? 1 : 0)));
        for (int i = 0; i < from.size(); i++) {
            bind(call, "operand", i, from.get(i));
        }
        List<Place> to = new ArrayList<>();
        for (int j = 0; j < results.size(); j++) {
            Place place = wished.get(results.get(j));
            to.add(place != null ? place : take(results.get(j).shape().size()));
            bind(call, "result", j, to.get(j));
        }
        if (needs) {
            int before = top;
            bind(call, "result", results.size(), take(kernel.workspace()));
            top = before;
        }
        code.var(Opcodes.ALOAD, call);
        code.call(CALL, "run", "()V");
        for (int j = 0; j < to.size(); j++) {
            values.put(results.get(j), results.get(j).shape().size() == 1 ? load(to.get(j), -1) : to.get(j));
        }
    }

    private void bind(int call, String what, int index, Place place) {
        code.var(Opcodes.ALOAD, call);
        code.integer(index);
        code.address(place.array(), place.base(), place.at(), -1);
        code.call(CALL, what, "(I[DI)V");
    }

    /** A loop. Stacks go to the given places, carries and sums to locals and scratch memory. */
    private List<Value> scan(Scan scan, List<Value> operands, List<Place> stacks) {
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
                copy(operands.get(consts + c), place, -1, size);
                carry.add(place);
            }
        }
        List<Place> partials = new ArrayList<>();
        int few = Math.min(scan.length(), Generated.WIDTH);
        for (int s = 0; s < scan.sums(); s++) {
            int size = outputs.get(carries + s).shape().size();
            Place place = take(size * Math.max(few, 1));
            partials.add(place);
            if (size > 1 || scan.length() > Generated.WIDTH || scan.length() == 0) {
                code.address(place.array(), place.base(), place.at(), -1);
                code.integer(size * Math.max(few, 1));
                code.callStatic(GENERATED, "clear", "([DII)V");
            }
        }
        int mark = top;
        code.loop(scan.length(), scan.reverse(), index -> trip(scan, operands, carry, partials, stacks, index));
        top = mark;
        List<Value> results = new ArrayList<>(carry);
        for (int s = 0; s < scan.sums(); s++) {
            results.add(total(partials.get(s), outputs.get(carries + s).shape(), scan.length()));
        }
        results.addAll(stacks);
        return results;
    }

    private void trip(Scan scan, List<Value> operands, List<Value> carry, List<Place> partials, List<Place> stacks,
            int index) {
        List<Node.Input> inputs = scan.body().inputs();
        Graph body = Fusion.within(scan.body());
        Map<Node, Value> values = new HashMap<>();
        Map<Node, Place> wished = new HashMap<>();
        int first = scan.consts() + scan.carries();
        for (int i = 0; i < inputs.size(); i++) {
            Value value = i < scan.consts() ? operands.get(i)
                    : i < first ? carry.get(i - scan.consts())
                            : slice(operands.get(i), inputs.get(i).shape().size(), index);
            values.put(body.inputs().get(i), value);
        }
        List<Place> targets = new ArrayList<>();
        for (int j = 0; j < stacks.size(); j++) {
            Node output = body.outputs().get(scan.carries() + scan.sums() + j);
            int size = output.shape().size();
            targets.add(size == 1 ? stacks.get(j) : row(stacks.get(j), size, index));
            if (size > 1) {
                wished.putIfAbsent(output, targets.get(j));
            }
        }
        graph(body, values, wished);
        for (int s = 0; s < partials.size(); s++) {
            Node term = body.outputs().get(scan.carries() + s);
            partial(partials.get(s), values.get(term), term.shape().size(), scan.length(), index);
        }
        for (int j = 0; j < targets.size(); j++) {
            Node output = body.outputs().get(scan.carries() + scan.sums() + j);
            int size = output.shape().size();
            copy(values.get(output), targets.get(j), size == 1 ? index : -1, size);
        }
        next(carry, body, values);
    }

    /** One slice of a sequence. */
    private Value slice(Value sequence, int size, int index) {
        if (!(sequence instanceof Place place)) {
            return sequence; // a sequence of one number
        }
        return size == 1 ? load(place, index) : row(place, size, index);
    }

    private Place row(Place place, int size, int index) {
        int base = code.single();
        code.sum(place.base(), place.at(), -1);
        code.var(Opcodes.ILOAD, index);
        code.integer(size);
        code.insn(Opcodes.IMUL);
        code.insn(Opcodes.IADD);
        code.var(Opcodes.ISTORE, base);
        return new Place(place.array(), base, 0);
    }

    /** Adds a term to the partial sum of its index. */
    private void partial(Place place, Value term, int size, int length, int index) {
        if (size == 1 && length <= Generated.WIDTH) {
            code.address(place.array(), place.base(), place.at(), index);
            code.constant(0);
            push(term);
            code.insn(Opcodes.DADD);
            code.insn(Opcodes.DASTORE);
            return;
        }
        int base = code.single();
        code.sum(place.base(), place.at(), -1);
        code.var(Opcodes.ILOAD, index);
        code.integer(Generated.WIDTH - 1);
        code.insn(Opcodes.IAND);
        if (size > 1) {
            code.integer(size);
            code.insn(Opcodes.IMUL);
        }
        code.insn(Opcodes.IADD);
        code.var(Opcodes.ISTORE, base);
        code.address(place.array(), base, 0, -1);
        if (size == 1) {
            code.insn(Opcodes.DUP2);
            code.insn(Opcodes.DALOAD);
            push(term);
            code.insn(Opcodes.DADD);
            code.insn(Opcodes.DASTORE);
        } else if (term instanceof Place from) {
            code.address(from.array(), from.base(), from.at(), -1);
            code.integer(size);
            code.callStatic(GENERATED, "add", "([DI[DII)V");
        }
    }

    /** The sum of the partial sums. */
    private Value total(Place place, Shape shape, int length) {
        int size = shape.size();
        if (size == 1 && length <= Generated.WIDTH) {
            tree(place, 0, 1, length);
            return store();
        }
        code.address(place.array(), place.base(), place.at(), -1);
        code.integer(size);
        code.integer(length);
        code.callStatic(GENERATED, "tree", "([DIII)V");
        return size == 1 ? load(place, -1) : place;
    }

    /** Pushes partial sum p once those from {@code half} on have been added to it, each below {@code 2 half}. */
    private void tree(Place place, int p, int half, int length) {
        if (half == Generated.WIDTH) {
            code.address(place.array(), place.base(), place.at() + p, -1);
            code.insn(Opcodes.DALOAD);
            return;
        }
        tree(place, p, 2 * half, length);
        if (p < half && p + half < length) {
            tree(place, p + half, 2 * half, length);
            code.insn(Opcodes.DADD);
        }
    }

    /** The outputs become the carries. Those that are other carries are read before any is written. */
    private void next(List<Value> carry, Graph body, Map<Node, Value> values) {
        List<Value> outputs = new ArrayList<>();
        for (int c = 0; c < carry.size(); c++) {
            Value value = values.get(body.outputs().get(c));
            int size = body.outputs().get(c).shape().size();
            if (!value.equals(carry.get(c)) && size > 1) {
                Place kept = take(size);
                copy(value, kept, -1, size);
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
                code.var(Opcodes.DSTORE, local.local());
            } else {
                copy(outputs.get(c), (Place) carry.get(c), -1, body.outputs().get(c).shape().size());
            }
        }
    }
}
