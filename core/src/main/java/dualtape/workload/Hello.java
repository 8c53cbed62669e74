package dualtape.workload;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.List;

/** {@code hello}: x², and its derivative 2x. The input is a bare number. */
public final class Hello implements Workload {
    @Override
    public String name() {
        return "hello";
    }

    @Override
    public String summary() {
        return "x^2";
    }

    @Override
    public List<String> functions() {
        return List.of("square", "double");
    }

    @Override
    public Problem problem(Datum input) {
        return new Objective(functions(), "scalar", Point.of("x", input.number()), List.of("x"), Hello::write,
                (layout, gradient) -> gradient[0]);
    }

    private static Graph write() {
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.SCALAR);
        return b.graph(Nodes.mul(b, x, x));
    }

    @Override
    public Object sample(long seed) {
        return new Seeded(seed).number(-2, 2);
    }
}
