package dualtape.workload;

import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.div;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.sparse.Pattern;
import dualtape.sparse.Patterns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code kmeans}: Σᵢ minⱼ ‖Pᵢ − Cⱼ‖², ties to the first, and Newton's direction, the gradient by C over the diagonal of the
 * Hessian, element by element.
 *
 * <p>Which centroid is the nearest is an index, which has no derivative; the distances to the others are needed for it and for
 * nothing else. One Hessian-vector product with ones gives the diagonal, since there is nothing beside it: that is proved by
 * the derived pattern, over every index that a point can have.
 */
public final class KMeans implements Workload {
    private record Sizes(int n, int k, int d) {}

    private record Clusters(KMeans module, Sizes sizes, Point point) implements Problem {
        @Override
        public List<String> wrt() {
            return List.of("centroids");
        }

        @Override
        public Graph graph() {
            GraphBuilder b = GraphBuilder.asWritten();
            Node points = b.input("points", Shape.of(sizes.n(), sizes.d()));
            Node centroids = b.input("centroids", Shape.of(sizes.k(), sizes.d()));
            return b.graph(cost(b, points, centroids, nearest(b, points, centroids)));
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            return switch (function) {
                case "cost" -> Tasks.value(graph());
                case "dir" -> direction(engine);
                default -> throw Objective.unknown(function, module.functions());
            };
        }

        private Task direction(DerivingEngine engine) {
            prove(sizes);
            return engine.name().equals(Engines.forward().name()) ? forward() : Tasks.outputs(newton(), this::checked);
        }

        /** Gradient, Hessian's diagonal and direction: forward over reverse, with ones for the direction of the product. */
        private Graph newton() {
            Graph gradient = Engines.reverse().derive(graph(), wrt(), Operator.GRADIENT).graph();
            Graph both = Engines.forward()
                    .derive(gradient.select(gradient.outputs().subList(1, 2)), wrt(), Operator.JVP)
                    .graph();
            GraphBuilder b = new GraphBuilder();
            List<Node> inputs = new ArrayList<>();
            for (Node.Input input : both.inputs()) {
                inputs.add(inputs.size() < 2 ? b.input(input.name(), input.shape()) : b.fill(1, input.shape()));
            }
            List<Node> parts = both.evaluate(b, inputs);
            return b.graph(List.of(div(b, parts.get(0), parts.get(1)), parts.get(1)));
        }

        private Task forward() {
            Traced traced = new Traced(Source.of("kmeans", graph()), graph(), List.of());
            Prepared gradient = Engines.forward().prepare(traced, Request.of(Operator.GRADIENT, wrt()));
            Prepared product = Engines.forward().prepare(traced, Request.of(Operator.HVP, wrt()).with(Nesting.FF));
            double[] ones = new double[product.derivativeSize()];
            Arrays.fill(ones, 1);
            product.seed(ones);
            double[] value = new double[1];
            double[] slopes = new double[ones.length];
            double[] curvatures = new double[ones.length];
            return Tasks.of(gradient.inputs(), x -> {
                gradient.run(x, value, slopes);
                product.run(x, value, curvatures);
            }, () -> {
                double[] quotients = new double[ones.length];
                Arrays.setAll(quotients, i -> slopes[i] / curvatures[i]);
                Shape shape = Shape.of(sizes.k(), sizes.d());
                return checked(List.of(Tensor.wrap(shape, quotients), Tensor.wrap(shape, curvatures)));
            });
        }

        /** The direction, if every centroid has points. */
        private Object checked(List<Tensor> directionAndCurvatures) {
            Tensor curvatures = directionAndCurvatures.get(1);
            for (int i = 0; i < curvatures.size(); i++) {
                if (curvatures.at(i) == 0) {
                    throw new InputException(
                            "input.centroids[" + i / sizes.d() + "] is the nearest to no point, so that the "
                                    + "cost has no curvature in it and no direction; take another start");
                }
            }
            return directionAndCurvatures.get(0);
        }
    }

    /** The index of the nearest centroid of each point. */
    private static Node nearest(GraphBuilder b, Node points, Node centroids) {
        int k = centroids.shape().extent(0);
        double[] numbers = new double[k];
        Arrays.setAll(numbers, j -> j);
        Node fixed = call(b, "detach", centroids);
        Node all = b.constant(Tensor.wrap(Shape.of(k), numbers));
        return Control.map(b, List.of(points), points.shape().extent(0), (row, point) -> List.of(Control.scan(row,
                List.of(row.scalar(Double.POSITIVE_INFINITY), row.scalar(0)), List.of(fixed, all), k, false,
                (each, least, next) -> {
                    Node distance = sum(each, square(each, sub(each, point.get(0), next.get(0))));
                    Node nearer = call(each, "<", distance, least.get(0));
                    return new Trip(List.of(call(each, "where", nearer, distance, least.get(0)),
                            call(each, "where", nearer, next.get(1), least.get(1))), List.of(), List.of());
                }).carries().get(1))).get(0);
    }

    /** Σ ‖Pᵢ − C[indexᵢ]‖². */
    private static Node cost(GraphBuilder b, Node points, Node centroids, Node index) {
        return sum(b, square(b, sub(b, points, call(b, "gather", centroids, index))));
    }

    /**
     * Proves that the Hessian is diagonal: the cost is a sum over points, each with some index, and the graph of one point for
     * each index has a diagonal pattern.
     */
    private static void prove(Sizes sizes) {
        GraphBuilder b = GraphBuilder.asWritten();
        Shape shape = Shape.of(sizes.k(), sizes.d());
        double[] indices = new double[sizes.k()];
        Arrays.setAll(indices, j -> j);
        Node points = b.input("points", shape);
        Graph each = b.graph(cost(b, points, b.input("centroids", shape),
                b.constant(Tensor.wrap(Shape.of(sizes.k()), indices))));
        Pattern pattern = Patterns.hessian(each, List.of("centroids"));
        for (int i = 0; i < pattern.rows(); i++) {
            if (!Arrays.equals(pattern.row(i), new int[] {i})) {
                throw new IllegalStateException("row " + i + " of the Hessian is not diagonal: "
                        + Arrays.toString(pattern.row(i)));
            }
        }
    }

    @Override
    public String name() {
        return "kmeans";
    }

    @Override
    public String summary() {
        return "sum over points of the squared distance to the nearest centroid";
    }

    @Override
    public List<String> functions() {
        return List.of("cost", "dir");
    }

    /** {@code points[n][d]} and {@code centroids[k][d]}. */
    @Override
    public Problem problem(Datum input) {
        Tensor points = input.at("points").tensor(-1, -1);
        Tensor centroids = input.at("centroids").tensor(-1, points.shape().extent(1));
        if (points.size() == 0 || centroids.size() == 0) {
            throw new InputException((points.size() == 0 ? input.at("points") : input.at("centroids")).path()
                    + " is empty, expected one row at least");
        }
        Sizes sizes = new Sizes(points.shape().extent(0), centroids.shape().extent(0), points.shape().extent(1));
        return new Clusters(this, sizes, Point.of("points", points, "centroids", centroids));
    }

    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        Tensor points = random.tensor(-1, 1, 7, 2);
        Tensor some = Tensor.matrix(new double[] {points.at(0) + 0.1, points.at(1) - 0.05},
                new double[] {points.at(6) - 0.1, points.at(7) + 0.02});
        return fields("points", points, "centroids", some);
    }
}
