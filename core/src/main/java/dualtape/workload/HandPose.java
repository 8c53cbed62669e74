package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.div;
import static dualtape.workload.Nodes.gather;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;

import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;

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
    /** The first column of the first finger, among the pose's columns that belong to bones. */
    private static final int FIRST = 2;
    private static final double LEAST_ANGLE = 1e-4;

    private HandPose() {}

    /**
     * For each bone the first three rows of its transform from the hand at rest, the rotation of the whole hand and the mirror
     * included, without the translation: bones×3×4.
     *
     * @param base the bones' transforms relative to their parents, at rest: bones×4×4
     * @param inverse the inverses of their absolute transforms, at rest: bones×4×4
     * @param parents the bones' parents; negative for a root
     */
    static Node transforms(GraphBuilder b, Node theta, Node base, Node inverse, List<Integer> parents,
            boolean mirrored) {
        int bones = parents.size();
        Node relative = product(b, base, bends(b, theta, bones));
        Node[] absolute = new Node[bones];
        for (int bone = 0; bone < bones; bone++) {
            Node own = index(b, relative, 0, bone);
            int parent = parents.get(bone);
            absolute[bone] = parent < 0 ? own : call(b, "@", absolute[parent], own);
        }
        Node all = product(b, call(b, "stack", absolute), inverse);
        Node rotation = rotation(b, slice(b, theta, 0, 0, 3));
        if (mirrored) {
            rotation = mul(b, rotation, b.constant(Tensor.vector(-1, 1, 1)));
        }
        return product(b, call(b, "broadcast", shape(bones, 3, 3), rotation), slice(b, all, 1, 0, 3));
    }

    private static java.util.Map<String, Double> shape(int... extents) {
        java.util.Map<String, Double> attributes = new java.util.LinkedHashMap<>();
        dualtape.op.Attributes.put(attributes, "shape", Arrays.stream(extents).asDoubleStream().toArray());
        return attributes;
    }

    /** The products of matrices of two stacks. */
    private static Node product(GraphBuilder b, Node x, Node y) {
        Shape left = x.shape();
        Shape right = y.shape();
        return sum(b, mul(b, reshape(b, x, left.extent(0), left.extent(1), left.extent(2), 1),
                reshape(b, y, right.extent(0), 1, right.extent(1), right.extent(2))), 2);
    }

    /** The turns Rz Ry Rx of all bones, as 4×4: bones×4×4. A bone's angles about y are zero in every pose. */
    private static Node bends(GraphBuilder b, Node theta, int bones) {
        double[] about = new double[bones];
        double[] aside = new double[bones];
        Arrays.fill(about, PARAMETERS);
        Arrays.fill(aside, PARAMETERS);
        int next = 6;
        for (int finger = 0; finger < FINGERS; finger++) {
            for (int joint = 0; joint < 3; joint++) {
                int bone = FIRST + 4 * finger + joint;
                if (bone < bones) {
                    about[bone] = next;
                    aside[bone] = joint == 0 ? next + 1 : PARAMETERS;
                }
                next += joint == 0 ? 2 : 1;
            }
        }
        Node x = gather(b, theta, 0, Tensor.vector(about));
        Node z = gather(b, theta, 0, Tensor.vector(aside));
        Node cx = call(b, "cos", x);
        Node sx = call(b, "sin", x);
        Node cz = call(b, "cos", z);
        Node sz = call(b, "sin", z);
        Node zero = b.fill(0, Shape.of(bones));
        Node one = b.fill(1, Shape.of(bones));
        Node minus = call(b, "neg", sz);
        Node rows = call(b, "stack", cz, mul(b, minus, cx), mul(b, sz, sx), zero, sz, mul(b, cz, cx),
                call(b, "neg", mul(b, cz, sx)), zero, zero, sx, cx, zero, zero, zero, zero, one);
        return reshape(b, call(b, "transpose", rows), bones, 4, 4);
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
