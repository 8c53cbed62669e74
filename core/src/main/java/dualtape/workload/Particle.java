package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.div;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * {@code particle}: a charged particle falls in the field of two charges, of which one stands at a height that is to be chosen so that
 * the particle hits the ground at 0. The field is the gradient of a potential by one mode, in a while loop over the steps of
 * Euler's method; the descent in the height goes by the derivative of that loop by the other mode.
 */
public final class Particle implements Workload {
    private static final double DT = 0.1;

    private record Fall(Point point) implements Problem {
        @Override
        public Object sizes() {
            return "one";
        }

        @Override
        public List<String> wrt() {
            return List.of("w");
        }

        @Override
        public Graph graph() {
            return landing(Nesting.RR.inner());
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            Nesting nesting = Descent.nesting(function);
            GraphBuilder b = GraphBuilder.asWritten();
            Node w = Descent.minimum(b, landing(nesting.inner()), nesting.outer(), b.input("w", Shape.SCALAR),
                    List.of());
            return Tasks.value(b.graph(w));
        }
    }

    @Override
    public String name() {
        return "particle";
    }

    @Override
    public String summary() {
        return "squared distance at which a falling charge hits the ground";
    }

    @Override
    public List<String> functions() {
        return Descent.NESTINGS;
    }

    /** {@code w}: where the descent starts. */
    @Override
    public Problem problem(Datum input) {
        return new Fall(Point.of("w", input.at("w").number()));
    }

    /** The squared distance as a function of w. */
    private static Graph landing(DerivingEngine inner) {
        Graph field = inner.derive(potential(), List.of("x"), Operator.GRADIENT).graph();
        GraphBuilder b = GraphBuilder.asWritten();
        Node w = b.input("w", Shape.SCALAR);
        Node start = b.constant(Tensor.vector(0, 8));
        Node speed = b.constant(Tensor.vector(0.75, 0));
        List<Node> last = Control.whileLoop(b, List.of(start, speed),
                (step, carry) -> List.of(call(step, ">", index(step, carry.get(0), 0, 1), step.scalar(0))),
                (step, carry) -> {
                    Node force = field.evaluate(step, List.of(carry.get(0), w)).get(1);
                    Node x = add(step, carry.get(0), mul(step, DT, carry.get(1)));
                    Node faster = sub(step, carry.get(1), mul(step, DT, force));
                    Node hit = call(step, "<=", index(step, x, 0, 1), step.scalar(0));
                    return List.of(x, call(step, "where", hit, carry.get(1), faster));
                });
        Node x = last.get(0);
        Node v = last.get(1);
        Node back = div(b, index(b, x, 0, 1), index(b, v, 0, 1));
        return b.graph(square(b, sub(b, index(b, x, 0, 0), mul(b, back, index(b, v, 0, 0)))));
    }

    /** Σ 1/|x − charge|. */
    private static Graph potential() {
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.of(2));
        Node w = b.input("w", Shape.SCALAR);
        Node fixed = b.constant(Tensor.vector(10, 0));
        Node moved = call(b, "stack", b.scalar(10), sub(b, b.scalar(10), w));
        return b.graph(add(b, inverse(b, sub(b, x, moved)), inverse(b, sub(b, x, fixed))));
    }

    private static Node inverse(GraphBuilder b, Node difference) {
        return call(b, "reciprocal", call(b, "sqrt", sum(b, square(b, difference))));
    }

    @Override
    public Object sample(long seed) {
        return fields("w", new Seeded(seed).number(-0.2, 0.2));
    }
}
