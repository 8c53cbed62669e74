package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Proves rules with values only: the tangent that a rule gives in doubles, against a central difference of the
 * definition in 50 digits. Directions are random, each component in proportion to its operand. What fails is returned,
 * not thrown, so that the check can be tested with rules that are wrong.
 */
public final class Witness {
    /** Of the largest component. */
    static final double TOLERANCE = 1e-12;

    private static final Algebra<Array<Double>> DOUBLES = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    private Witness() {}

    /** What is wrong with an operation's values, its rules and their transposes at these operands. */
    public static List<String> failures(Op op, List<Tensor> operands) {
        List<String> failures = new ArrayList<>();
        List<Array<Double>> x = operands.stream().map(DOUBLES::constant).toList();
        List<Array<Double>> y = DOUBLES.apply(op, x);
        String where = op + " at " + operands;
        compare(failures, where + ": value", rounded(y), rounded(y),
                Differences.exact(Reached.results(Differences.EXACT, op, Differences.decimals(operands))), 1e-13,
                terms(op, operands));
        SplittableRandom random = new SplittableRandom(1);
        List<Tensor> directions = operands.stream().map(operand -> direction(random, operand)).toList();
        for (int i = 0; i < operands.size(); i++) {
            boolean[] moving = new boolean[operands.size()];
            moving[i] = true;
            failures(failures, where, op, operands, y, directions, moving);
        }
        if (op.whole() != null && operands.size() > 1) {
            boolean[] moving = new boolean[operands.size()];
            Arrays.fill(moving, true);
            failures(failures, where, op, operands, y, directions, moving);
        }
        return failures;
    }

    /** Of some operands moving at once, each in its direction; the others stand still. */
    private static void failures(List<String> failures, String where, Op op, List<Tensor> operands,
            List<Array<Double>> y, List<Tensor> directions, boolean[] moving) {
        List<Array<Double>> x = operands.stream().map(DOUBLES::constant).toList();
        List<Array<Double>> dx = new ArrayList<>();
        List<Tensor> tangents = new ArrayList<>();
        for (int i = 0; i < moving.length; i++) {
            dx.add(moving[i] ? DOUBLES.constant(directions.get(i)) : null);
            tangents.add(moving[i] ? directions.get(i) : Tensor.uniform(0, operands.get(i).shape()));
        }
        List<Array<Double>> dy = Chain.push(DOUBLES, op, x, y, dx);
        if (dy.stream().allMatch(tangent -> tangent == null)) {
            return; // declared to have no derivative
        }
        if (op.whole() != null) {
            compare(failures, where + ": the pushforward's value", rounded(y),
                    rounded(op.whole().pushforward(DOUBLES, Chain::pushforward, x, dx).values()), rounded(y), 1e-15);
            compare(failures, where + ": the recording's value", rounded(y),
                    rounded(DOUBLES.apply(op.whole().recording(), x)), rounded(y), 1e-15);
        }
        String of = " of operand " + moved(moving);
        List<Tensor> pushed = new ArrayList<>();
        for (int j = 0; j < y.size(); j++) {
            Array<Double> zero = DOUBLES.fill(0, y.get(j).shape());
            pushed.add(rounded(List.of(dy.get(j) != null ? dy.get(j) : zero)).get(0));
        }
        compare(failures, where + ": push" + of, rounded(y), pushed, Differences.difference(op, operands, tangents),
                TOLERANCE);
        for (boolean[] seeded : seedings(dy)) {
            List<Tensor> adjoints = new ArrayList<>();
            List<Array<Double>> by = new ArrayList<>();
            for (int j = 0; j < seeded.length; j++) {
                Tensor adjoint = Sample.random(2 + j, -1, 1, y.get(j).shape().extents());
                adjoints.add(seeded[j] ? adjoint : Tensor.uniform(0, adjoint.shape()));
                by.add(seeded[j] ? DOUBLES.constant(adjoint) : null);
            }
            List<Array<Double>> bx = Chain.pull(DOUBLES, op, x, y, by, moving);
            for (int i = 0; i < moving.length; i++) {
                if (bx.get(i) == null) {
                    bx.set(i, DOUBLES.fill(0, operands.get(i).shape()));
                } else if (!moving[i]) {
                    failures.add(where + ": pull" + of + " gives operand " + i + " an adjoint that nobody wanted");
                }
            }
            inner(failures, where + ": pull" + of + (seeded.length == 1 ? "" : " from " + Arrays.toString(seeded)),
                    adjoints, pushed, bx, tangents, 1e-300);
        }
    }

