package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.div;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
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
 * seen, times a weight; and 1 − w² for each weight w. The Jacobian is sparse: a map over the observations, by chunks, gives the
 * block of each, 2×15, from a graph that an engine has derived once.
 */
public final class BundleAdjustment implements Workload {
    /** A camera: rotation (3), centre (3), focal length, principal point (2), radial distortion (2). */
    private static final int CAMERA = 11;
    private static final int POINT = 3;
    private static final int FEATURE = 2;
    private static final int BLOCK = CAMERA + POINT + 1;
    private static final int SHOWN = 30;
    /** Observations whose numbers stay in the cache together; their places there differ, since this is no power of two. */
    private static final int CHUNK = 124;

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
            Node pairs = call(b, "transpose", call(b, "stack", parts.get(0), parts.get(1)));
            return b.graph(Joining.concat(b, List.of(Structure.flat(b, pairs), parts.get(FEATURE))));
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

        /** The two errors of each observation, and those of the weights. */
        private List<Node> errors(GraphBuilder b) {
            return chunks(b, (chunk, inputs) -> {
                Node w = inputs.get(BLOCK - 1);
                return List.of(error(inputs, 0).evaluate(chunk, inputs).get(0),
                        error(inputs, 1).evaluate(chunk, inputs).get(0),
                        weightError(w).evaluate(chunk, List.of(w)).get(0));
            });
        }

        /** The 30 elements of each block, and the slopes of the weights' errors. */
        private List<Node> blocks(GraphBuilder b, DerivingEngine engine) {
            return chunks(b, (chunk, inputs) -> {
                List<Node> elements = new ArrayList<>();
                for (int row = 0; row < FEATURE; row++) {
                    Graph error = error(inputs, row);
                    List<String> wrt = error.inputs().subList(0, BLOCK).stream().map(Node.Input::name).toList();
                    elements.addAll(slopes(chunk, engine, error, wrt, inputs));
                }
                Node w = inputs.get(BLOCK - 1);
                elements.addAll(slopes(chunk, engine, weightError(w), List.of("w"), List.of(w)));
                return elements;
            });
        }

        /** What a chunk of observations gives, from its numbers: vectors of as many elements. */
        private interface Chunk {
            List<Node> of(GraphBuilder b, List<Node> inputs);
        }

        /**
         * A map over the observations, in chunks of which each is a vector, so that what one observation needs are loops of their
         * own; the last chunk is filled up with further observations of the same cameras and points.
         */
        private List<Node> chunks(GraphBuilder b, Chunk chunk) {
            int length = Math.min(CHUNK, sizes.p());
            int count = (sizes.p() + length - 1) / length;
            List<Node> sequences = new ArrayList<>();
            for (Node column : observations(b, count * length)) {
                sequences.add(reshape(b, column, count, length));
            }
            List<Node> results = Control.map(b, sequences, count, chunk::of);
            List<Node> rows = new ArrayList<>();
            for (Node result : results) {
                rows.add(slice(b, reshape(b, result, count * length), 0, 0, sizes.p()));
            }
            return rows;
        }

        /** The numbers of each observation, in the order of the inputs of {@link #error}: a vector for each. */
        private List<Node> observations(GraphBuilder b, int count) {
            List<Node> columns = new ArrayList<>();
            columns(b, columns, b.input("cams", Shape.of(sizes.n(), CAMERA)), count);
            columns(b, columns, b.input("points", Shape.of(sizes.m(), POINT)), count);
            columns(b, columns, reshape(b, b.input("w", Shape.of(sizes.p())), sizes.p(), 1), count);
            columns(b, columns, b.input("feats", Shape.of(sizes.p(), FEATURE)), count);
            return columns;
        }

        /** The columns of a table, each with the row i mod its length for observation i. */
        private static void columns(GraphBuilder b, List<Node> columns, Node table, int count) {
            int rows = table.shape().extent(0);
            double[] indices = new double[count];
            Arrays.setAll(indices, i -> i % rows);
            Tensor places = Tensor.wrap(Shape.of(count), indices);
            for (int j = 0; j < table.shape().extent(1); j++) {
                columns.add(Nodes.gather(b, index(b, table, 1, j), 0, places));
            }
        }

