package dualtape.engine;

import dualtape.control.Pruning;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Joining;
import dualtape.op.Structure;
import dualtape.program.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some sweeps of a plan with unit vectors at once, as a program: which seeds the ones are in is known, where in them is given when it
 * runs. Structural zeros of the seeds are never computed ({@link Slabs}).
 */
final class UnitSweeps {
    private final Plan plan;
    /** The numbers of the unit vectors in their seeds, null where those are given when it runs. */
    private final int[] units;
    private final int[] groupSeeds;
    private final int[] groupLanes;
    private final Program program;
    private final int indices;

    /** {@code seeds}: the position among the swept seeds of the one that each lane's one is in. */
    private UnitSweeps(Plan plan, int[] seeds, int[] units) {
        this.plan = plan;
        this.units = units;
        int[] kinds = new int[seeds.length];
        int[] lanes = new int[seeds.length];
        int groups = 0;
        for (int lane = 0; lane < seeds.length; lane++) {
            if (lane == 0 || units != null || seeds[lane] != seeds[lane - 1]) {
                kinds[groups++] = seeds[lane];
            }
            lanes[groups - 1]++;
        }
        this.groupSeeds = Arrays.copyOf(kinds, groups);
        this.groupLanes = Arrays.copyOf(lanes, groups);
        Graph graph = Pruning.of(graph());
        int given = plan.graph().inputs().size() - plan.swept().get(0).size();
        this.indices = graph.inputs().size() - given;
        this.program = indices == 0 ? Program.often(graph, given) : Program.often(graph, given, indices);
    }

    /**
     * The program for lanes whose ones are in these seeds, anywhere.
     *
     * @return null if the plan's sweeps cannot share more than a {@link Lanes} does
     */
    static UnitSweeps of(Plan plan, int[] seeds) {
        return of(plan, seeds, null);
    }

    /** The same for certain unit vectors: a lane each, of these numbers in the seeds. */
    static UnitSweeps of(Plan plan, int[] seeds, int[] units) {
        try {
            return new UnitSweeps(plan, seeds, units == null ? null : units.clone());
        } catch (Slabs.Apart e) {
            return null;
        }
    }

    private Graph graph() {
        List<String> swept = plan.swept().get(0);
        GraphBuilder builder = new GraphBuilder();
        Slabs slabs = new Slabs(builder, groupLanes);
        List<Swept> inputs = new ArrayList<>();
        for (Node.Input input : plan.graph().inputs()) {
            inputs.add(swept.contains(input.name()) ? null : Swept.of(builder.input(input.name(), input.shape())));
        }
        List<List<Node>> at = new ArrayList<>();
        for (int g = 0; g < groupLanes.length; g++) {
            List<Node> axes = new ArrayList<>();
            for (int axis = 0; axis < shape(g).rank(); axis++) {
                axes.add(units != null ? builder.scalar(units[g] / shape(g).stride(axis) % shape(g).extent(axis))
                        : builder.fresh("index", slabs.lead(groupLanes[g], Shape.SCALAR)));
            }
            at.add(axes);
        }
        for (int s = 0; s < swept.size(); s++) {
            List<List<Part>> groups = new ArrayList<>();
            for (int g = 0; g < groupLanes.length; g++) {
                groups.add(groupSeeds[g] != s ? List.of()
                        : List.of(new Part(at.get(g), builder.fill(1, slabs.lead(groupLanes[g], Shape.SCALAR)))));
            }
            int input = plan.graph().inputIndex(swept.get(s));
            inputs.set(input, new Swept(plan.graph().inputs().get(input).shape(), null, groups));
        }
        List<Swept> outputs = plan.graph().evaluate(slabs, inputs);
        if (!outputs.get(0).isShared()) {
            throw new Slabs.Apart("a value that depends on the seeds");
        }
        List<Node> nodes = new ArrayList<>(List.of(outputs.get(0).shared()));
        for (int g = 0; g < groupLanes.length; g++) {
            List<Node> parts = new ArrayList<>();
            for (Swept output : outputs.subList(1, outputs.size())) {
                parts.add(Structure.reshape(builder, slabs.whole(output, g),
                        Shape.of(groupLanes[g], output.shape().size())));
            }
            nodes.add(parts.size() == 1 ? parts.get(0) : new Joining.Concat(1).of(builder, parts));
        }
        return builder.graph(nodes);
    }

    private Shape shape(int group) {
        return plan.graph().input(plan.swept().get(0).get(groupSeeds[group])).shape();
    }

    Program program() {
        return program;
    }

    /** The doubles in which the indices of the ones are given. */
    int indices() {
        int size = 0;
        for (int g = 0; g < groupLanes.length; g++) {
            size += units != null ? 0 : groupLanes[g] * shape(g).rank();
        }
        return size;
    }

    /** Where the ones are, from the unit vectors' numbers, for a run. */
    void locate(int[] numbers, Layout layout, double[] to) {
        if (to.length == 0) {
            return;
        }
        int at = 0;
        for (int g = 0, lane = 0; g < groupLanes.length; lane += groupLanes[g++]) {
            Shape shape = layout.shape(groupSeeds[g]);
            if (shape.rank() == 1) {
                for (int k = 0; k < groupLanes[g]; k++) {
                    to[at++] = numbers[lane + k] - layout.offset(groupSeeds[g]);
                }
                continue;
            }
            for (int axis = 0; axis < shape.rank(); axis++) {
                int stride = shape.stride(axis);
                for (int k = 0; k < groupLanes[g]; k++) {
                    int index = numbers[lane + k] - layout.offset(groupSeeds[g]);
                    to[at++] = index / stride % shape.extent(axis);
                }
            }
        }
    }
}
