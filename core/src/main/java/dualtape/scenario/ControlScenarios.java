package dualtape.scenario;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.Source;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Operations;
import java.util.List;
import java.util.function.Function;

/** Loops and branches that stay loops and branches: scan, map, while, cond, nested in each other. */
public final class ControlScenarios implements Scenario.Table {
    private static final String FROM = "made here";

    @Override
    public List<Scenario> scenarios() {
        return List.of(
                Scenario.built("control/recurrence", "y <- sin(y) w + x[i]: a scan with a constant and a sequence",
                        FROM,
                        source("y after scan(y <- sin(y) * w + x[i])", ControlScenarios::recurrence),
                        "y=0.5; w=1.25; x=[0.1, -0.2, 0.3, 0.4]"),
                Scenario.built("control/everything", "a backward scan with two carries that swap, sums and stacks",
                        FROM,
                        source("a backward scan, its sums and stacks", ControlScenarios::everything),
                        "a=0.5; b=[1.25, -0.5]; x=[[0.1, -0.2], [0.3, 0.4], [0.7, 0.2]]"),
                Scenario.built("control/map", "a sum over a map of rows, each row a sum over its elements", FROM,
                        source("sum over rows of exp(w sum over elements of x^2)", ControlScenarios::maps),
                        "w=0.3; x=[[0.1, -0.2], [0.3, 0.4], [0.7, 0.2]]"),
                Scenario.built("control/newton", "the square root by Newton's steps, until they are small", FROM,
                        source("y after while(|y^2 - x| > 1e-9, y <- (y + x/y) / 2)", ControlScenarios::newton),
                        "x=2.5; y=1"),
                Scenario.built("control/doubling", "the lecture's loop: b <- 2 b while |b| < 1000, then a branch",
                        "the lecture", source("while, then cond", ControlScenarios::doubling), "a=-0.75")
                        .expecting("a", "204800"),
                Scenario.built("control/branch", "a branch in every trip of a scan in a while", FROM,
                        source("cond in scan in while", ControlScenarios::branches), "s=0.5; x=[0.5, -1.5, 2]"));
    }

    private static Source source(String text, Function<GraphBuilder, Node> f) {
        GraphBuilder builder = GraphBuilder.asWritten();
        return Source.of(text, builder.graph(f.apply(builder)));
    }

    private static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }

    private static Node recurrence(GraphBuilder b) {
        Node y = b.input("y", Shape.SCALAR);
        Node w = b.input("w", Shape.SCALAR);
        Node x = b.input("x", Shape.of(4));
        return Control.scan(b, List.of(y), List.of(x), 4, false, (body, carry, slice) -> {
            Node wave = call(body, "*", call(body, "sin", carry.get(0)), w);
            return new Trip(List.of(call(body, "+", wave, slice.get(0))), List.of(), List.of());
        }).carries().get(0);
    }

    private static Node everything(GraphBuilder b) {
        Node a = b.input("a", Shape.SCALAR);
        Node start = b.input("b", Shape.of(2));
        Node x = b.input("x", Shape.of(3, 2));
        Trip trip = Control.scan(b, List.of(start, call(b, "cos", start)), List.of(x), 3, true,
                (body, carry, slice) -> {
                    Node product = call(body, "*", carry.get(0), slice.get(0));
                    Node next = call(body, "+", call(body, "*", carry.get(1), a), product);
                    return new Trip(List.of(carry.get(1), next), List.of(call(body, "tanh", product)),
                            List.of(call(body, "dot", next, slice.get(0))));
                });
        Node stacked = call(b, "dot", trip.stacks().get(0), trip.stacks().get(0));
        Node summed = call(b, "sum", call(b, "*", trip.sums().get(0), trip.carries().get(1)));
        return call(b, "+", stacked, summed);
    }

    private static Node maps(GraphBuilder b) {
        Node w = b.input("w", Shape.SCALAR);
        Node x = b.input("x", Shape.of(3, 2));
        return Control.mapSum(b, List.of(x), 3, (row, slices) -> {
            Node squares = Control.mapSum(row, slices, 2, (element, e) -> List.of(
                    call(element, "*", call(element, "*", e.get(0), e.get(0)), w))).get(0);
            return List.of(call(row, "exp", squares));
        }).get(0);
    }

    private static Node newton(GraphBuilder b) {
        Node x = b.input("x", Shape.SCALAR);
        Node y = b.input("y", Shape.SCALAR);
        return Control.whileLoop(b, List.of(y),
                (body, c) -> List.of(call(body, "<", body.scalar(1e-9),
                        call(body, "abs", call(body, "-", call(body, "*", c.get(0), c.get(0)), x)))),
                (body, c) -> List.of(call(body, "*", body.scalar(0.5),
                        call(body, "+", c.get(0), call(body, "/", x, c.get(0))))))
                .get(0);
    }

    private static Node doubling(GraphBuilder b) {
        Node a = b.input("a", Shape.SCALAR);
        Node two = b.constant(Tensor.scalar(2));
        Node last = Control.whileLoop(b, List.of(call(b, "*", a, two)),
                (body, c) -> List.of(call(body, "<", call(body, "norm", c.get(0)), body.scalar(1000))),
                (body, c) -> List.of(call(body, "*", c.get(0), two))).get(0);
        return Control.cond(b, call(b, ">", last, b.scalar(0)), then -> List.of(last),
                otherwise -> List.of(call(otherwise, "*", otherwise.scalar(100), last))).get(0);
    }

    private static Node branches(GraphBuilder b) {
        Node s = b.input("s", Shape.SCALAR);
        Node x = b.input("x", Shape.of(3));
        return Control.whileLoop(b, List.of(s),
                (body, c) -> List.of(call(body, "<", c.get(0), body.scalar(10))),
                (body, c) -> List.of(call(body, "+", body.scalar(2), Control.scan(body, c, List.of(x), 3, false,
                        (inner, carry, e) -> {
                            Node chosen = Control.cond(inner, call(inner, ">", e.get(0), inner.scalar(0)),
                                    then -> List.of(call(then, "*", call(then, "sin", carry.get(0)), e.get(0))),
                                    otherwise -> List.of(call(otherwise, "*", carry.get(0), s))).get(0);
                            return new Trip(List.of(call(inner, "+", carry.get(0), chosen)), List.of(), List.of());
                        }).carries().get(0))))
                .get(0);
    }
}
