package dualtape.program;

import java.util.HashMap;
import java.util.Map;

/**
 * Places for values in one arena, handed out and taken back while a graph is lowered in its order. A place that was
 * given back is reused for a value of the same size; values of one graph have few different sizes.
 */
final class Memory {
    private static final int SMALL = 64;

    private final Stack[] small = new Stack[SMALL];
    private final Map<Integer, Stack> large = new HashMap<>();
    private int top;

    /** A place of this many doubles. */
    int take(int size) {
        if (size == 0) {
            return 0;
        }
        Stack stack = size < SMALL ? small[size] : large.get(size);
        if (stack != null && stack.length > 0) {
            return stack.offsets[--stack.length];
        }
        int at = top;
        top = Math.addExact(top, size);
        return at;
    }

    /** Takes a place back. */
    void give(int offset, int size) {
        if (size == 0) {
            return;
        }
        Stack stack = size < SMALL ? small[size] : large.computeIfAbsent(size, key -> new Stack());
        if (stack == null) {
            stack = new Stack();
            small[size] = stack;
        }
        stack.push(offset);
    }

    /** The doubles that were ever needed at once. */
    int peak() {
        return top;
    }

    private static final class Stack {
        private int[] offsets = new int[8];
        private int length;

        void push(int offset) {
            if (length == offsets.length) {
                offsets = java.util.Arrays.copyOf(offsets, 2 * length);
            }
            offsets[length++] = offset;
        }
    }
}
