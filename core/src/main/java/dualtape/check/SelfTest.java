package dualtape.check;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.lang.Language;
import dualtape.lang.PointText;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The negative control: faults planted in rules and in sweeps, each of which a check must call a disagreement. For each it is
 * also noted which witness alone catches it, and whether comparing forward with reverse accumulation would: a wrong rule is read by
 * both, so that it cannot.
 */
public final class SelfTest {
    /** The column of forward accumulation against reverse accumulation. */
    public static final String MODES = "forward = reverse";

    private static final String[][] FUNCTIONS = {
        {"log(x) + x * y - sin(y)", "x=2; y=5"},
        {"(dot(x, w) - y)^2", "x=[1, 2, -3]; w=[0.5, -1, 2]; y=2"},
        {"a = exp(x) * y; b = tanh(a) + relu(y) * a; max(b, abs(x) * a) / (1 + b^2)", "x=-0.3; y=1.2"},
        {"sum(softmax(A @ x) * y) + norm(A @ x - y)", "A=[[1, 0.5], [-0.25, 2]]; x=[0.3, -1.2]; y=[1, 2]"},
        {"[x[0] * x[1], sin(x[1]) + x[0], exp(x[0]) * x[2]]", "x=[0.5, 1.5, 2]"},
        {"u = x * y; v = u * sin(u) + u; sqrt(v^2 + 1) * where(x > 0, u, v)", "x=0.7; y=-1.1"}};
    private static final int RANDOM_FUNCTIONS = 40;

    /**
     * What became of one fault.
     *
     * @param kind the fault in words
     * @param inRule whether it is in a rule, and not in a sweep
     * @param where the operation or the engine that it was planted in
     * @param function what was derived
     * @param caught whether the check of all witnesses disagreed
     * @param by for each witness alone, and for {@link #MODES}, whether that did
     * @param named whether the check blamed the operation of a wrong rule
     */
    public record Outcome(String kind, boolean inRule, String where, String function, boolean caught,
            Map<String, Boolean> by,
            boolean named) {}

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Set<String> kinds = new LinkedHashSet<>();
    private final SplittableRandom random;
    private final long seed;

    private SelfTest(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** Plants all faults. Each changes the derivative; what would not is left out. */
    public static List<Outcome> run(long seed, Runnable step) {
        SelfTest test = new SelfTest(seed);
        for (String[] function : FUNCTIONS) {
            Point at = PointText.parse(function[1]);
            Traced f = Language.parse(function[0]).trace(at);
            test.rules(function[0], f, at, true);
            test.sweeps(function[0], f, at);
            step.run();
        }
        for (int i = 0; i < RANDOM_FUNCTIONS; i++) {
            RandomFunction function = RandomFunction.of(seed * 1_000 + i);
            test.rules("random " + function.operations(), function.traced(), function.at(), false);
            step.run();
        }
        return test.outcomes;
    }

    /** How many functions faults are planted in: how often {@code step} runs. */
    public static int functions() {
        return FUNCTIONS.length + RANDOM_FUNCTIONS;
    }

    /** Faults in rules: for every kind an operand of an operation of the function, or just one fault. */
    private void rules(String name, Traced f, Point at, boolean every) {
        List<RuleFault> faults = new ArrayList<>(List.of(RuleFault.values()));
        java.util.Collections.shuffle(faults, new java.util.Random(random.nextLong()));
        for (RuleFault fault : faults) {
            for (FaultyOp faulty : planted(f.graph(), at.names(), fault, random.nextLong())) {
                DerivingEngine engine = random.nextBoolean() ? Engines.forward() : Engines.reverse();
                DerivingEngine other = engine == Engines.forward() ? Engines.reverse() : Engines.forward();
                if (plant(fault.label(), true, faulty.symbol(), name, f, at, FaultyEngine.of(engine, faulty),
                        FaultyEngine.of(other, faulty), engine)) {
                    if (!every) {
                        return;
                    }
                    break;
                }
            }
        }
    }

    /** The operations of a graph with a fault in one of their active operands, in random order. */
    static List<FaultyOp> planted(Graph graph, List<String> wrt, RuleFault fault, long seed) {
        BitSet active = graph.activeFrom(wrt.stream().map(graph::input).toList());
        List<FaultyOp> faulty = new ArrayList<>();
        Set<Op> seen = new LinkedHashSet<>();
        for (Application application : graph.applications()) {
            boolean first = seen.add(application.op());
            for (int i = 0; i < application.operands().size() && first; i++) {
                Node operand = application.operands().get(i);
                if (active.get(graph.position(operand))) {
                    FaultyOp op = FaultyOp.of(application.op(), i, fault);
                    if (op != null) {
                        faulty.add(op);
                    }
                }
            }
        }
        java.util.Collections.shuffle(faulty, new java.util.Random(seed));
        return faulty;
    }

    private void sweeps(String name, Traced f, Point at) {
        for (SweepFault fault : SweepFault.values()) {
            for (DerivingEngine engine : List.of(Engines.forward(), Engines.reverse())) {
                DerivingEngine other = engine == Engines.forward() ? Engines.reverse() : Engines.forward();
                plant(fault.label(), false, engine.name(), name, f, at, FaultyEngine.of(engine, fault), other, engine);
            }
        }
    }

    /** Plants a fault, unless it changes nothing. */
    private boolean plant(String kind, boolean inRule, String where, String function, Traced f, Point at,
            Engine faulty, Engine other, Engine right) {
        List<String> wrt = at.names();
        if (distance(derivative(faulty, f, at), derivative(right, f, at)) < Judge.CERTAIN) {
            return false;
        }
        Memory memory = new Memory();
        Check check = new Check(faulty, Witnesses.all(), 1, seed, true, memory);
        Finding finding = check.run(function, f, at, wrt);
        Map<String, Boolean> by = new LinkedHashMap<>();
        for (Witness witness : Witnesses.all()) {
            by.put(witness.name(), new Check(faulty, List.of(witness), 1, seed, false, memory).run(function, f, at, wrt)
                    .verdict() == Verdict.DISAGREE);
        }
        by.put(MODES, distance(derivative(faulty, f, at), derivative(other, f, at)) > Judge.CERTAIN);
        boolean named = inRule && finding.culprits().stream().anyMatch(
                culprit -> culprit.kind() == Culprit.Kind.OPERATION && culprit.operation().equals(where));
        outcomes.add(new Outcome(kind, inRule, where, function, finding.verdict() == Verdict.DISAGREE, by, named));
        kinds.add(kind);
        return true;
    }

    /** The gradient or Jacobian. */
    static double[] derivative(Engine engine, Traced f, Point at) {
        Operator operator = f.graph().output().shape().size() == 1 ? Operator.GRADIENT : Operator.JACOBIAN;
        Derivative derivative = Derivative.of(engine, f, at, Request.of(operator, at.names()), Point.of());
        double[] numbers = new double[derivative.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = derivative.get(k);
        }
        return numbers;
    }

    /** The largest difference over the largest number. */
    static double distance(double[] x, double[] y) {
        double apart = 0;
        double size = Double.MIN_NORMAL;
        for (int k = 0; k < x.length; k++) {
            double difference = Double.compare(x[k], y[k]) == 0 ? 0 : Math.abs(x[k] - y[k]);
            apart = Math.max(apart, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
            size = Double.isFinite(y[k]) ? Math.max(size, Math.abs(y[k])) : size;
        }
        return apart / size;
    }
}
