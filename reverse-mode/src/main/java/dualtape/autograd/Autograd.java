package dualtape.autograd;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What concerns the record as a whole: scopes in which it rests, gradients of some variables, the graph of a Java function. */
public final class Autograd {
    private Autograd() {}

    /** Nothing is recorded in this thread until the scope ends. */
    public static Scope noGrad() {
        return Context.current().recording(false);
    }

    /** The same as {@link #noGrad}, by MXNet's name. */
    public static Scope pause() {
        return noGrad();
    }

    /** Operations are recorded in this thread until the scope ends, inside a {@link #pause} as well. */
    public static Scope record() {
        return Context.current().recording(true);
    }

    /** Whether operations are recorded in this thread. */
    public static boolean isRecording() {
        return Context.current().recording;
    }

    /**
     * Until the scope ends, the first operation that makes a NaN or an infinity of finite numbers is refused, on the way there with
     * the line of Java that is running, on the way back with the line that recorded it. Slower.
     */
    public static Scope detectAnomaly() {
        return Context.current().anomaly(true);
    }

    /** {@link #grad(Variable, Variable, List, boolean, Disconnected)} of a scalar, seeded with 1; no disconnected variables. */
    public static List<Variable> grad(Variable result, List<Variable> by, boolean createGraph) {
        if (result.shape().size() != 1) {
            throw new AutogradException(
                    "the result has shape " + result.shape() + ", and a gradient is of a scalar; give a seed");
        }
        return grad(result, new Variable(Tensor.uniform(1, result.shape())), by, createGraph, Disconnected.ERROR);
    }

    /**
     * The derivatives of a result by some variables, leaves or not. What the leaves have for a gradient stays as it is; the record
     * is kept.
     *
     * @param seed the adjoint of the result, of its shape
     * @param createGraph whether the way back is recorded as well, so that the derivatives have derivatives
     * @param disconnected what to do about a variable on which the result does not depend
     * @return one a variable, of its shape
     */
    public static List<Variable> grad(Variable result, Variable seed, List<Variable> by, boolean createGraph,
            Disconnected disconnected) {
        requireRecorded(result, seed);
        Set<Slot> wanted = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Variable each : by) {
            if (each.slot() == null) {
                throw new AutogradException(
                        "a derivative is wanted by " + each + ", which requires no gradient; call requiresGrad() "
                                + "before it is used");
            }
            wanted.add(each.slot());
        }
        Map<Slot, Variable> adjoints = Backward.from(result, seed, wanted, true, createGraph);
        List<Variable> derivatives = new ArrayList<>(by.size());
        for (int i = 0; i < by.size(); i++) {
            Variable adjoint = adjoints.get(by.get(i).slot());
            derivatives.add(adjoint != null ? adjoint : zero(by.get(i), i, disconnected));
        }
        return derivatives;
    }

    private static Variable zero(Variable variable, int number, Disconnected disconnected) {
        String message = "the result does not depend on variable " + number + ", of shape " + variable.shape();
        if (disconnected == Disconnected.ERROR) {
            throw new AutogradException(message + "; leave it out, or ask for Disconnected.ZERO");
        } else if (disconnected == Disconnected.WARN) {
            System.err.println("dualtape: " + message + "; its derivative is taken for 0");
        }
        return new Variable(Tensor.uniform(0, variable.shape()));
    }

    static void requireRecorded(Variable result, Variable seed) {
        if (!seed.shape().equals(result.shape())) {
            throw new AutogradException("the seed has shape " + seed.shape() + ", the result " + result.shape()
                    + "; a seed is the adjoint of the result, of its shape");
        } else if (result.slot() == null) {
            throw new AutogradException(
                    "there is no way back from this variable: nothing that requires a gradient led to it. Call "
                            + "requiresGrad() on a leaf before it is used, outside of noGrad()");
        }
    }

    /**
     * A Java function as a source of graphs: the engines, explanations, checks and programs take it from here. The function runs
     * at every point at which it is traced, with the loops and branches that it takes there; a number that it reads with
     * {@link Variable#item} or {@link Variable#isTrue} leaves a guard.
     *
     * @param text how the function is written, for people
     * @param inputs the names of its arguments
     * @param function the function
     */
    public static Source source(String text, List<String> inputs, Function<List<Variable>, Variable> function) {
        List<String> names = List.copyOf(inputs);
        return new Source() {
            @Override
            @SuppressWarnings("try") // the scopes only end
            public Traced trace(Point at) {
                Tracer tracer = new Tracer();
                try (Scope resting = noGrad(); Scope tracing = Context.current().tracing(tracer)) {
                    List<Variable> arguments = new ArrayList<>();
                    for (String name : names) {
                        Variable argument = new Variable(at.get(name));
                        argument.trace(tracer, tracer.builder().input(name, argument.shape()));
                        arguments.add(argument);
                    }
                    return tracer.traced(this, function.apply(arguments));
                }
            }

            @Override
            public List<String> inputs() {
                return names;
            }

            @Override
            public String text() {
                return text;
            }
        };
    }
}
