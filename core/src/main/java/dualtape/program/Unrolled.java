package dualtape.program;

import dualtape.ir.Array;
import dualtape.ir.Bodied;
import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.program.Lowering.KernelKey;
import dualtape.program.StraightCode.Steps;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;

/**
 * A program of small tensors as one of single numbers: a step for each element of a pointwise operation, and for others what their
 * definition does element by element. Each element keeps its place in memory; what a definition makes in between has places
 * beyond the arena, to be given others.
 */
final class Unrolled {
    /** Elements of the largest tensor that is unrolled. A loop costs no more per element on larger ones. */
    static final int SMALL = 32;
    /** Steps at the most. */
    private static final int LONGEST = 2_000;

    private static final Pointwise COPY = new Pointwise("copy", 1) {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return x.get(0);
        }

        @Override
        public dualtape.ir.Rule rule(int operand) {
            return dualtape.ir.Rule.ONE;
        }
    };
    /** What kernels compute as their definitions do, to the bit: movements, sums and products. */
    private static final Set<String> EXACT = Set.of("add", "subtract", "multiply", "multiplyAdd", "ifZero");
    private static final Map<Method, Pointwise> PRIMITIVES = new ConcurrentHashMap<>();

    private final Steps steps;
    private final List<Integer> code = new ArrayList<>();
    private final List<Double> constants = new ArrayList<>();
    private final List<Pointwise> scalars = new ArrayList<>();
    private final Map<Pointwise, Integer> numbers = new IdentityHashMap<>();
    private final Map<KernelKey, Recorded> definitions = new HashMap<>();
    private int beyond;
    private int count;

    /** Thrown where a definition is no formula of its elements. */
    private static final class NoFormula extends RuntimeException {
        private static final long serialVersionUID = 1;

        NoFormula() {
            super("no formula", null, false, false);
        }
    }

    /** A definition written down: what it makes, in order; by result the makers of its elements. */
    private record Recorded(List<Made> made, List<List<Made>> results) {}

    /** A number of a definition: element {@code index} of operand {@code operand}, or a known number, or made by an operation of others. */
    private record Made(Pointwise op, int operand, int index, double known, List<Made> from) {
        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    private Unrolled(Steps steps) {
        this.steps = steps;
        this.beyond = steps.arena();
        for (double known : steps.constants()) {
            constants.add(known);
        }
    }

    /** Whether all steps are on small tensors, and few enough. */
    static boolean small(Steps steps) {
        for (KernelKey key : steps.keys()) {
            if (key.op() instanceof Bodied || key.shapes().stream().anyMatch(shape -> shape.size() > SMALL)) {
                return false;
            }
        }
        return steps.count(false) <= LONGEST && Arrays.stream(steps.sizes()).flatMapToInt(Arrays::stream)
                .allMatch(size -> size <= SMALL);
    }

    /** The steps unrolled; the same if all are on single numbers already, or if they cannot be unrolled, or are too many. */
    static Steps of(Steps steps) {
        boolean single = Arrays.stream(steps.scalars()).allMatch(op -> op != null);
        try {
            return single || !small(steps) ? steps : new Unrolled(steps).unroll();
        } catch (NoFormula e) {
            return steps;
        }
    }

    private Steps unroll() {
        int[] words = steps.code();
        for (int p = 0; p < words.length; p = steps.next(p)) {
            int[] sizes = steps.sizes()[words[p]];
            KernelKey key = steps.keys().get(words[p]);
            if (key.op() instanceof Pointwise op) {
                for (int e = 0; e < sizes[0]; e++) {
                    begin(op);
                    for (int i = 0; i < op.arity(); i++) {
                        place(words[p + 3 + 2 * i], words[p + 4 + 2 * i] + e);
                    }
                    end(words[p + 3 + 2 * op.arity()] + e);
                }
            } else {
                write(definitions.computeIfAbsent(key, Unrolled::record), p);
            }
            if (count > LONGEST) {
                return steps;
            }
        }
        return new Steps(code.stream().mapToInt(word -> word).toArray(), steps.arena(),
                scalars.toArray(new Pointwise[0]), new int[0][],
                constants.stream().mapToDouble(known -> known).toArray(), steps.constantBuffer(), steps.outputs(),
                steps.kept(), List.of(), beyond);
    }

    private void begin(Pointwise op) {
        Integer number = numbers.get(op);
        if (number == null) {
            number = scalars.size();
            scalars.add(op);
            numbers.put(op, number);
        }
        code.add(number);
        code.add(op.arity());
        code.add(1);
        count++;
    }

    private void place(int buffer, int offset) {
        code.add(buffer);
        code.add(offset);
    }

    private void end(int offset) {
        code.add(offset);
    }

    /** A definition, its operands those of the step at p. */
    private void write(Recorded definition, int p) {
        int[] words = steps.code();
        Map<Made, Integer> places = new IdentityHashMap<>();
        for (int j = 0, at = p + 3 + 2 * words[p + 1]; j < definition.results().size(); j++, at++) {
            for (int e = 0; e < definition.results().get(j).size(); e++) {
                places.putIfAbsent(definition.results().get(j).get(e), words[at] + e);
            }
        }
        for (Made made : definition.made()) {
            begin(made.op());
            for (Made from : made.from()) {
                if (from.op() != null) {
                    place(0, places.get(from));
                } else if (from.operand() < 0) {
                    place(steps.constantBuffer(), constants.size());
                    constants.add(from.known());
                } else {
                    place(words[p + 3 + 2 * from.operand()], words[p + 4 + 2 * from.operand()] + from.index());
                }
            }
            end(places.computeIfAbsent(made, key -> beyond++));
        }
    }

    private static Recorded record(KernelKey key) {
        if (!exact(key, e -> -0.0) || !exact(key, e -> e % 3 == 0 ? 0 : e % 3 == 1 ? -0.0 : 1.0 / e)) {
            throw new NoFormula();
        }
        List<Made> made = new ArrayList<>();
        List<Array<Made>> operands = new ArrayList<>();
        for (Shape shape : key.shapes()) {
            Array<Made> elements = new Array<>(shape);
            for (int e = 0; e < elements.size(); e++) {
                elements.set(e, new Made(null, operands.size(), e, 0, List.of()));
            }
            operands.add(elements);
        }
        List<Array<Made>> results = new ArrayList<>();
        for (Shape shape : key.op().shapes(key.shapes())) {
            if (shape.size() > SMALL) {
                throw new NoFormula();
            }
            results.add(new Array<>(shape));
        }
        key.op().value(numbers(made), operands, results);
        List<List<Made>> elements = new ArrayList<>();
        Map<Made, Boolean> placed = new IdentityHashMap<>();
        for (Array<Made> result : results) {
            List<Made> list = new ArrayList<>();
            for (int e = 0; e < result.size(); e++) {
                Made element = result.get(e);
                if (element.op() == null || placed.put(element, true) != null) { // what has a place already is copied to this one
                    element = new Made(COPY, -1, 0, 0, List.of(element));
                    made.add(element);
                }
                list.add(element);
            }
            elements.add(list);
        }
        return new Recorded(made, elements);
    }

    /** Whether the kernel gives zero the sign that the definition gives it: what moves numbers may copy them or add them to zero. */
    private static boolean exact(KernelKey key, IntToDoubleFunction element) {
        List<Shape> shapes = key.op().shapes(key.shapes());
        Kernel kernel = Kernels.of(key.op(), key.shapes());
        double[][] x = key.shapes().stream().map(shape -> new double[shape.size()]).toArray(double[][]::new);
        for (double[] operand : x) {
            Arrays.setAll(operand, element);
        }
        double[][][] y = new double[2][shapes.size() + 1][];
        for (int way = 0; way < 2; way++) {
            for (int j = 0; j < shapes.size(); j++) {
                y[way][j] = new double[shapes.get(j).size()];
            }
            y[way][shapes.size()] = new double[kernel.workspace()];
            Kernel one = way == 0 ? kernel : new Kernels.Definition(key.op(), key.shapes(), shapes);
            one.run(x, new int[x.length], y[way], new int[shapes.size() + 1]);
        }
        for (int j = 0; j < shapes.size(); j++) {
            if (!Arrays.equals(y[0][j], y[1][j])) {
                return false;
            }
        }
        return true;
    }

    /** Numbers that write down what is done with them. */
    @SuppressWarnings("unchecked")
    private static Numbers<Made> numbers(List<Made> made) {
        return (Numbers<Made>) Proxy.newProxyInstance(Numbers.class.getClassLoader(), new Class<?>[] {Numbers.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("of")) {
                        return new Made(null, -1, 0, (Double) arguments[0], List.of());
                    }
                    List<Made> from = new ArrayList<>();
                    for (Object argument : arguments == null ? new Object[0] : arguments) {
                        if (!(argument instanceof Made number)) {
                            throw new NoFormula();
                        }
                        from.add(number);
                    }
                    if (!EXACT.contains(method.getName()) || made.size() >= LONGEST) {
                        throw new NoFormula();
                    }
                    Made result = new Made(PRIMITIVES.computeIfAbsent(method, Unrolled::primitive), -1, 0, 0, from);
                    made.add(result);
                    return result;
                });
    }

    /** One method of {@link Numbers} as an operation. */
    private static Pointwise primitive(Method method) {
        return new Pointwise(method.getName(), method.getParameterCount()) {
            @Override
            @SuppressWarnings("unchecked")
            public <N> N at(Numbers<N> n, List<N> x) {
                try {
                    return (N) method.invoke(n, x.toArray());
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException("the numbers have no " + method.getName(), e);
                }
            }

            @Override
            public dualtape.ir.Rule rule(int operand) {
                return dualtape.ir.Rule.NONE;
            }
        };
    }
}
