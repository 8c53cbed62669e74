package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Tasks.fields;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ht}: hand tracking. The vertices of a hand's surface follow its bones, each a weighted sum of what its bones do to it; the
 * errors are the distances of N seen points to N vertices, or, in the complicated form, to points of triangles, each with two
 * coordinates u of its own.
 *
 * <p>A common shift of all u is an input of the graph: its derivative at zero is that by each point's own u.
 *
 * <p>The forward mode goes in two parts. The transforms of the bones are few and depend on the pose; the vertices are many and
 * depend on the transforms. Each number of a pose moves some bones only: the others' tangents are structural zeros. The graph of the
 * vertices is written for a batch of hands and for some bones, and pushed forward for as many tangents as neighbouring numbers move the
 * same bones, with products of matrices; the values in it are the same for all, and where nothing reads them they are not computed.
 */
public final class HandTracking implements Workload {
    private static final int PARAMETERS = HandPose.PARAMETERS;
    private static final List<String> MODEL = List.of("base_relatives", "inverse_base_absolutes", "base_positions",
            "weights");

    /** What a prepared function depends on. */
    private record Sizes(int vertices, int points, int triangles, List<Integer> parents, boolean mirrored,
            boolean complicated) {
        int bones() {
            return parents.size();
        }
    }

    private record Hand(HandTracking module, Sizes sizes, Point point) implements Problem {
        @Override
        public List<String> wrt() {
            return sizes.complicated() ? List.of("shift", "theta") : List.of("theta");
        }

        @Override
        public Graph graph() {
            GraphBuilder b = GraphBuilder.asWritten();
            Map<String, Node> inputs = declare(b);
            Node theta = inputs.get("theta");
            Node[] numbers = HandPose.numbers(b, theta);
            Node turned = HandPose.turned(b, numbers, transforms(b, numbers, inputs), sizes.mirrored());
            Node errors = errors(b, inputs, weighted(b, inputs), turned, slice(b, theta, 0, 3, 6));
            return b.graph(Structure.flat(b, call(b, "permute", axes(2, 0, 1), errors)));
        }

        @Override
        public Task task(String function, DerivingEngine engine) {
            return switch (function) {
                case "objective" -> Tasks.outputs(graph(), values -> values.get(0));
                case "jacobian" -> engine.name().equals(Engines.reverse().name())
                        ? Tasks.derivative(engine, graph(), wrt(), Operator.JACOBIAN, this::matrix)
                        : Tasks.outputs(batched(), values -> values.get(0));
                default -> throw Objective.unknown(function, module.functions());
            };
        }

        private Object matrix(dualtape.engine.Layout columns, double[] jacobian) {
            return Tensor.wrap(Shape.of(3 * sizes.points(), columns.size()), jacobian);
        }

        private Map<String, Node> declare(GraphBuilder b) {
            Map<String, Node> inputs = new LinkedHashMap<>();
            point.shapes().forEach((name, shape) -> inputs.put(name, b.input(name, shape)));
            return inputs;
        }

        private List<Node> transforms(GraphBuilder b, Node[] theta, Map<String, Node> inputs) {
            return HandPose.transforms(b, theta, inputs.get("base_relatives"), inputs.get("inverse_base_absolutes"),
                    sizes.parents());
        }

        /** What the bones' transforms are multiplied with: each vertex at rest, times its weight for a bone; 4 bones×vertices. */
        private Node weighted(GraphBuilder b, Map<String, Node> inputs) {
            Node weights = call(b, "transpose", inputs.get("weights"));
            Node positions = call(b, "transpose", inputs.get("base_positions"));
            int bones = sizes.bones();
            int vertices = sizes.vertices();
            return reshape(b, mul(b, reshape(b, weights, bones, 1, vertices), reshape(b, positions, 1, 4, vertices)),
                    4 * bones, vertices);
        }

        /**
         * The errors of a batch of hands, hands×3×points.
         *
         * @param weighted the rows of {@link #weighted} of some bones
         * @param turned the transforms of these bones side by side, 3 hands×4 bones; null for no bones
         * @param moved the hands' translations, 3 hands
         */
        private Node errors(GraphBuilder b, Map<String, Node> inputs, Node weighted, Node turned, Node moved) {
            int rows = moved.shape().size();
            int count = sizes.points();
            Node vertex = call(b, "broadcast", shape(rows, sizes.vertices()), reshape(b, moved, rows, 1));
            if (turned != null) {
                vertex = add(b, call(b, "@", turned, weighted), vertex);
            }
            Node hit = sizes.complicated() ? inTriangles(b, inputs, vertex)
                    : call(b, "gather", Map.of("axis", 1.0, "fill", 0.0), vertex, inputs.get("correspondences"));
            Node seen = reshape(b, call(b, "transpose", inputs.get("points")), 1, 3, count);
            return sub(b, seen, reshape(b, hit, rows / 3, 3, count));
        }

