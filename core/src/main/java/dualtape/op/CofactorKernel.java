package dualtape.op;

import dualtape.ir.Kernel;
import java.util.Arrays;

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
        this.permutations = Selections.ordered(order + 1, order + 1);
        this.odd = new boolean[permutations.length];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = Selections.odd(permutations[i]);
        }
    }

    /** In the workspace: W transposed, then K for each direction, then the selected rows, then the products behind. */
    @Override
    public int workspace() {
        return (order + 1) * (n * n + 1) + n;
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
                y[0][yAt[0] + row * n + column] = sign * w[wAt + j * n + i];
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
        for (int i = 0; i < n; i++) {
            for (int r = n - 1; r > 0; r--) {
                Products.axpy(r, -w[wAt + i * n + r], f, at + r * n, 1, w, wAt + i * n, safe);
            }
        }
        Substitution.triangle(f, at, n, false, false, w, wAt, n, safe);
    }

    private void terms(double[] f, int at, double[] w, int wAt, boolean safe) {
        int rowsAt = wAt + (order + 1) * n * n;
        int tailsAt = rowsAt + order + 1;
        for (int r = 0; r <= order; r++) {
            w[rowsAt + r] = r;
        }
        for (int i = n - 1; i >= 0; i--) {
            w[tailsAt + i] = i == n - 1 ? 1 : w[tailsAt + i + 1] * f[at + (i + 1) * (n + 1)];
        }
        double head = 1; // the product of the pivots in front of the last selected row that are not selected
        for (boolean more = order < n; more;) {
            int last = (int) w[rowsAt + order];
            double rest = head * w[tailsAt + last];
            for (int i = 0; i < permutations.length; i++) {
                for (int[] place : permutations) {
                    term(w, wAt, rowsAt, permutations[i], place, odd[i] ? -rest : rest, safe);
                }
            }
            more = next(w, rowsAt);
            head = w[rowsAt + order] == last + 1 ? head * f[at + last * (n + 1)] : head(f, at, w, rowsAt);
        }
    }

    private double head(double[] f, int at, double[] w, int rowsAt) {
        double head = 1;
        for (int i = 0, r = 0; i < w[rowsAt + order]; i++) {
            if (w[rowsAt + r] == i) {
                r++;
            } else {
                head *= f[at + i * (n + 1)];
            }
        }
        return head;
    }

    private void term(double[] w, int wAt, int rowsAt, int[] column, int[] place, double rest, boolean safe) {
        double term = rest;
        for (int direction = 0; direction < order; direction++) {
            int row = (int) w[rowsAt + place[direction]];
            int other = (int) w[rowsAt + column[place[direction]]];
            double factor = w[wAt + (direction + 1) * n * n + row * n + other];
            term = safe && (term == 0 || factor == 0) ? 0 : term * factor;
        }
        w[wAt + (int) w[rowsAt + column[place[order]]] * n + (int) w[rowsAt + place[order]]] += term;
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
