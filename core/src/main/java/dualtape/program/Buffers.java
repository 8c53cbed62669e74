package dualtape.program;

import dualtape.ir.Graph;
import java.util.Arrays;

/**
 * Which buffer each input of a graph is read from, and where it begins there. Inputs of one group lie one after the other in one
 * buffer; each of the others has its own. Buffer 0 is the arena, the last holds what is known.
 */
final class Buffers {
    private final int[] groups;
    private final int[] buffer;
    private final int[] offset;
    private final int known;

    /** {@code groups}: how many inputs each group has, from the first input on. */
    Buffers(Graph graph, int... groups) {
        int count = graph.inputs().size();
        this.groups = groups;
        this.buffer = new int[count];
        this.offset = new int[count];
        int next = 1;
        int input = 0;
        for (int size : groups) {
            int at = 0;
            for (int i = 0; i < size; i++, input++) {
                buffer[input] = next;
                offset[input] = at;
                at = Math.addExact(at, graph.inputs().get(input).shape().size());
            }
            next += size > 0 ? 1 : 0;
        }
        while (input < count) {
            buffer[input++] = next++;
        }
        this.known = next;
    }

    int of(int input) {
        return buffer[input];
    }

    int offset(int input) {
        return offset[input];
    }

    /** The buffer of what is known. */
    int known() {
        return known;
    }

    /** Whether an input is one of a group. */
    boolean grouped(int input) {
        return input < Arrays.stream(groups).sum();
    }

    /** The buffer of the first group, 0 if there is none or it is empty. */
    int point() {
        return groups.length == 0 ? 0 : group(0);
    }

    /** The buffer of a group, 0 if it is empty. */
    int group(int group) {
        int first = 0;
        for (int g = 0; g < group; g++) {
            first += groups[g];
        }
        return groups[group] == 0 ? 0 : buffer[first];
    }
}
