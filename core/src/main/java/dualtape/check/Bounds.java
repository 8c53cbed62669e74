package dualtape.check;

import dualtape.engine.Layout;
import dualtape.engine.Plan;
import dualtape.engine.Point;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far rounding may have moved each number of a derivative: the engine's own derivative graph, evaluated over {@link Balls} at
 * the exact point. Sweeps run when one of their numbers is asked for.
 */
final class Bounds {
    private final Plan plan;
    private final Point at;
    private final Point seeds;
    private final Layout[] swept;
    private final Map<Long, double[]> radii = new HashMap<>();

    /** @param seeds what the operator takes besides the point */
    Bounds(Plan plan, Point at, Point seeds) {
        this.plan = plan;
        this.at = at;
        this.seeds = seeds;
        this.swept = plan.swept().stream().map(plan::layout).toArray(Layout[]::new);
    }

    /** Whether one sweep gives every bound. */
    boolean isCheap() {
        return swept.length == 0;
    }

    /** The bound of the number at a flat index of the derivative. */
    double of(int index) {
        if (swept.length == 0) {
            return sweep(0, 0)[index];
        } else if (swept.length == 2) {
            int n = swept[1].size();
            return sweep(Math.max(index % n, index / n), Math.min(index % n, index / n))[0];
        }
        int count = swept[0].size();
        return plan.rows() ? sweep(index / plan.width(), 0)[index % plan.width()]
                : sweep(index % count, 0)[index / count];
    }

    /** The radii of all outputs after the first, with unit {@code i} of the first swept list and {@code j} of the second. */
    private double[] sweep(int i, int j) {
        return radii.computeIfAbsent((long) i << 32 | j, key -> {
            Graph graph = plan.graph();
            Balls balls = new Balls();
            List<Array<Ball>> inputs = new ArrayList<>();
            for (Node.Input input : graph.inputs()) {
                inputs.add(input(balls, input, i, j));
            }
            List<Array<Ball>> outputs = graph.evaluate(new NumbersAlgebra<>(balls), inputs);
            double[] flat = new double[plan.width()];
            int to = 0;
            for (Array<Ball> output : outputs.subList(1, outputs.size())) {
                for (int k = 0; k < output.size(); k++) {
                    flat[to++] = output.get(k).radius();
                }
            }
            return flat;
        });
    }

    private Array<Ball> input(Balls balls, Node.Input input, int i, int j) {
        for (int list = 0; list < swept.length; list++) {
            int part = swept[list].names().indexOf(input.name());
            if (part >= 0) {
                return unit(input.shape(), (list == 0 ? i : j) - swept[list].offset(part));
            }
        }
        return Array.of(balls, (plan.seeds().contains(input.name()) ? seeds : at).get(input.name()));
    }

    private static Array<Ball> unit(Shape shape, int one) {
        Array<Ball> unit = Array.filled(shape, Ball.exact(0));
        if (one >= 0 && one < shape.size()) {
            unit.set(one, Ball.exact(1));
        }
        return unit;
    }
}
