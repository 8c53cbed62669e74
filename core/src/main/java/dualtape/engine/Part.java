package dualtape.engine;

import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a tensor may differ from zero: along some axes at one index, which is known when it runs, along others anywhere. The lanes
 * of a group have one value each there, along a leading axis; a group of one lane has no such axis.
 *
 * @param at for each axis of the tensor the node of the index, a number for each lane, or null where the whole axis is meant
 * @param value of each lane, along the whole axes
 */
record Part(List<Node> at, Node value) {
    /** Everywhere. */
    static Part whole(int rank, Node value) {
        return new Part(Arrays.asList(new Node[rank]), value);
    }

    boolean isWhole() {
        return at.stream().allMatch(index -> index == null);
    }

    boolean isElement() {
        return at.stream().noneMatch(index -> index == null);
    }

    Part with(Node other) {
        return new Part(at, other);
    }

    /** With the axis left out. */
    Part without(int axis, Node other) {
        List<Node> rest = new ArrayList<>(at);
        rest.remove(axis);
        return new Part(rest, other);
    }

    /** With another index at the axis. */
    Part with(int axis, Node index, Node other) {
        List<Node> all = new ArrayList<>(at);
        all.set(axis, index);
        return new Part(all, other);
    }

    /** With a new axis. */
    Part inserted(int axis, Node index, Node other) {
        List<Node> all = new ArrayList<>(at);
        all.add(axis, index);
        return new Part(all, other);
    }

    /** The place of an axis among the whole ones. */
    int position(int axis) {
        int position = 0;
        for (int i = 0; i < axis; i++) {
            position += at.get(i) == null ? 1 : 0;
        }
        return position;
    }

    /** The shape without the axes that have an index. */
    static Shape wholes(Shape shape, List<Node> at) {
        Shape wholes = shape;
        for (int axis = at.size() - 1; axis >= 0; axis--) {
            wholes = at.get(axis) == null ? wholes : wholes.without(axis);
        }
        return wholes;
    }

    /** Whether both are at the same indices. */
    boolean beside(Part other) {
        for (int axis = 0; axis < at.size(); axis++) {
            if (at.get(axis) != other.at.get(axis)) {
                return false;
            }
        }
        return true;
    }
}
