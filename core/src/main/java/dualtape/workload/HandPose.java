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
import static dualtape.workload.Nodes.sum;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The pose of a hand as a transform of each bone. 26 numbers: a rotation, a translation, and for each of five fingers four angles, of
 * which the first two turn its first bone.
 */
final class HandPose {
    /** The numbers of a pose. */
    static final int PARAMETERS = 26;
    /** The most bones that a pose moves. */
    static final int BONES = 22;

    private static final int FINGERS = 5;
    /** The bones of a finger, of which a pose turns all but the last, and its angles. */
    private static final int JOINTS = 4;
    /** The first angle of the first finger. */
    private static final int ANGLES = 6;
    /** The first column of the first finger, among the pose's columns that belong to bones. */
    private static final int FIRST = 2;
    private static final double LEAST_ANGLE = 1e-4;

    private HandPose() {}

    /** The numbers of a pose, one by one. */
    static Node[] numbers(GraphBuilder b, Node theta) {
        Node[] numbers = new Node[PARAMETERS];
        Arrays.setAll(numbers, i -> index(b, theta, 0, i));
        return numbers;
    }

    /**
     * For each bone the first three rows of its transform from the hand at rest: 3×4. Each is made of what moves it alone.
     *
     * @param base the bones' transforms relative to their parents, at rest: bones×4×4
     * @param inverse the inverses of their absolute transforms, at rest: bones×4×4
     * @param parents the bones' parents; negative for a root
     */
    static List<Node> transforms(GraphBuilder b, Node[] theta, Node base, Node inverse, List<Integer> parents) {
        List<Node> absolute = new ArrayList<>();
        List<Node> transforms = new ArrayList<>();
        for (int bone = 0; bone < parents.size(); bone++) {
            Node own = bent(b, theta, index(b, base, 0, bone), bone);
            absolute.add(parents.get(bone) < 0 ? own : call(b, "@", absolute.get(parents.get(bone)), own));
            transforms.add(call(b, "@", slice(b, absolute.get(bone), 0, 0, 3), index(b, inverse, 0, bone)));
        }
        return transforms;
    }

    /** Transforms turned as the whole hand is, and mirrored, side by side: 3×4 bones. */
    static Node turned(GraphBuilder b, Node[] theta, List<Node> transforms, boolean mirrored) {
        Node rotation = rotation(b, call(b, "stack", theta[0], theta[1], theta[2]));
        if (mirrored) {
            rotation = mul(b, rotation, b.constant(Tensor.vector(-1, 1, 1)));
        }
        Node all = transforms.size() == 1 ? transforms.get(0)
                : call(b, "concat", Map.of("axis", 1.0), transforms.toArray(Node[]::new));
        return call(b, "@", rotation, all);
    }

    /** A bone's relative transform times its turn Rz Ry Rx. The angle about y is zero in every pose. */
    private static Node bent(GraphBuilder b, Node[] theta, Node base, int bone) {
        int finger = (bone - FIRST) / JOINTS;
        int joint = (bone - FIRST) % JOINTS;
        if (bone < FIRST || finger >= FINGERS || joint == JOINTS - 1) {
            return base;
        }
        int first = ANGLES + JOINTS * finger;
        Node x = theta[joint == 0 ? first : first + joint + 1];
        Node cx = call(b, "cos", x);
        Node sx = call(b, "sin", x);
        Node zero = b.scalar(0);
        Node one = b.scalar(1);
        Node turn = matrix(b, one, zero, zero, zero, zero, cx, call(b, "neg", sx), zero, zero, sx, cx, zero, zero,
                zero, zero, one);
        if (joint == 0) {
            Node cz = call(b, "cos", theta[first + 1]);
            Node sz = call(b, "sin", theta[first + 1]);
            turn = matrix(b, cz, mul(b, call(b, "neg", sz), cx), mul(b, sz, sx), zero, sz, mul(b, cz, cx),
                    call(b, "neg", mul(b, cz, sx)), zero, zero, sx, cx, zero, zero, zero, zero, one);
        }
        return call(b, "@", base, turn);
    }

    private static Node matrix(GraphBuilder b, Node... elements) {
        return reshape(b, call(b, "stack", elements), 4, 4);
    }

    /** The rotation by an axis and angle, 3×3; none where the angle is under 1e-4. */
    private static Node rotation(GraphBuilder b, Node r) {
        Node angle2 = sum(b, square(b, r));
        Node some = call(b, ">=", angle2, b.scalar(LEAST_ANGLE * LEAST_ANGLE));
        Node angle = call(b, "sqrt", call(b, "where", some, angle2, b.scalar(1)));
        Node axis = div(b, r, angle);
        Node x = index(b, axis, 0, 0);
        Node y = index(b, axis, 0, 1);
        Node z = index(b, axis, 0, 2);
        Node zero = b.scalar(0);
        Node cross = reshape(b, call(b, "stack", zero, call(b, "neg", z), y, z, zero, call(b, "neg", x),
                call(b, "neg", y), x, zero), 3, 3);
        Node outer = call(b, "outer", axis, axis);
        Node cos = call(b, "cos", angle);
        Node unit = b.constant(Tensor.matrix(new double[] {1, 0, 0}, new double[] {0, 1, 0}, new double[] {0, 0, 1}));
        Node turned = add(b, mul(b, cos, unit), mul(b, call(b, "sin", angle), cross),
                mul(b, sub(b, b.scalar(1), cos), outer));
        return call(b, "where", some, turned, unit);
    }
}
