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
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.dfp.Dfp;

/**
 * Proves rules with values only: the tangent that a rule gives in doubles, against a central difference of the
 * definition in 50 digits. Directions are random, each component in proportion to its operand. What fails is returned,
 * not thrown, so that the check can be tested with rules that are wrong.
 */
public final class Witness {
    /** Of the largest component. */
    static final double TOLERANCE = 1e-12;

    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final Algebra<Array<Dfp>> EXACT = new NumbersAlgebra<>(DECIMALS);
    private static final Algebra<Array<Double>> DOUBLES = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    private Witness() {}

    /** What is wrong with an operation's value, its rules and their transposes at these operands. */
    public static List<String> failures(Op op, List<Tensor> operands) {
        List<String> failures = new ArrayList<>();
        List<Array<Double>> x = operands.stream().map(DOUBLES::constant).toList();
        Array<Double> y = op.of(DOUBLES, x);
        Tensor value = y.toTensor(v -> v);
        String where = op + " at " + operands;
        compare(failures, where + ": value", value, value, exact(op.of(EXACT, decimals(operands))), 1e-13,
                terms(op, operands));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < operands.size(); i++) {
            List<Array<Double>> dx = new ArrayList<>(Collections.nCopies(operands.size(), null));
            Tensor direction = direction(random, operands.get(i));
            dx.set(i, DOUBLES.constant(direction));
            Array<Double> dy = Chain.push(DOUBLES, op, x, y, dx);
            if (dy == null) {
                continue; // declared to have no derivative
            }
            Tensor difference = difference(op, operands, i, direction);
            compare(failures, where + ": push of operand " + i, value, dy.toTensor(v -> v), difference, TOLERANCE);
            Tensor adjoint = Sample.random(2 + i, -1, 1, value.shape().extents());
            boolean[] wanted = new boolean[operands.size()];
            wanted[i] = true;
            Array<Double> pulled = Chain.pull(DOUBLES, op, x, y, DOUBLES.constant(adjoint), wanted).get(i);
            inner(failures, where + ": pull of operand " + i, adjoint, dy.toTensor(v -> v), pulled.toTensor(v -> v),
                    direction);
        }
        return failures;
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
        compare(failures, where + ": forward", value, tangent, difference(graph, point, first), TOLERANCE);
        Tensor by = Sample.random(3, -1, 1, value.shape().extents());
        double least = 1e-3 * sizes(by, value); // as accurate as the value at least
        inner(failures, where + ": reverse", by, tangent, Chain.reverse(DOUBLES, graph, x, DOUBLES.constant(by)),
                first, least);

