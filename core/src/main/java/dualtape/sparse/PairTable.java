package dualtape.sparse;

import java.util.Arrays;

/** Integers by pairs of integers ≥ 0, in open addressing: nothing is boxed. */
final class PairTable {
    /** What a pair without a value gives. */
    static final int ABSENT = -1;

    private static final long FREE = -1;

    private long[] keys;
    private int[] values;
    private int size;

    PairTable(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, Math.min(expected, 1 << 28))) << 2;
        keys = new long[capacity];
        Arrays.fill(keys, FREE);
        values = new int[capacity];
    }

    int get(int first, int second) {
        int slot = slot(key(first, second));
        return keys[slot] == FREE ? ABSENT : values[slot];
    }

    void put(int first, int second, int value) {
        long key = key(first, second);
        int slot = slot(key);
        if (keys[slot] == FREE) {
            keys[slot] = key;
            size++;
        }
        values[slot] = value;
        if (2 * size > keys.length) {
            grow();
        }
    }

    private static long key(int first, int second) {
        return (long) first << 32 | second;
    }

    private int slot(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & keys.length - 1;
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        Arrays.fill(keys, FREE);
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