        private Object objective(List<Tensor> errors) {
            return fields("reproj_error",
                    fields("elements", Tensor.vector(errors.get(0).at(0), errors.get(1).at(0)), "repeated", sizes.p()),
                    "w_err",
                    fields("element", errors.get(FEATURE).at(0), "repeated", sizes.p()));
        }

        /** Compressed rows, of each array the first elements and the last. */
        private Object jacobian(List<Tensor> blocks) {
            int p = sizes.p();
            int size = (FEATURE * BLOCK + 1) * p;
            double[] values = new double[Math.min(SHOWN, size) + 1];
            int[] columns = new int[values.length];
            for (int i = 0; i < values.length; i++) {
                int at = i < values.length - 1 ? i : size - 1;
                values[i] = at < FEATURE * BLOCK * p ? blocks.get(at % (FEATURE * BLOCK)).at(at / (FEATURE * BLOCK))
                        : blocks.get(FEATURE * BLOCK).at(at - FEATURE * BLOCK * p);
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

    /** By element: each element of the result depends on that element of the inputs, so that ones as a seed give all slopes. */
    private static List<Node> slopes(GraphBuilder b, DerivingEngine engine, Graph f, List<String> wrt,
            List<Node> inputs) {
        List<Node> operands = new ArrayList<>(inputs);
        operands.add(b.fill(1, f.output().shape()));
        if (!engine.name().equals(Engines.forward().name())) {
            return engine.derive(f, wrt, Operator.VJP).graph().evaluate(b, operands).subList(1, 1 + wrt.size());
        }
        List<Node> slopes = new ArrayList<>();
        for (String name : wrt) {
            slopes.add(engine.derive(f, List.of(name), Operator.JVP).graph().evaluate(b, operands).get(1));
        }
        return slopes;
    }

    private static Graph weightError(Node like) {
        GraphBuilder b = GraphBuilder.asWritten();
        return b.graph(sub(b, b.scalar(1), square(b, b.input("w", like.shape()))));
    }

    /** One of the two errors of observations, element by element, from vectors like these: camera, point, weight, feature. */
    private static Graph error(List<Node> like, int row) {
        GraphBuilder b = new GraphBuilder();
        Shape shape = like.get(0).shape();
        Node[] cam = inputs(b, "cam", CAMERA, shape);
        Node[] x = inputs(b, "x", POINT, shape);
        Node w = b.input("w", shape);
        Node[] feature = inputs(b, "feat", FEATURE, shape);
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

    private static Node[] inputs(GraphBuilder b, String name, int count, Shape shape) {
        Node[] inputs = new Node[count];
        Arrays.setAll(inputs, i -> b.input(name + i, shape));
        return inputs;
    }

    /** Rodrigues' rotation x cos θ + (r × x) sin θ/θ + r (r · x) (1 − cos θ)/θ², θ = |r|; to first order, x + r × x, where r is zero. */
    private static Node[] rotated(GraphBuilder b, Node[] r, Node[] x) {
        Node one = b.scalar(1);
        Node square = dot(b, r, r);
        Node none = call(b, "==", square, b.scalar(0));
        Node angle2 = call(b, "where", none, one, square);
        Node angle = call(b, "sqrt", angle2);
        Node turn = call(b, "cos", angle);
        Node cos = call(b, "where", none, one, turn);
        Node across = call(b, "where", none, one, div(b, call(b, "sin", angle), angle));
        Node along = mul(b, dot(b, r, x), call(b, "where", none, b.scalar(0), div(b, sub(b, one, turn), angle2)));
        Node[] cross = cross(b, r, x);
        Node[] rotated = new Node[POINT];
        Arrays.setAll(rotated, i -> add(b, mul(b, x[i], cos), mul(b, cross[i], across), mul(b, r[i], along)));
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