    private static String moved(boolean[] moving) {
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < moving.length; i++) {
            if (moving[i]) {
                moved.add(i);
            }
        }
        return moved.size() == 1 ? moved.get(0).toString() : moved.toString();
    }

    /** Adjoints for all results that vary, and for each of those alone. */
    private static List<boolean[]> seedings(List<Array<Double>> dy) {
        List<boolean[]> seedings = new ArrayList<>();
        boolean[] all = new boolean[dy.size()];
        int varying = 0;
        for (int j = 0; j < all.length; j++) {
            all[j] = dy.get(j) != null;
            varying += all[j] ? 1 : 0;
        }
        seedings.add(all);
        for (int j = 0; j < all.length && varying > 1; j++) {
            if (all[j]) {
                boolean[] one = new boolean[all.length];
                one[j] = true;
                seedings.add(one);
            }
        }
        return seedings;
    }

    /**
     * What is wrong with the first and second derivatives, forward and reverse, of a graph at a point. Inputs on which
     * the output does not depend through operands with a derivative stay where they are.
     */
    public static List<String> failures(String name, Graph graph, List<Tensor> point) {
        List<String> failures = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(1);
        List<Tensor> first = new ArrayList<>();
        List<Tensor> second = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < point.size(); i++) {
            boolean active = graph.activeFrom(List.of(graph.inputs().get(i))).get(graph.position(graph.output()));
            any |= active;
            first.add(active ? direction(random, point.get(i)) : Tensor.uniform(0, point.get(i).shape()));
            second.add(active ? direction(random, point.get(i)) : Tensor.uniform(0, point.get(i).shape()));
        }
        if (!any) {
            return failures;
        }
        String where = name + " at " + point;
        List<Array<Double>> x = point.stream().map(DOUBLES::constant).toList();
        List<Array<Double>> dx = first.stream().map(DOUBLES::constant).toList();
        List<Array<Double>> dx2 = second.stream().map(DOUBLES::constant).toList();
        Tensor value = graph.evaluate(DOUBLES, x).get(0).toTensor(v -> v);
        Tensor tangent = Chain.forward(DOUBLES, graph, x, dx).toTensor(v -> v);
        compare(failures, where + ": forward", List.of(value), List.of(tangent),
                List.of(Differences.difference(graph, point, first)), TOLERANCE);
        Tensor by = Sample.random(3, -1, 1, value.shape().extents());
        double least = 1e-3 * sizes(by, value); // as accurate as the value at least
        inner(failures, where + ": reverse", List.of(by), List.of(tangent),
                Chain.reverse(DOUBLES, graph, x, DOUBLES.constant(by)), first, least);

        Tensor curvature = Differences.difference(graph, point, first, second);
        Graph slope = tangentGraph(graph, first);
        Tensor forward = Chain.forward(DOUBLES, slope, x, dx2).toTensor(v -> v);
        compare(failures, where + ": forward over forward", List.of(value), List.of(forward), List.of(curvature),
                TOLERANCE);
        inner(failures, where + ": reverse over forward", List.of(by), List.of(forward),
                Chain.reverse(DOUBLES, slope, x, DOUBLES.constant(by)), second, least);
        Graph adjoint = adjointGraph(graph, by, first);
        Tensor over = Chain.forward(DOUBLES, adjoint, x, dx2).toTensor(v -> v);
        inner(failures, where + ": forward over reverse", List.of(by), List.of(forward),
                List.of(DOUBLES.constant(over)), List.of(Tensor.scalar(1)), least);
        return failures;
    }

    /** The graph of the tangent of a graph's output in a fixed direction. */
    static Graph tangentGraph(Graph graph, List<Tensor> direction) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = Chain.inputs(builder, graph);
        return builder.graph(Chain.forward(builder, graph, x, direction.stream().map(builder::constant).toList()));
    }

    /** The graph of the inner product of a direction and the gradient of the inner product of an adjoint and the output. */
    static Graph adjointGraph(Graph graph, Tensor by, List<Tensor> direction) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> adjoints = Chain.reverse(builder, graph, Chain.inputs(builder, graph), builder.constant(by));
        Node sum = builder.scalar(0);
        for (int i = 0; i < direction.size(); i++) {
            Node product = builder.scale(adjoints.get(i), builder.constant(direction.get(i)));
            sum = builder.add(sum, Reduction.sum(builder, product, Axis.ALL));
        }
        return builder.graph(sum);
    }

    /** Random, in proportion to the operand. */
    static Tensor direction(SplittableRandom random, Tensor operand) {
        double[] direction = operand.toArray();
        for (int k = 0; k < direction.length; k++) {
            double size = Double.isFinite(direction[k]) && direction[k] != 0 ? Math.abs(direction[k]) : 1;
            direction[k] = size * (random.nextDouble() + 0.25) * (random.nextBoolean() ? 1 : -1);
        }
        return Tensor.of(operand.shape(), direction);
    }

    private static List<Tensor> rounded(List<Array<Double>> arrays) {
        return arrays.stream().map(array -> array.toTensor(v -> v)).toList();
    }

    private static void compare(List<String> failures, String what, List<Tensor> value, List<Tensor> got,
            List<Tensor> expected, double tolerance) {
        compare(failures, what, value, got, expected, tolerance, 1e-40); // the noise of the differences
    }

    /** Components whose value is not finite have no derivative to compare. */
    private static void compare(List<String> failures, String what, List<Tensor> value, List<Tensor> got,
            List<Tensor> expected, double tolerance, double terms) {
        for (int j = 0; j < expected.size(); j++) {
            String which = expected.size() == 1 ? what : what + ", result " + j;
            compare(failures, which, value.get(j), got.get(j), expected.get(j), tolerance, terms);
        }
    }

    /** A hundredth of the largest operand where operands are added up: a sum that cancels is as accurate as its terms. */
    private static double terms(Op op, List<Tensor> operands) {
        boolean sums = op.whole() == null && op.rule(0) instanceof Rule.Linear;
        return !sums ? 1e-40 : 0.01 * Arrays.stream(operands.get(0).toArray()).map(Math::abs).filter(Double::isFinite)
                .max().orElse(0);
    }

    private static void compare(List<String> failures, String what, Tensor value, Tensor got, Tensor expected,
            double tolerance, double least) {
        double scale = least;
        for (int k = 0; k < expected.size(); k++) {
            if (Double.isFinite(expected.at(k)) && Double.isFinite(value.at(k))) {
                scale = Math.max(scale, Math.max(Math.abs(expected.at(k)), 1e-3 * Math.abs(value.at(k))));
            }
        }
        for (int k = 0; k < expected.size(); k++) {
            boolean same = Math.abs(got.at(k) - expected.at(k)) <= tolerance * scale
                    || Double.compare(got.at(k) + 0.0, expected.at(k) + 0.0) == 0;
            if (Double.isFinite(value.at(k)) && !same) {
                failures.add(what + ": element " + k + " is " + got.at(k) + ", expected " + expected.at(k));
            }
        }
    }

    /** Σ |x · y| where that is finite. */
    private static double sizes(Tensor x, Tensor y) {
        double sum = 0;
        for (int k = 0; k < x.size(); k++) {
            double size = Math.abs(x.at(k) * y.at(k));
            sum += Double.isFinite(size) ? size : 0;
        }
        return sum;
    }

    /** The transpose: the inner product of adjoint and tangent is the same on both sides. */
    private static void inner(List<String> failures, String what, List<Tensor> by, List<Tensor> dy,
            List<Array<Double>> bx, List<Tensor> dx, double least) {
        double[] left = product(by, dy);
        double[] right = product(dx, rounded(bx));
        boolean close = Math.abs(left[0] - right[0]) <= TOLERANCE * Math.max(Math.max(left[1], right[1]), least);
        if (!close && !Double.isNaN(left[0] + right[0]) || Double.isNaN(left[0]) != Double.isNaN(right[0])) {
            failures.add(what + ": <by, dy> = " + left[0] + ", <bx, dx> = " + right[0] + ", bx " + rounded(bx));
        }
    }

    /** Σ xy and Σ |xy|; a direction or an adjoint that is zero contributes nothing. */
    private static double[] product(List<Tensor> x, List<Tensor> y) {
        double[] sums = {0, 0};
        for (int i = 0; i < x.size(); i++) {
            for (int k = 0; k < x.get(i).size(); k++) {
                double product = x.get(i).at(k) == 0 ? 0 : x.get(i).at(k) * y.get(i).at(k);
                sums[0] += product;
                sums[1] += Math.abs(product);
            }
        }
        return sums;
    }
}
