package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.sub;

import dualtape.control.Control;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gradient descent with a step that grows after ten successes and halves at a failure, as a while loop. The gradient is derived by an
 * engine and stands in the loop's body, so that the loop can be differentiated again, by any engine.
 */
final class Descent {
    /** The names of the nestings of two modes, the outer one first: the functions of modules that descend. */
    static final List<String> NESTINGS = Arrays.stream(Nesting.values()).map(Nesting::label).toList();

    private static final double TOLERANCE = 1e-5;
    private static final double FIRST = 1e-5;
    private static final int PATIENCE = 10;

    /** Positions of the carries. */
    private static final int X = 0;
    private static final int VALUE = 1;
    private static final int SLOPE = 2;
    private static final int STEP = 3;
    private static final int SUCCESSES = 4;
    private static final int DONE = 5;

    private Descent() {}

    /** The nesting that a function is named after. */
    static Nesting nesting(String function) {
        Nesting nesting = Nesting.named(function);
        if (nesting == null) {
            throw Objective.unknown(function, NESTINGS);
        }
        return nesting;
    }

    /**
     * Where the descent on {@code f} ends.
     *
     * @param f a scalar function; its first input is what is moved, the others are {@code fixed}
     */
    static Node minimum(GraphBuilder b, Graph f, DerivingEngine engine, Node start, List<Node> fixed) {
        Graph derived = engine.derive(f, List.of(f.inputs().get(0).name()), Operator.GRADIENT).graph();
        List<Node> at = both(b, derived, start, fixed);
        return Control.whileLoop(b,
                List.of(start, at.get(0), at.get(1), b.scalar(FIRST), b.scalar(0), b.scalar(0)),
                (c, carry) -> List.of(call(c, "and", call(c, "==", carry.get(DONE), c.scalar(0)),
                        call(c, ">", norm(c, carry.get(SLOPE)), c.scalar(TOLERANCE)))),
                (c, carry) -> trip(c, carry, derived, fixed)).get(X);
    }

    private static List<Node> both(GraphBuilder b, Graph derived, Node x, List<Node> fixed) {
        List<Node> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(fixed);
        return derived.evaluate(b, inputs);
    }

    private static Node norm(GraphBuilder b, Node x) {
        return x.shape().isScalar() ? call(b, "abs", x) : call(b, "norm", x);
    }

    private static List<Node> trip(GraphBuilder b, List<Node> carry, Graph derived, List<Node> fixed) {
        Node step = carry.get(STEP);
        return Control.cond(b, call(b, "==", carry.get(SUCCESSES), b.scalar(PATIENCE)),
                then -> List.of(carry.get(X), carry.get(VALUE), carry.get(SLOPE), mul(then, 2, step), then.scalar(0),
                        then.scalar(0)),
                otherwise -> {
                    Node next = sub(otherwise, carry.get(X), mul(otherwise, step, carry.get(SLOPE)));
                    Node near = call(otherwise, "<=", norm(otherwise, sub(otherwise, carry.get(X), next)),
                            otherwise.scalar(TOLERANCE));
                    return Control.cond(otherwise, near,
                            stay -> List.of(carry.get(X), carry.get(VALUE), carry.get(SLOPE), step,
                                    carry.get(SUCCESSES),
                                    stay.scalar(1)),
                            attempt -> attempt(attempt, carry, next, both(attempt, derived, next, fixed)));
                });
    }

    /** The next point if the value is less there, else half the step. */
    private static List<Node> attempt(GraphBuilder b, List<Node> carry, Node next, List<Node> there) {
        return Control.cond(b, call(b, "<", there.get(0), carry.get(VALUE)),
                better -> List.of(next, there.get(0), there.get(1), carry.get(STEP),
                        add(better, carry.get(SUCCESSES), better.scalar(1)), better.scalar(0)),
                worse -> List.of(carry.get(X), carry.get(VALUE), carry.get(SLOPE), mul(worse, 0.5, carry.get(STEP)),
                        worse.scalar(0), worse.scalar(0)));
    }
}
