package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.div;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Joining;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code ba}: bundle adjustment. p observations, of point i mod m by camera i mod n: where the camera sees the point, less where it was
 * seen, times a weight; and 1 − w² for each weight w. The Jacobian is sparse: a map over the observations gives the block of
 * each, 2×15, from a graph that an engine has derived once.
 */
public final class BundleAdjustment implements Workload {
    /** A camera: rotation (3), centre (3), focal length, principal point (2), radial distortion (2). */
    private static final int CAMERA = 11;
    private static final int POINT = 3;
    private static final int FEATURE = 2;
    private static final int BLOCK = CAMERA + POINT + 1;
    private static final int SHOWN = 30;

    private record Sizes(int n, int m, int p) {}

    private record Scene(BundleAdjustment module, Sizes sizes, Point point) implements Problem {
        @Override
        public List<String> wrt() {
            return List.of("cams", "points", "w");
        }

        /** Errors of all observations, then those of the weights. */
        @Override
        public Graph graph() {
            GraphBuilder b = GraphBuilder.asWritten();
            List<Node> parts = errors(b);
            return b.graph(Joining.concat(b, List.of(Structure.flat(b, parts.get(0)), parts.get(1))));
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            return switch (function) {
                case "objective" -> {
                    GraphBuilder b = GraphBuilder.asWritten();
                    yield Tasks.outputs(b.graph(errors(b)), this::objective);
                }
                case "jacobian" -> {
                    GraphBuilder b = GraphBuilder.asWritten();
                    yield Tasks.outputs(b.graph(blocks(b, engine)), this::jacobian);
                }
                default -> throw Objective.unknown(function, module.functions());
            };
        }

        private List<Node> errors(GraphBuilder b) {
            return Control.map(b, observations(b), sizes.p(), (each, slices) -> {
                List<Node> inputs = numbers(each, slices);
                Node w = inputs.get(BLOCK - 1);
                return List.of(call(each, "stack", error(0).evaluate(each, inputs).get(0),
                        error(1).evaluate(each, inputs).get(0)), weightError().evaluate(each, List.of(w)).get(0));
            });
        }

        /** The elements of the blocks, one after the other, and the slopes of the weights' errors. */
        private List<Node> blocks(GraphBuilder b, DerivingEngine engine) {
            List<Graph> rows = new ArrayList<>();
            for (int row = 0; row < FEATURE; row++) {
                Graph error = error(row);
                List<String> wrt = error.inputs().subList(0, BLOCK).stream().map(Node.Input::name).toList();
                rows.add(engine.derive(error, wrt, Operator.GRADIENT).graph());
            }
            Graph weight = engine.derive(weightError(), List.of("w"), Operator.GRADIENT).graph();
            return Control.map(b, observations(b), sizes.p(), (each, slices) -> {
                List<Node> inputs = numbers(each, slices);
                List<Node> elements = new ArrayList<>();
                for (Graph row : rows) {
                    elements.addAll(row.evaluate(each, inputs).subList(1, BLOCK + 1));
                }
                return List.of(call(each, "stack", elements.toArray(Node[]::new)),
                        weight.evaluate(each, List.of(inputs.get(BLOCK - 1))).get(1));
            });
        }

        /** For each observation its camera, point, weight and feature. */
        private List<Node> observations(GraphBuilder b) {
            Node cameras = b.input("cams", Shape.of(sizes.n(), CAMERA));
            Node points = b.input("points", Shape.of(sizes.m(), POINT));
            Node weights = b.input("w", Shape.of(sizes.p()));
            Node features = b.input("feats", Shape.of(sizes.p(), FEATURE));
            return List.of(Nodes.gather(b, cameras, 0, modulo(sizes.n())),
                    Nodes.gather(b, points, 0, modulo(sizes.m())),
                    weights, features);
        }

        private Tensor modulo(int count) {
            double[] indices = new double[sizes.p()];
            Arrays.setAll(indices, i -> i % count);
            return Tensor.wrap(Shape.of(indices.length), indices);
        }

        private Object objective(List<Tensor> errors) {
            return fields("reproj_error",
                    fields("elements", Tensor.vector(errors.get(0).at(0), errors.get(0).at(1)), "repeated", sizes.p()),
                    "w_err",
                    fields("element", errors.get(1).at(0), "repeated", sizes.p()));
        }

        /** Compressed rows, of each array the first elements and the last. */
        private Object jacobian(List<Tensor> blocks) {
            int p = sizes.p();
            int size = (FEATURE * BLOCK + 1) * p;
            double[] values = new double[Math.min(SHOWN, size) + 1];
            int[] columns = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                int at = i < values.length - 1 ? i : size - 1;
                values[i] = at < FEATURE * BLOCK * p ? blocks.get(0).at(at)
                        : blocks.get(1).at(at - FEATURE * BLOCK * p);
                columns[i] = column(at);
            }
            int[] rows = new int[Math.min(SHOWN, 3 * p + 1) + 1];
            for (int i = 0; i < rows.length; i++) {
                int row = i < rows.length - 1 ? i : 3 * p;
                rows[i] = row <= FEATURE * p ? BLOCK * row : FEATURE * BLOCK * p + row - FEATURE * p;
            }
            return fields("rows", rows, "cols", columns, "vals", Tensor.vector(values));
        }

