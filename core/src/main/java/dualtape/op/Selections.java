package dualtape.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Selections of the numbers from 0 to n − 1. */
final class Selections {
    private Selections() {}

    /** All ordered selections of {@code count} of n numbers, in lexicographic order. */
    static int[][] ordered(int n, int count) {
        List<int[]> selections = new ArrayList<>(List.of(new int[0]));
        for (int length = 0; length < count; length++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] selection : selections) {
                for (int i = 0; i < n; i++) {
                    int next = i;
                    if (Arrays.stream(selection).noneMatch(taken -> taken == next)) {
                        int[] more = Arrays.copyOf(selection, length + 1);
                        more[length] = i;
                        longer.add(more);
                    }
                }
            }
            selections = longer;
        }
        return selections.toArray(int[][]::new);
    }

    /** Whether a permutation is odd. */
    static boolean odd(int[] permutation) {
        boolean odd = false;
        for (int j = 0; j < permutation.length; j++) {
            for (int i = 0; i < j; i++) {
                odd ^= permutation[j] < permutation[i];
            }
        }
        return odd;
    }

    /** The numbers below {@code count}: the first of the ascending selections. */
    static int[] first(int count) {
        int[] selection = new int[count];
        Arrays.setAll(selection, i -> i);
        return selection;
    }

    /** Turns an ascending selection of n numbers into the next one; false after the last. */
    static boolean next(int[] selection, int n) {
        int i = selection.length - 1;
        while (i >= 0 && selection[i] == n - selection.length + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        selection[i]++;
        for (int j = i + 1; j < selection.length; j++) {
            selection[j] = selection[j - 1] + 1;
        }
        return true;
    }
}