        /** The points u₀ a + u₁ b + (1 − u₀ − u₁) c of the triangles (a, b, c), 3 hands×points. */
        private Node inTriangles(GraphBuilder b, Map<String, Node> inputs, Node vertex) {
            Node corners = call(b, "gather", inputs.get("triangles"), inputs.get("correspondences"));
            Node us = add(b, inputs.get("us"), inputs.get("shift"));
            Node[] corner = new Node[3];
            Arrays.setAll(corner, i -> call(b, "gather", Map.of("axis", 1.0, "fill", 0.0), vertex,
                    index(b, corners, 1, i)));
            Node first = index(b, us, 1, 0);
            Node second = index(b, us, 1, 1);
            Node third = sub(b, sub(b, b.scalar(1), first), second);
            return add(b, mul(b, first, corner[0]), mul(b, second, corner[1]), mul(b, third, corner[2]));
        }

        /** The Jacobian by the forward mode, batches of tangents at once. */
        private Graph batched() {
            GraphBuilder b = new GraphBuilder();
            Map<String, Node> inputs = declare(b);
            Node[] theta = HandPose.numbers(b, inputs.get("theta"));
            inputs.put("weighted", weighted(b, inputs));
            List<Node> tangents = new ArrayList<>();
            if (sizes.complicated()) {
                Map<String, Node> more = new LinkedHashMap<>(inputs);
                more.put("turned", HandPose.turned(b, theta, transforms(b, theta, inputs), sizes.mirrored()));
                more.put("moved", slice(b, inputs.get("theta"), 0, 3, 6));
                Graph shifts = pushed(1, sizes.bones(), "shift");
                for (int i = 0; i < 2; i++) {
                    more.put("d shift", b.constant(dualtape.engine.Selection.unit(Shape.of(2), i)));
                    tangents.add(tangent(b, shifts, more));
                }
            }
            for (PosePart part : PosePart.all(sizes.parents(), sizes.mirrored())) {
                tangents.add(byPose(b, part, theta, inputs));
            }
            Node jacobian = call(b, "permute", axes(2, 1, 0), joined(b, tangents));
            return b.graph(reshape(b, jacobian, 3 * sizes.points(), wrtSize()));
        }

        private static Node joined(GraphBuilder b, List<Node> parts) {
            return parts.size() == 1 ? parts.get(0) : call(b, "concat", parts.toArray(Node[]::new));
        }

        private int wrtSize() {
            return wrt().stream().mapToInt(name -> point.get(name).size()).sum();
        }

        /** The errors' tangents by neighbouring numbers of the pose. */
        private Node byPose(GraphBuilder b, PosePart part, Node[] theta, Map<String, Node> inputs) {
            Map<String, Node> more = new LinkedHashMap<>(inputs);
            List<Integer> bones = part.bones();
            if (bones.isEmpty()) {
                more.remove("weighted");
                more.put("d moved", b.constant(part.translations()));
                return tangent(b, pushed(part.size(), 0, "moved"), more);
            }
            for (int i = 0; i < theta.length; i++) {
                more.put(PosePart.name(i), theta[i]);
                more.put("d " + PosePart.name(i), b.scalar(1));
            }
            more.put("d turned", joined(b, part.tangents().stream().map(by -> tangent(b, by, more)).toList()));
            more.put("weighted", rows(b, inputs.get("weighted"), bones));
            return tangent(b, pushed(part.size(), bones.size(), "turned"), more);
        }

        /** The rows of some bones: those of neighbours are together. */
        private static Node rows(GraphBuilder b, Node weighted, List<Integer> bones) {
            List<Node> runs = new ArrayList<>();
            for (int from = 0, to = 0; from < bones.size(); from = to) {
                while (to < bones.size() && bones.get(to) - bones.get(from) == to - from) {
                    to++;
                }
                runs.add(slice(b, weighted, 0, 4 * bones.get(from), 4 * bones.get(to - 1) + 4));
            }
            return joined(b, runs);
        }

        /** The errors of so many hands of so many bones, pushed forward by an input: values, then tangents. */
        private Graph pushed(int hands, int bones, String wrt) {
            GraphBuilder b = GraphBuilder.asWritten();
            Map<String, Node> inputs = declare(b);
            Node weighted = b.input("weighted", Shape.of(4 * bones, sizes.vertices()));
            Node turned = bones == 0 ? null : b.input("turned", Shape.of(3 * hands, 4 * bones));
            Node moved = b.input("moved", Shape.of(3 * hands));
            Graph errors = b.graph(errors(b, inputs, weighted, turned, moved));
            return Engines.forward().derive(errors, List.of(wrt), Operator.JVP).graph();
        }

        /** The tangent that a pushed graph gives; what nodes by name do not have is read by values only, for which zeros do. */
        private static Node tangent(GraphBuilder b, Graph pushed, Map<String, Node> inputs) {
            List<Node> operands = new ArrayList<>();
            for (Node.Input input : pushed.inputs()) {
                Node given = inputs.get(input.name());
                operands.add(given != null ? given : b.fill(0, input.shape()));
            }
            return pushed.evaluate(b, operands).get(1);
        }
    }

