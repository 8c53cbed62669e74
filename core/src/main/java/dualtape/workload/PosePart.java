package dualtape.workload;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Neighbouring numbers of a pose, and the bones that they move.
 *
 * @param from the first number
 * @param to after the last one
 * @param bones the bones; the translation, for none
 * @param tangents for each number the turned transforms of these bones, pushed forward by it
 */
record PosePart(int from, int to, List<Integer> bones, List<Graph> tangents) {
    private static final int TRANSLATION = 3;

    /** The name of a number as an input. */
    static String name(int number) {
        return "theta " + number;
    }

    int size() {
        return to - from;
    }

    /** The tangents of the translation, three for each number. */
    Tensor translations() {
        double[] rows = new double[size() * 3];
        for (int number = from; number < to; number++) {
            int axis = number - TRANSLATION;
            if (axis >= 0 && axis < 3) {
                rows[(number - from) * 3 + axis] = 1;
            }
        }
        return Tensor.vector(rows);
    }

    /** All numbers, in order: as long as the bones of one are among those of the next, or the other way, they are one part. */
    static List<PosePart> all(List<Integer> parents, boolean mirrored) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node[] theta = new Node[HandPose.PARAMETERS];
        Arrays.setAll(theta, i -> b.input(name(i), Shape.SCALAR));
        int bones = parents.size();
        List<Node> transforms = HandPose.transforms(b, theta, b.input("base_relatives", Shape.of(bones, 4, 4)),
                b.input("inverse_base_absolutes", Shape.of(bones, 4, 4)), parents);
        List<Node> apart = new ArrayList<>();
        transforms.forEach(transform -> apart.add(HandPose.turned(b, theta, List.of(transform), mirrored)));
        Graph each = b.graph(apart);
        List<PosePart> parts = new ArrayList<>();
        for (int from = 0, to = 0; from < theta.length; from = to) {
            List<Integer> moved = moved(each, from);
            for (to = from + 1; to < theta.length; to++) {
                List<Integer> more = moved(each, to);
                boolean joins = more.isEmpty() == moved.isEmpty()
                        && (more.containsAll(moved) || moved.containsAll(more));
                if (!joins) {
                    break;
                }
                moved = more.size() > moved.size() ? more : moved;
            }
            parts.add(new PosePart(from, to, moved, tangents(b, theta, transforms, moved, mirrored, from, to)));
        }
        return parts;
    }

    private static List<Graph> tangents(GraphBuilder b, Node[] theta, List<Node> transforms, List<Integer> bones,
            boolean mirrored, int from, int to) {
        List<Graph> tangents = new ArrayList<>();
        if (!bones.isEmpty()) {
            Graph turned = b.graph(HandPose.turned(b, theta, bones.stream().map(transforms::get).toList(), mirrored));
            for (int number = from; number < to; number++) {
                tangents.add(Engines.forward().derive(turned, List.of(name(number)), Operator.JVP).graph());
            }
        }
        return tangents;
    }

    /** The bones that a number moves. */
    private static List<Integer> moved(Graph each, int number) {
        BitSet active = each.activeFrom(List.of(each.inputs().get(number)));
        List<Integer> moved = new ArrayList<>();
        for (int bone = 0; bone < each.outputs().size(); bone++) {
            if (active.get(each.position(each.outputs().get(bone)))) {
                moved.add(bone);
            }
        }
        return moved;
    }
}
