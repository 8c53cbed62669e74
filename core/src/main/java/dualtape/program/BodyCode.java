package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.kernel.Elementary;
import dualtape.kernel.Task;
import dualtape.op.ElementaryKernel;
import dualtape.op.Gathering;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes graphs and the loops in them as one method: single numbers in locals, tensors in scratch memory, a scan as a
 * loop, a view as an address, what has no formula as a call of its kernel.
 */
class BodyCode extends ScanCode {
    private static final String CALL = "dualtape/program/Generated$Call";

    /** The places that a call of a kernel takes at once. */
    private static final int SEVERAL = 4;

    private final Map<Tensor, Integer> constants = new LinkedHashMap<>();
    private final List<Generated.Call> calls = new ArrayList<>();
    private int constantSize;

    /** {@code writer}: of the class that gets a method for each loop inside; null if they are written in place. */
    BodyCode(Code code, Place scratch, int constantArray, Bodies bodies, ClassVisitor writer) {
        super(code, scratch, constantArray, bodies, writer);
    }

    /**
     * Writes the run method of a scan's kernel: this, x, xAt, y, yAt in the first five locals. {@code begun}: lanes of the vectors in
     * which whole blocks of that many trips have been done, so that this does the rest and finishes the sums; or 0.
     */
    static BodyCode write(Code code, Scan scan, int begun, Bodies bodies, ClassVisitor writer) {
        int n = scan.body().inputs().size();
        BodyCode body = new BodyCode(code, place(code, 3, 4, scan.results()), constants(code), bodies, writer);
        List<Value> operands = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Place place = place(code, 1, 2, i);
            boolean single = i < scan.consts() + scan.carries() && scan.body().inputs().get(i).shape().size() == 1;
            operands.add(single ? body.load(place) : place);
        }
        List<Place> results = new ArrayList<>();
        for (int j = 0; j < scan.results(); j++) {
            results.add(place(code, 3, 4, j));
        }
        int stacks = scan.carries() + scan.sums();
        List<Value> values = body.scan(scan, operands, Map.of(), results.subList(stacks, results.size()), begun);
        for (int j = 0; j < stacks; j++) {
            body.copy(values.get(j), results.get(j), scan.body().outputs().get(j).shape().size());
        }
        code.insn(Opcodes.RETURN);
        return body;
    }

    /** A local for the array of known tensors. */
    static int constants(Code code) {
        int constants = code.single();
        code.var(Opcodes.ALOAD, 0);
        code.field(GENERATED, "constants", "[D");
        code.var(Opcodes.ASTORE, constants);
        return constants;
    }

    List<Generated.Call> calls() {
        return calls;
    }

    double[] constants() {
        double[] values = new double[constantSize];
        int at = 0;
        for (Tensor tensor : constants.keySet()) {
            tensor.copyTo(values, at);
            at += tensor.size();
        }
        return values;
    }

    /** A graph whose inputs have values. {@code wished} says where a tensor should be put, if that is possible. */
    @Override
    void graph(Graph graph, Map<Node, Value> values, Map<Node, Place> wished) {
        nodes(graph, graph.nodes(), values, wished);
    }

    /** Some nodes of a graph, the others before them having values. */
    void nodes(Graph graph, List<Node> nodes, Map<Node, Value> values, Map<Node, Place> wished) {
        for (Node node : nodes) {
            if (node instanceof Node.Constant constant) {
                values.put(node, constant(constant.value()));
            } else
                if (node instanceof Node.Result result && result.index() == 0 && !values.containsKey(node)
                        && !together(graph, result.application(), values)) {
                            apply(result.application(), values, wished);
                            made(result.application(), values);
                        }
        }
    }

    /** The results of an application have their values. */
    void made(Application application, Map<Node, Value> values) {}

    /** Calls of one function on tensors that lie side by side are one call. Whether there are several. */
    boolean together(Graph graph, Application first, Map<Node, Value> values) {
        if (!function(first, first.op(), values)) {
            return false;
        }
        List<Application> all = graph.applications().stream()
                .filter(each -> function(each, first.op(), values) && !values.containsKey(each.results().get(0)))
                .sorted(Comparator.comparingInt(each -> place(each, values).at())).toList();
        int from = all.indexOf(first);
        int to = from + 1;
        while (from > 0 && beside(all.get(from - 1), all.get(from), values)) {
            from--;
        }
        while (to < all.size() && beside(all.get(to - 1), all.get(to), values)) {
            to++;
        }
        if (to - from == 1) {
            return false;
        }
        List<Application> calls = all.subList(from, to);
        int size = calls.stream().mapToInt(each -> each.results().get(0).shape().size()).sum();
        Place operand = place(calls.get(0), values);
        Place result = take(size);
        run(Kernels.of(first.op(), List.of(Shape.of(size))), List.of(operand), List.of(result));
        for (Application each : calls) {
            Node made = each.results().get(0);
            values.put(made, result);
            result = result.from(made.shape().size());
        }
        return true;
    }

    /** Whether an application is one of a function that has a kernel, on a tensor in memory. */
    private static boolean function(Application application, Op op, Map<Node, Value> values) {
        return op instanceof Pointwise function && application.op().equals(op) && application.operands().size() == 1
                && application.results().get(0).shape().size() > 1
                && values.get(application.operands().get(0)) instanceof Place
                && function.kernel(application.operandShapes()) != null;
    }

    private static Place place(Application application, Map<Node, Value> values) {
        return (Place) values.get(application.operands().get(0));
    }

    private static boolean beside(Application one, Application next, Map<Node, Value> values) {
        return place(one, values).from(one.results().get(0).shape().size()).equals(place(next, values));
    }

    private Value constant(Tensor tensor) {
        if (tensor.size() == 1) {
            return new Known(tensor.at(0));
        }
        int at = constants.computeIfAbsent(tensor, key -> {
            constantSize += key.size();
            return constantSize - key.size();
        });
        return new Place(constantArray, -1, at, 1);
    }

    private void apply(Application application, Map<Node, Value> values, Map<Node, Place> wished) {
        List<Value> operands = application.operands().stream().map(values::get).toList();
        List<Node> results = application.results();
        int view = application.op().view(application.operandShapes());
        if (view >= 0) {
            boolean single = results.get(0).shape().size() == 1;
            Value viewed = operands.get(0) instanceof Place place ? place.from(view) : operands.get(0);
            values.put(results.get(0), single && viewed instanceof Place place ? load(place) : viewed);
        } else if (application.op() instanceof Pointwise op && results.get(0).shape().size() == 1) {
            values.put(results.get(0), pointwise(op, operands));
        } else if (picks(application)) {
            values.put(results.get(0), pick((Gathering.Gather) application.op(), (Place) operands.get(0),
                    application.operandShapes().get(0).size(), operands.get(1)));
        } else if (application.op() instanceof Scan scan && !apart(application, operands, values, wished)) {
            List<Place> stacks = new ArrayList<>();
            for (Node stack : results.subList(scan.carries() + scan.sums(), results.size())) {
                Place place = wished.get(stack);
                stacks.add(place != null ? place : take(stack.shape().size()));
            }
            List<Value> made = scan(scan, operands, values, stacks, 0);
            for (int j = 0; j < results.size(); j++) {
                boolean single = results.get(j).shape().size() == 1;
                values.put(results.get(j),
                        single && made.get(j) instanceof Place place ? load(place) : made.get(j));
            }
        } else if (!(application.op() instanceof Scan)) {
            call(Kernels.of(application.op(), application.operandShapes()), application, operands, values, wished);
        }
    }

    /** Whether an application reads one element of a vector. */
    private static boolean picks(Application application) {
        return application.op() instanceof Gathering.Gather && application.results().get(0).shape().size() == 1
                && application.operandShapes().get(0).rank() == 1 && application.operandShapes().get(0).size() > 1;
    }

    /** The element of a vector at an index. */
    Value pick(Gathering.Gather gather, Place vector, int extent, Value index) {
        address(vector, new Trip(-1, 0));
        code.integer(extent);
        push(index);
        code.constant(gather.fill());
        code.callStatic(GENERATED, "pick", "([DIIDD)D");
        return store();
    }

    /** A loop that becomes a kernel of its own. Whether it does. */
    private boolean apart(Application application, List<Value> operands, Map<Node, Value> values,
            Map<Node, Place> wished) {
        Kernel kernel = LoopCode.apart((Scan) application.op(), bodies.apart);
        if (kernel != null) {
            call(kernel, application, operands, values, wished);
        }
        return kernel != null;
    }

    Value pointwise(Pointwise op, List<Value> operands) {
        code.apply(op, operands.stream().<Runnable>map(operand -> () -> push(operand)).toList());
        return store();
    }

    /** A call of the kernel of an operation. */
    void call(Kernel kernel, Application application, List<Value> operands, Map<Node, Value> values,
            Map<Node, Place> wished) {
        List<Node> results = application.results();
        List<Place> from = new ArrayList<>();
        for (Value operand : operands) {
            Place place = operand instanceof Place known ? known : take(1);
            copy(operand, place, 1);
            from.add(place);
        }
        List<Place> to = new ArrayList<>();
        for (Node result : results) {
            Place place = wished.get(result);
            to.add(place != null ? place : take(result.shape().size()));
        }
        run(kernel, from, to);
        for (int j = 0; j < to.size(); j++) {
            values.put(results.get(j), results.get(j).shape().size() == 1 ? load(to.get(j)) : to.get(j));
        }
    }

    private void run(Kernel kernel, List<Place> from, List<Place> to) {
        if (kernel instanceof ElementaryKernel function) {
            address(from.get(0), new Trip(-1, 0));
            address(to.get(0), new Trip(-1, 0));
            constant(function.task());
            constant(function.function());
            code.integer(function.n());
            code.callStatic(GENERATED, "map", "([DI[DI" + Task.class.descriptorString()
                    + Elementary.class.descriptorString() + "I)V");
            return;
        }
        List<Place> places = new ArrayList<>(from);
        places.addAll(to);
        if (kernel.workspace() > 0) {
            int before = top;
            places.add(take(kernel.workspace()));
            top = before;
        }
        code.var(Opcodes.ALOAD, 0);
        code.field(GENERATED, "calls", "[L" + CALL + ";");
        code.integer(calls.size());
        code.insn(Opcodes.AALOAD);
        calls.add(new Generated.Call(kernel, from.size(), places.size() - from.size()));
        run(places);
    }

    /** Pushes a constant of an enumeration, which the compiler then knows. */
    private void constant(Enum<?> constant) {
        Class<?> type = constant.getDeclaringClass();
        code.getStatic(Type.getInternalName(type), constant.name(), type.descriptorString());
    }

    /** Runs the call on the stack on these places: in one call of a method where they are few, which is the shortest. */
    private void run(List<Place> places) {
        int last = places.size() - Math.min(places.size(), SEVERAL);
        for (int i = 0; i < last; i++) {
            code.insn(Opcodes.DUP);
            code.integer(i);
            address(places.get(i), new Trip(-1, 0));
            code.call(CALL, "bind", "(I[DI)V");
        }
        for (Place place : places.subList(last, places.size())) {
            address(place, new Trip(-1, 0));
        }
        code.call(CALL, "run", "(" + "[DI".repeat(places.size() - last) + ")V");
    }
}
