package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Joining;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * {@code ode}: y₀' = x₀, yᵢ' = xᵢ yᵢ₋₁ from y(0) = 0 to y(2), by s steps of the classical Runge–Kutta method of order 4; the
 * gradient is that of the last component of the discretised solution.
 *
 * <p>A step carries information four components further, so the last component depends on x only where n ≤ 4s: beyond that its
 * gradient is exactly zero. The scenario {@code ode-sum} is the sum of all components.
 */
public final class RungeKutta implements Workload {
    private static final double END = 2;

    private record Sizes(int n, int s) {}

    private record Solution(RungeKutta module, Sizes sizes, Point point) implements Problem {
        @Override
        public List<String> wrt() {
            return List.of("x");
        }

        @Override
        public Graph graph() {
            return write(sizes, (b, y) -> Nodes.index(b, y, 0, -1));
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            return switch (function) {
                case "primal" -> Tasks.outputs(write(sizes, (b, y) -> y), values -> values.get(0));
                case "gradient" -> Tasks.derivative(engine, graph(), wrt(), Operator.GRADIENT, Tasks::flat);
                default -> throw Objective.unknown(function, module.functions());
            };
        }
    }

    @Override
    public String name() {
        return "ode";
    }

    @Override
    public String summary() {
        return "y_0' = x_0, y_i' = x_i y_(i-1) by Runge-Kutta steps";
    }

    @Override
    public List<String> functions() {
        return PRIMAL_GRADIENT;
    }

    /** {@code x}: n coefficients; {@code s}: the number of steps, one at least. */
    @Override
    public Problem problem(Datum input) {
        Tensor x = input.at("x").vector();
        return new Solution(this, new Sizes(x.size(), input.at("s").whole(1)), Point.of("x", x));
    }

    private static Graph write(Sizes sizes, BiFunction<GraphBuilder, Node, Node> result) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.of(sizes.n()));
        double h = END / sizes.s();
        Node last = Control
                .scan(b, List.of(b.fill(0, x.shape())), List.of(), sizes.s(), false, (step, carry, slices) -> {
                    Node y = carry.get(0);
                    Node k1 = slope(step, x, y);
                    Node k2 = slope(step, x, add(step, y, mul(step, h / 2, k1)));
                    Node k3 = slope(step, x, add(step, y, mul(step, h / 2, k2)));
                    Node k4 = slope(step, x, add(step, y, mul(step, h, k3)));
                    Node sum = add(step, k1, mul(step, 2, k2), mul(step, 2, k3), k4);
                    return new Trip(List.of(add(step, y, mul(step, h / 6, sum))), List.of(), List.of());
                }).carries().get(0);
        return b.graph(result.apply(b, last));
    }

    /** x times y moved up by one, with 1 in front. */
    private static Node slope(GraphBuilder b, Node x, Node y) {
        Node first = b.fill(1, Shape.of(1));
        int n = y.shape().extent(0);
        return mul(b, x, n == 1 ? first : Joining.concat(b, List.of(first, slice(b, y, 0, 0, n - 1))));
    }

    @Override
    public Map<String, Graph> scenarios(Problem problem) {
        Map<String, Graph> scenarios = new LinkedHashMap<>();
        scenarios.put(name(), problem.graph());
        scenarios.put("ode-sum", write((Sizes) problem.sizes(), Nodes::sum));
        return scenarios;
    }

    @Override
    public Object sample(long seed) {
        return fields("x", new Seeded(seed).tensor(0.2, 1.5, 6), "s", 3);
    }
}