        /** The column of an element by its place in the array of values. */
        private int column(int at) {
            int weights = CAMERA * sizes.n() + POINT * sizes.m();
            int observation = at / (FEATURE * BLOCK);
            if (observation >= sizes.p()) {
                return weights + at - FEATURE * BLOCK * sizes.p();
            }
            int element = at % BLOCK;
            return element < CAMERA ? CAMERA * (observation % sizes.n()) + element
                    : element < BLOCK - 1 ? CAMERA * sizes.n() + POINT * (observation % sizes.m()) + element - CAMERA
                    : weights + observation;
        }
    }

    @Override
    public String name() {
        return "ba";
    }

    @Override
    public String summary() {
        return "reprojection errors of a bundle adjustment";
    }

    @Override
    public String provenance() {
        return ADBENCH;
    }

    @Override
    public List<String> functions() {
        return OBJECTIVE_JACOBIAN;
    }

    /** {@code n, m, p}: cameras, points, observations; {@code cam[11]}, {@code x[3]}, {@code w}, {@code feat[2]}: one of each. */
    @Override
    public Problem problem(Datum input) {
        Sizes sizes = new Sizes(input.at("n").whole(1), input.at("m").whole(1), input.at("p").whole(1));
        return new Scene(this, sizes, Point.of("cams", repeated(input.at("cam").tensor(CAMERA), sizes.n()), "points",
                repeated(input.at("x").tensor(POINT), sizes.m()), "w",
                Tensor.uniform(input.at("w").number(), Shape.of(sizes.p())), "feats",
                repeated(input.at("feat").tensor(FEATURE), sizes.p())));
    }

    private static Tensor repeated(Tensor row, int count) {
        double[] rows = new double[Math.multiplyExact(count, row.size())];
        for (int i = 0; i < count; i++) {
            row.copyTo(rows, i * row.size());
        }
        return Tensor.wrap(row.shape().with(0, count), rows);
    }

    /** The numbers of an observation, in the order of the inputs of {@link #error}. */
    private static List<Node> numbers(GraphBuilder b, List<Node> slices) {
        List<Node> numbers = new ArrayList<>();
        for (Node slice : slices) {
            for (int i = 0; i < slice.shape().size(); i++) {
                numbers.add(slice.shape().isScalar() ? slice : index(b, slice, 0, i));
            }
        }
        return numbers;
    }

    private static Graph weightError() {
        GraphBuilder b = GraphBuilder.asWritten();
        return b.graph(sub(b, b.scalar(1), square(b, b.input("w", Shape.SCALAR))));
    }

    /** One of the two errors of an observation, from single numbers: camera, point, weight, feature. */
    private static Graph error(int row) {
        GraphBuilder b = new GraphBuilder();
        Node[] cam = inputs(b, "cam", CAMERA);
        Node[] x = inputs(b, "x", POINT);
        Node w = b.input("w", Shape.SCALAR);
        Node[] feature = inputs(b, "feat", FEATURE);
        Node[] seen = new Node[POINT];
        for (int i = 0; i < POINT; i++) {
            seen[i] = sub(b, x[i], cam[3 + i]);
        }
        seen = rotated(b, Arrays.copyOf(cam, 3), seen);
        Node u = div(b, seen[0], seen[2]);
        Node v = div(b, seen[1], seen[2]);
        Node radius = add(b, square(b, u), square(b, v));
        Node distortion = add(b, b.scalar(1), mul(b, cam[9], radius), mul(b, cam[10], square(b, radius)));
        Node image = add(b, mul(b, row == 0 ? u : v, distortion, cam[6]), cam[7 + row]);
        return b.graph(mul(b, w, sub(b, image, feature[row])));
    }

    private static Node[] inputs(GraphBuilder b, String name, int count) {
        Node[] inputs = new Node[count];
        Arrays.setAll(inputs, i -> b.input(name + i, Shape.SCALAR));
        return inputs;
    }

    /** Rodrigues' rotation by the axis and angle r; to first order where r is zero. */
    private static Node[] rotated(GraphBuilder b, Node[] r, Node[] x) {
        Node angle2 = dot(b, r, r);
        Node none = call(b, "==", angle2, b.scalar(0));
        Node angle = call(b, "sqrt", call(b, "where", none, b.scalar(1), angle2));
        Node cos = call(b, "cos", angle);
        Node sin = call(b, "sin", angle);
        Node[] axis = new Node[POINT];
        Arrays.setAll(axis, i -> div(b, r[i], angle));
        Node[] turned = cross(b, axis, x);
        Node[] little = cross(b, r, x);
        Node along = mul(b, dot(b, axis, x), sub(b, b.scalar(1), cos));
        Node[] rotated = new Node[POINT];
        Arrays.setAll(rotated, i -> call(b, "where", none, add(b, x[i], little[i]),
                add(b, mul(b, x[i], cos), mul(b, turned[i], sin), mul(b, axis[i], along))));
        return rotated;
    }

    private static Node dot(GraphBuilder b, Node[] x, Node[] y) {
        return add(b, mul(b, x[0], y[0]), mul(b, x[1], y[1]), mul(b, x[2], y[2]));
    }

    private static Node[] cross(GraphBuilder b, Node[] x, Node[] y) {
        Node[] cross = new Node[POINT];
        Arrays.setAll(cross, i -> sub(b, mul(b, x[(i + 1) % POINT], y[(i + 2) % POINT]),
                mul(b, x[(i + 2) % POINT], y[(i + 1) % POINT])));
        return cross;
    }

    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        double[] cam = random.tensor(-0.5, 0.5, CAMERA).toArray();
        cam[6] += 2;
        return fields("n", 2, "m", 3, "p", 4, "cam", Tensor.vector(cam), "x", random.tensor(2, 3, POINT), "w",
                random.number(0.2, 1), "feat", random.tensor(-1, 1, FEATURE));
    }
}
