package dualtape.workload;

import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;
import static dualtape.workload.Tasks.fields;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Nesting;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Joining;
import java.util.List;

/**
 * {@code saddle}: the saddle point of f(p₁, p₂) = ‖p₁‖² − ‖p₂‖². The descent in p₁ goes by the derivative, by the outer mode, of a
 * function that runs a descent of its own, by the inner mode: the greatest value over p₂.
 */
public final class Saddle implements Workload {
    private static final Shape PLACE = Shape.of(2);

    private record Minimax(Point point) implements Problem {
        @Override
        public Object sizes() {
            return "one";
        }

        @Override
        public List<String> wrt() {
            return List.of("p");
        }

        @Override
        public Graph graph() {
            return greatest(Nesting.RR.inner());
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            Nesting nesting = Descent.nesting(function);
            GraphBuilder b = GraphBuilder.asWritten();
            Node start = b.input("start", PLACE);
            Node first = Descent.minimum(b, greatest(nesting.inner()), nesting.outer(), start, List.of(start));
            Node second = Descent.minimum(b, negated(), nesting.inner(), start, List.of(first));
            return Tasks.outputs(b.graph(Joining.concat(b, List.of(first, second))), values -> values.get(0));
        }
    }

    @Override
    public String name() {
        return "saddle";
    }

    @Override
    public String summary() {
        return "the greatest |p|^2 - |q|^2 over q, by gradient descent";
    }

    @Override
    public boolean available() {
        return Descent.nests();
    }

    @Override
    public List<String> functions() {
        return Descent.NESTINGS;
    }

    /** {@code start}: two numbers, where all descents start. */
    @Override
    public Problem problem(Datum input) {
        Tensor start = input.at("start").tensor(2);
        return new Minimax(Point.of("p", start, "start", start));
    }

    /** The greatest value over p₂, as a function of p₁ and of where the search starts. */
    private static Graph greatest(DerivingEngine inner) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node p = b.input("p", PLACE);
        Node start = b.input("start", PLACE);
        Node best = Descent.minimum(b, negated(), inner, start, List.of(p));
        return b.graph(sub(b, sum(b, square(b, p)), sum(b, square(b, best))));
    }

    /** −f, of p₂ and p₁. */
    private static Graph negated() {
        GraphBuilder b = GraphBuilder.asWritten();
        Node second = b.input("second", PLACE);
        Node first = b.input("first", PLACE);
        return b.graph(sub(b, sum(b, square(b, second)), sum(b, square(b, first))));
    }

    @Override
    public Object sample(long seed) {
        return fields("start", new Seeded(seed).tensor(0.5, 1.5, 2));
    }
}