        Tensor curvature = difference(graph, point, first, second);
        Graph slope = tangentGraph(graph, first);
        Tensor forward = Chain.forward(DOUBLES, slope, x, dx2).toTensor(v -> v);
        compare(failures, where + ": forward over forward", value, forward, curvature, TOLERANCE);
        inner(failures, where + ": reverse over forward", by, forward,
                Chain.reverse(DOUBLES, slope, x, DOUBLES.constant(by)), second, least);
        Graph adjoint = adjointGraph(graph, by, first);
        Tensor over = Chain.forward(DOUBLES, adjoint, x, dx2).toTensor(v -> v);
        inner(failures, where + ": forward over reverse", by, forward, List.of(DOUBLES.constant(over)),
                List.of(Tensor.scalar(1)), least);
        return failures;
    }

    /** The graph of the tangent of a graph's output in a fixed direction. */
    static Graph tangentGraph(Graph graph, List<Tensor> direction) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = inputs(builder, graph);
        return builder.graph(Chain.forward(builder, graph, x, direction.stream().map(builder::constant).toList()));
    }

    /** The graph of the inner product of a direction and the gradient of the inner product of an adjoint and the output. */
    static Graph adjointGraph(Graph graph, Tensor by, List<Tensor> direction) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> adjoints = Chain.reverse(builder, graph, inputs(builder, graph), builder.constant(by));
        Node sum = builder.scalar(0);
        for (int i = 0; i < direction.size(); i++) {
            Node product = builder.scale(adjoints.get(i), builder.constant(direction.get(i)));
            sum = builder.add(sum, Reduction.sum(builder, product, Axis.ALL));
        }
        return builder.graph(sum);
    }

    private static List<Node> inputs(GraphBuilder builder, Graph graph) {
        List<Node> x = new ArrayList<>();
        graph.inputs().forEach(input -> x.add(builder.input(input.name(), input.shape())));
        return x;
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

    private static Tensor difference(Op op, List<Tensor> x, int operand, Tensor direction) {
        Dfp step = DECIMALS.parse("1e-18");
        List<Array<Dfp>> right = decimals(x);
        right.set(operand, moved(right.get(operand), direction, step));
        List<Array<Dfp>> left = decimals(x);
        left.set(operand, moved(left.get(operand), direction, step.negate()));
        return quotient(op.of(EXACT, right), op.of(EXACT, left), step.multiply(2));
    }

    private static Tensor difference(Graph graph, List<Tensor> x, List<Tensor> direction) {
        Dfp step = DECIMALS.parse("1e-18");
        return quotient(at(graph, x, direction, step, direction, step.getZero()),
                at(graph, x, direction, step.negate(), direction, step.getZero()), step.multiply(2));
    }

    private static Tensor difference(Graph graph, List<Tensor> x, List<Tensor> first, List<Tensor> second) {
        Dfp step = DECIMALS.parse("1e-12");
        Dfp back = step.negate();
        Array<Dfp> same = sum(at(graph, x, first, step, second, step), at(graph, x, first, back, second, back));
        Array<Dfp> opposite = sum(at(graph, x, first, step, second, back), at(graph, x, first, back, second, step));
        return quotient(same, opposite, step.multiply(step).multiply(4));
    }

    private static Array<Dfp> at(Graph graph, List<Tensor> x, List<Tensor> first, Dfp h, List<Tensor> second, Dfp k) {
        List<Array<Dfp>> point = decimals(x);
        for (int i = 0; i < point.size(); i++) {
            point.set(i, moved(moved(point.get(i), first.get(i), h), second.get(i), k));
        }
        return graph.evaluate(EXACT, point).get(0);
    }

    private static Array<Dfp> moved(Array<Dfp> x, Tensor direction, Dfp step) {
        Array<Dfp> moved = new Array<>(x.shape());
        for (int k = 0; k < x.size(); k++) {
            moved.set(k, direction.at(k) == 0 ? x.get(k) : x.get(k).add(DECIMALS.of(direction.at(k)).multiply(step)));
        }
        return moved;
    }

    private static Array<Dfp> sum(Array<Dfp> x, Array<Dfp> y) {
        Array<Dfp> sum = new Array<>(x.shape());
        for (int k = 0; k < x.size(); k++) {
            sum.set(k, x.get(k).add(y.get(k)));
        }
        return sum;
    }

    private static Tensor quotient(Array<Dfp> right, Array<Dfp> left, Dfp width) {
        Array<Dfp> quotient = new Array<>(right.shape());
        for (int k = 0; k < right.size(); k++) {
            quotient.set(k, right.get(k).subtract(left.get(k)).divide(width));
        }
        return exact(quotient);
    }

    private static Tensor exact(Array<Dfp> array) {
        return array.toTensor(DECIMALS::toDouble);
    }

    private static List<Array<Dfp>> decimals(List<Tensor> x) {
        return new ArrayList<>(x.stream().map(EXACT::constant).toList());
    }

    /** A hundredth of the largest operand where operands are added up: a sum that cancels is as accurate as its terms. */
    private static double terms(Op op, List<Tensor> operands) {
        boolean sums = op.whole() == null && op.rule(0) instanceof Rule.Linear;
        return !sums ? 0 : 0.01 * Arrays.stream(operands.get(0).toArray()).map(Math::abs).filter(Double::isFinite)
                .max().orElse(0);
    }

    private static void compare(List<String> failures, String what, Tensor value, Tensor got, Tensor expected,
            double tolerance) {
        compare(failures, what, value, got, expected, tolerance, 1e-40); // the noise of the differences
    }

    /** Components whose value is not finite have no derivative to compare. */
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
                failures.add(what + ": element " + k + " is " + got.at(k) + ", by differences " + expected.at(k));
            }
        }
    }

    private static void inner(List<String> failures, String what, Tensor by, Tensor dy, Tensor bx, Tensor dx) {
        inner(failures, what, by, dy, List.of(DOUBLES.constant(bx)), List.of(dx), 1e-300);
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
    private static void inner(List<String> failures, String what, Tensor by, Tensor dy, List<Array<Double>> bx,
            List<Tensor> dx, double least) {
        double[] left = {0, 0};
        double[] right = {0, 0};
        for (int k = 0; k < by.size(); k++) {
            left[0] += by.at(k) * dy.at(k);
            left[1] += Math.abs(by.at(k) * dy.at(k));
        }
        for (int i = 0; i < dx.size(); i++) {
            for (int k = 0; k < dx.get(i).size(); k++) {
                double product = dx.get(i).at(k) == 0 ? 0 : bx.get(i).get(k) * dx.get(i).at(k);
                right[0] += product;
                right[1] += Math.abs(product);
            }
        }
        boolean close = Math.abs(left[0] - right[0]) <= TOLERANCE * Math.max(Math.max(left[1], right[1]), least);
        if (!close && !Double.isNaN(left[0] + right[0]) || Double.isNaN(left[0]) != Double.isNaN(right[0])) {
            failures.add(what + ": <by, dy> = " + left[0] + ", <bx, dx> = " + right[0] + ", bx " + Arrays.toString(
                    bx.stream().map(adjoint -> adjoint.toTensor(v -> v)).toArray()));
        }
    }
}
