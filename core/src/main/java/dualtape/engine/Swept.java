package dualtape.engine;

import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.List;

/**
 * A value in several sweeps at once: one node for all, or what the lanes of each group have, the sum of some parts; of none where
 * it is zero whatever the others are.
 *
 * @param shape the value's in one sweep
 * @param shared the node if all sweeps share it, else null
 * @param groups for each group its parts, null if shared
 */
record Swept(Shape shape, Node shared, List<List<Part>> groups) {
    static Swept of(Node shared) {
        return new Swept(shared.shape(), shared, null);
    }

    boolean isShared() {
        return shared != null;
    }

    /** Whether a group's lanes have an exact zero: nothing that is seeded reaches it, or it is a known zero. */
    boolean isZero(int group) {
        return isShared()
                ? shared instanceof Node.Constant constant && constant.value().isUniform()
                        && constant.value().size() > 0
                        && constant.value().at(0) == 0
                : groups.get(group).isEmpty();
    }

    /** Whether no group's lanes have anything. */
    boolean isNothing() {
        return !isShared() && groups.stream().allMatch(List::isEmpty);
    }
}