    private static Map<String, Double> shape(int... extents) {
        Map<String, Double> attributes = new LinkedHashMap<>();
        dualtape.op.Attributes.put(attributes, "shape", Arrays.stream(extents).asDoubleStream().toArray());
        return attributes;
    }

    private static Map<String, Double> axes(int... axes) {
        Map<String, Double> attributes = new LinkedHashMap<>();
        dualtape.op.Attributes.put(attributes, "axes", Arrays.stream(axes).asDoubleStream().toArray());
        return attributes;
    }

    @Override
    public String name() {
        return "ht";
    }

    @Override
    public String summary() {
        return "distances of points to the surface of a hand that follows its bones";
    }

    @Override
    public String provenance() {
        return ADBENCH;
    }

    @Override
    public List<String> functions() {
        return OBJECTIVE_JACOBIAN;
    }

    /**
     * {@code theta[26]}; {@code data}: {@code model} ({@code bone_count, parents, base_relatives[bones][4][4],
     * inverse_base_absolutes[bones][4][4], base_positions[V][4], weights[V][bones], triangles[T][3], is_mirrored}),
     * {@code correspondences[N], points[N][3]}; {@code us[N][2]}, or {@code []} in the simple form.
     */
    @Override
    public Problem problem(Datum input) {
        Datum data = input.at("data");
        Datum model = data.at("model");
        int bones = model.at("bone_count").whole(1);
        if (bones > HandPose.BONES) {
            throw new InputException(model.at("bone_count").path() + " is " + bones + ", expected " + HandPose.BONES
                    + " at the most: so many a pose moves");
        }
        List<Integer> parents = new ArrayList<>();
        Tensor given = model.at("parents").indices(-1, bones, bones);
        for (int i = 0; i < bones; i++) {
            if (given.at(i) >= i) {
                throw new InputException(model.at("parents").path() + "[" + i + "] is " + (int) given.at(i)
                        + ", expected a bone before it");
            }
            parents.add((int) given.at(i));
        }
        Map<String, Tensor> values = new LinkedHashMap<>();
        values.put("theta", input.at("theta").tensor(PARAMETERS));
        int[][] shapes = {{bones, 4, 4}, {bones, 4, 4}, {-1, 4}, {-1, bones}};
        for (int i = 0; i < shapes.length; i++) {
            values.put(MODEL.get(i), model.at(MODEL.get(i)).tensor(shapes[i]));
        }
        int vertices = values.get("base_positions").shape().extent(0);
        model.at("weights").tensor(vertices, bones);
        Tensor points = data.at("points").tensor(-1, 3);
        int count = points.shape().extent(0);
        if (vertices == 0 || count == 0) {
            throw new InputException((vertices == 0 ? model.at("base_positions") : data.at("points")).path()
                    + " is empty, expected one row at least");
        }
        Tensor triangles = model.at("triangles").indices(0, vertices, -1, 3);
        boolean complicated = !input.at("us").isEmpty();
        if (complicated) {
            values.put("us", input.at("us").tensor(count, 2));
        }
        values.put("points", points);
        values.put("correspondences", data.at("correspondences")
                .indices(0, complicated ? triangles.shape().extent(0) : vertices, count));
        if (complicated) {
            values.put("triangles", triangles);
            values.put("shift", Tensor.vector(0, 0));
        }
        Sizes sizes = new Sizes(vertices, count, complicated ? triangles.shape().extent(0) : 0, parents,
                model.at("is_mirrored").flag(), complicated);
        return new Hand(this, sizes, Point.of(values));
    }

    /** In the complicated form from an even seed, mirrored from one that 3 divides. */
    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        int bones = HandPose.BONES;
        double[] parents = new double[bones];
        Arrays.setAll(parents, i -> i == 0 ? -1 : i % 4 == 2 ? 0 : i - 1);
        boolean complicated = seed % 2 == 0;
        Map<String, Object> model = fields("bone_count", bones, "bone_names", List.of("root"), "parents",
                Tensor.vector(parents), "base_relatives", random.tensor(-0.5, 0.5, bones, 4, 4),
                "inverse_base_absolutes",
                random.tensor(-0.5, 0.5, bones, 4, 4), "base_positions", random.tensor(-1, 1, 5, 4), "weights",
                random.tensor(0, 0.2, 5, bones), "triangles",
                Tensor.matrix(new double[] {0, 1, 2}, new double[] {4, 2, 3}), "is_mirrored", seed % 3 == 0);
        return fields("theta", random.tensor(-0.5, 0.5, PARAMETERS), "data",
                fields("model", model, "correspondences", complicated ? Tensor.vector(1, 0, 1) : Tensor.vector(4, 0, 2),
                        "points",
                        random.tensor(-1, 1, 3, 3)),
                "us", complicated ? random.tensor(0, 0.5, 3, 2) : Tensor.vector());
    }
}
