package dualtape.op;

import dualtape.ir.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The kernel of {@link Cofactor}. */
final class CofactorKernel implements Kernel {
    private final int n;
    private final int order;
    private final boolean chain;
    private final int[][] permutations;
    private final boolean[] odd;

    CofactorKernel(int n, int order, boolean chain) {
        this.n = n;
        this.order = order;
        this.chain = chain;
        this.permutations = permutations(order + 1);
        this.odd = new boolean[permutations.length];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = odd(permutations[i]);
        }
    }

    /** All orders of the numbers below {@code count}, the lexicographically first one first. */
    static int[][] permutations(int count) {
        List<int[]> all = new ArrayList<>();
        int[] next = new int[count];
        Arrays.setAll(next, i -> i);
        while (true) {
            all.add(next.clone());
            int i = count - 2;
            while (i >= 0 && next[i] > next[i + 1]) {
                i--;
            }
            if (i < 0) {
                return all.toArray(int[][]::new);
            }
            int j = count - 1;
            while (next[j] < next[i]) {
                j--;
            }
            swap(next, i, j);
            for (int p = i + 1, q = count - 1; p < q; p++, q--) {
                swap(next, p, q);
            }
        }
    }

    private static void swap(int[] x, int i, int j) {
        int old = x[i];
        x[i] = x[j];
        x[j] = old;
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

    /** In the workspace: W, then K for each direction, then the selected rows. */
    @Override
    public int workspace() {
        return (order + 1) * (n * n + 1);
    }

    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        pass(x, xAt, y, yAt, false);
        if (chain && Products.anyNaN(y[0], yAt[0], n * n)) {
            pass(x, xAt, y, yAt, true);
        }
    }

    private void pass(double[][] x, int[] xAt, double[][] y, int[] yAt, boolean safe) {
        double[] f = x[1];
        int at = xAt[1];
        double[] w = y[1];
        int wAt = yAt[1];
        for (int d = 0; d < order; d++) {
            middle(f, at, x[2 + d], xAt[2 + d], w, wAt + (d + 1) * n * n, safe);
        }
        Arrays.fill(w, wAt, wAt + n * n, 0);
        terms(f, at, w, wAt, safe);
        outside(f, at, w, wAt, safe);
        double sign = Lu.sign(f, at, n);
        for (int i = 0; i < n; i++) {
            int row = (int) f[at + n * n + i];
            for (int j = 0; j < n; j++) {
                int column = (int) f[at + n * (n + 1) + j];
                y[0][yAt[0] + row * n + column] = sign * w[wAt + i * n + j];
            }
        }
    }

    private void middle(double[] f, int at, double[] h, int hAt, double[] k, int kAt, boolean safe) {
        for (int i = 0; i < n; i++) {
            int row = hAt + n * (int) f[at + n * n + i];
            for (int j = 0; j < n; j++) {
                k[kAt + i * n + j] = h[row + (int) f[at + n * (n + 1) + j]];
            }
        }
        Substitution.triangle(f, at, n, true, false, k, kAt, n, safe);
        for (int i = 0; i < n; i++) {
            for (int r = 0; r < n; r++) {
                Products.axpy(n - r - 1, -k[kAt + i * n + r], f, at + r * n + r + 1, 1, k, kAt + i * n + r + 1, safe);
            }
        }
    }

    private void outside(double[] f, int at, double[] w, int wAt, boolean safe) {
        Substitution.triangle(f, at, n, false, true, w, wAt, n, safe);
        for (int i = 0; i < n; i++) {
            for (int j = n - 1; j >= 0; j--) {
                double sum = w[wAt + i * n + j];
                for (int r = j + 1; r < n; r++) {
                    double weight = -f[at + j * n + r];
                    double factor = w[wAt + i * n + r];
                    sum = safe ? Sums.chainFma(weight, factor, sum) : Math.fma(weight, factor, sum);
                }
                w[wAt + i * n + j] = sum;
            }
        }
    }

    private void terms(double[] f, int at, double[] w, int wAt, boolean safe) {
        int rowsAt = wAt + (order + 1) * n * n;
        for (int r = 0; r <= order; r++) {
            w[rowsAt + r] = r;
        }
        for (boolean more = order < n; more; more = next(w, rowsAt)) {
            double rest = 1;
            for (int i = 0, r = 0; i < n; i++) {
                if (r <= order && w[rowsAt + r] == i) {
                    r++;
                } else {
                    rest *= f[at + i * n + i];
                }
            }
            for (int i = 0; i < permutations.length; i++) {
                for (int[] place : permutations) {
                    term(w, wAt, rowsAt, permutations[i], place, odd[i] ? -rest : rest, safe);
                }
            }
        }
    }

    private void term(double[] w, int wAt, int rowsAt, int[] column, int[] place, double rest, boolean safe) {
        double term = rest;
        int free = 0;
        for (int r = 0; r <= order; r++) {
            int at = (int) w[rowsAt + r] * n + (int) w[rowsAt + column[r]];
            if (place[r] == order) {
                free = at;
            } else {
                double factor = w[wAt + (place[r] + 1) * n * n + at];
                term = safe && (term == 0 || factor == 0) ? 0 : term * factor;
            }
        }
        w[wAt + free] += term;
    }

    private boolean next(double[] w, int rowsAt) {
        int i = order;
        while (i >= 0 && w[rowsAt + i] == n - order - 1 + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        w[rowsAt + i]++;
        for (int j = i + 1; j <= order; j++) {
            w[rowsAt + j] = w[rowsAt + j - 1] + 1;
        }
        return true;
    }
}
