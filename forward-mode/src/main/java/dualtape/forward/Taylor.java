package dualtape.forward;

import dualtape.engine.Deadline;
import dualtape.engine.Guard;
import dualtape.engine.InputException;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Algebra;
import dualtape.ir.Application;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Origin;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.ir.numbers.Series;
import dualtape.ir.numbers.SeriesNumbers;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Taylor mode: the derivatives of t ↦ f(x + t v) at t = 0 up to any order K, in one sweep forward whose numbers are truncated power
 * series ({@link SeriesNumbers}). One sweep costs O(K²) times the function; K nested sweeps of duals would cost 2ᴷ times.
 *
 * <p>The series belongs to the graph that was recorded at the point. Where an operation of it, or a condition that steered the
 * program, is at a kink, a tie or a jump there ({@link #edges}), the function may have no series, and the coefficients follow the
 * conventions and the branch taken.
 */
public final class Taylor {
    private final List<Tensor> coefficients;
    private final List<Edge> edges;

    private Taylor(List<Tensor> coefficients, List<Edge> edges) {
        this.coefficients = List.copyOf(coefficients);
        this.edges = List.copyOf(edges);
    }

    /**
     * An edge at the point: an operation at a kink, a tie or a jump of its own, or a number that steered the program there and is
     * another beside the point, so that another graph is recorded there.
     *
     * @param symbol the operation's, or "condition" or "index"
     * @param origin where it was written, or null
     * @param steers whether it steered the program
     */
    public record Edge(String symbol, Origin origin, boolean steers) {}

    /**
     * By one input of one element: of t ↦ f(…, x + t, …).
     *
     * @param wrt the input's name
     * @param order the highest derivative wanted, 0 or more
     * @throws InputException if there is no such input, it has more than one element, or the order is negative
     */
    public static Taylor of(Source f, Point at, String wrt, int order) {
        Traced traced = f.trace(at);
        return along(traced, at, unit(traced, at, wrt), order, Deadline.NEVER);
    }

    /**
     * Along a direction: of t ↦ f(x + t v). Inputs that the direction does not name stay where they are.
     *
     * @param direction v, of the shapes of the point
     * @param order the highest derivative wanted, 0 or more
     * @throws InputException if the direction names no input or has another shape, or the order is negative
     */
    public static Taylor along(Source f, Point at, Point direction, int order) {
        return along(f.trace(at), at, direction, order, Deadline.NEVER);
    }

    /** The direction in which one input of one element grows by t. */
    public static Point unit(Traced traced, Point at, String wrt) {
        checkInput(traced.graph(), wrt);
        Shape shape = at.get(wrt).shape();
        if (shape.size() != 1) {
            throw new InputException("a Taylor series has one variable, and \"" + wrt + "\" has shape " + shape
                    + "; say how fast each element grows, with a direction of that shape (--direction)");
        }
        return Point.of(Map.of(wrt, Tensor.uniform(1, shape)));
    }

    /**
     * The same of what was recorded.
     *
     * @throws dualtape.engine.LimitException if the deadline passes
     */
    public static Taylor along(Traced traced, Point at, Point direction, int order, Deadline deadline) {
        if (order < 0) {
            throw new InputException("the order of a Taylor series must be 0 or more, got " + order);
        }
        direction.names().forEach(name -> checkInput(traced.graph(), name));
        SeriesNumbers<Double> numbers = new SeriesNumbers<>(DoubleNumbers.INSTANCE, order);
        Sweep sweep = new Sweep(numbers, at, direction, deadline);
        Array<Series<Double>> y = sweep.run(traced.graph()).get(0);
        List<Edge> edges = new ArrayList<>(sweep.edges);
        if (!traced.guards().isEmpty()) {
            edges.addAll(flipping(traced, numbers, at, direction, deadline));
        }
        List<Tensor> coefficients = new ArrayList<>();
        for (int k = 0; k <= order; k++) {
            int power = k;
            coefficients.add(y.toTensor(series -> power == 0 ? series.value() : series.get(power) + 0.0)); // no −0
        }
        return new Taylor(coefficients, edges);
    }

    /** The guards that hold at the point, but not right and left of it. */
    private static List<Edge> flipping(Traced traced, SeriesNumbers<Double> numbers, Point at, Point direction,
            Deadline deadline) {
        Sweep sweep = new Sweep(numbers, at, direction, deadline);
        List<Array<Series<Double>>> here = sweep.run(traced.guarded());
        List<List<Array<Series<Double>>>> beside = new ArrayList<>();
        for (int side = 0; side < 2 && !sweep.edges.isEmpty(); side++) {
            beside.add(new Sweep(numbers.beside(side == 1), at, direction, deadline).run(traced.guarded()));
        }
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < here.size(); i++) {
            Guard guard = traced.guards().get(i);
            int output = i;
            boolean exact = guard.kind() == Guard.Kind.EXACT;
            Series<Double> value = here.get(i).get(0);
            boolean moves = !value.isConstant() && (exact || value.isZero(0));
            if (moves || beside.stream().anyMatch(side -> !guard.holds(side.get(output).get(0).value()))) {
                edges.add(new Edge(exact ? "index" : "condition", guard.origin(), true));
            }
        }
        return edges;
    }

    private static void checkInput(Graph graph, String name) {
        List<String> names = graph.inputs().stream().map(Node.Input::name).toList();
        if (!names.contains(name)) {
            throw new InputException("no input \"" + name + "\" to move; " + (names.isEmpty()
                    ? "the program has no inputs"
                    : "the inputs are " + String.join(", ", names)));
        }
    }

    /** The highest derivative: K. */
    public int order() {
        return coefficients.size() - 1;
    }

    /** The value f(x). */
    public Tensor value() {
        return coefficients.get(0);
    }

    /** The coefficient of tᵏ, f⁽ᵏ⁾ / k!, of the result's shape. */
    public Tensor coefficient(int k) {
        return coefficients.get(k);
    }

    /** The k-th derivative of t ↦ f(x + t v) at t = 0, of the result's shape; rounded once from its coefficient. */
    public Tensor derivative(int k) {
        BigDecimal factorial = BigDecimal.ONE;
        for (int j = 2; j <= k; j++) {
            factorial = factorial.multiply(BigDecimal.valueOf(j));
        }
        double[] derivative = coefficients.get(k).toArray();
        for (int i = 0; k > 1 && i < derivative.length; i++) {
            if (Double.isFinite(derivative[i])) {
                derivative[i] = new BigDecimal(derivative[i]).multiply(factorial).doubleValue();
            }
        }
        return Tensor.wrap(coefficients.get(k).shape(), derivative);
    }

    /** What was at an edge at the point, in the order in which it ran; empty where the function is as smooth as its parts. */
    public List<Edge> edges() {
        return edges;
    }

    /** Evaluates graphs in series and looks out for edges. */
    private static final class Sweep implements Algebra<Array<Series<Double>>> {
        private final SeriesNumbers<Double> numbers;
        private final NumbersAlgebra<Series<Double>> algebra;
        private final Point at;
        private final Point direction;
        private final Deadline deadline;
        private final List<Edge> edges = new ArrayList<>();
        private boolean atEdge;

        Sweep(SeriesNumbers<Double> numbers, Point at, Point direction, Deadline deadline) {
            this.numbers = numbers;
            this.algebra = new NumbersAlgebra<>(numbers);
            this.at = at;
            this.direction = direction;
            this.deadline = deadline;
        }

        List<Array<Series<Double>>> run(Graph graph) {
            List<Array<Series<Double>>> x = new ArrayList<>();
            graph.inputs().forEach(input -> x.add(line(input.name())));
            return graph.evaluate(this, x, (node, value) -> {
                if (atEdge && node instanceof Node.Result result) {
                    Application application = result.application();
                    edges.add(new Edge(application.op().symbol(), application.origin(), false));
                }
                atEdge = false;
            });
        }

        private Array<Series<Double>> line(String name) {
            Tensor value = at.get(name);
            Array<Series<Double>> line = constant(value);
            if (direction.has(name)) {
                Tensor slope = direction.get(name);
                if (!slope.shape().equals(value.shape())) {
                    throw new InputException("the direction of \"" + name + "\" has shape " + slope.shape()
                            + ", the input has shape " + value.shape() + "; give a number for each element");
                }
                for (int i = 0; i < line.size(); i++) {
                    line.set(i, numbers.line(value.at(i), slope.at(i)));
                }
            }
            return line;
        }

        @Override
        public Shape shape(Array<Series<Double>> value) {
            return value.shape();
        }

        @Override
        public Array<Series<Double>> constant(Tensor tensor) {
            return algebra.constant(tensor);
        }

        @Override
        public List<Array<Series<Double>>> apply(Op op, List<Array<Series<Double>>> operands) {
            deadline.check("the Taylor series");
            return numbers.apply(op, operands, () -> atEdge = true);
        }
    }
}
