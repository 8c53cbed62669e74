package dualtape.op;

import dualtape.ir.Numbers;
import dualtape.kernel.Forms;
import dualtape.kernel.PartialSums;
import dualtape.kernel.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sums in the layout of {@link PartialSums}, products fused into them: over any kind of number, and over doubles. */
final class Sums {
    /** The number of partial sums: the scratch memory that a sum needs, in doubles. */
    static final int WIDTH = PartialSums.WIDTH;

    private Sums() {}

    /** A term that is added to a partial sum. */
    interface Term<N> {
        /** The partial sum with term k added to it. */
        N addTo(N partial, int k);
    }

    /** The sum of {@code count} terms, over any kind of number: what the definitions use. */
    static <N> N of(Numbers<N> n, int count, Term<N> term) {
        List<N> partial = new ArrayList<>(Collections.nCopies(Math.min(count, WIDTH), n.of(0)));
        for (int k = 0; k < count; k++) {
            partial.set(k % WIDTH, term.addTo(partial.get(k % WIDTH), k));
        }
        for (int half = WIDTH / 2; half > 0; half /= 2) {
            for (int j = 0; j < half && j + half < count; j++) {
                partial.set(j, n.add(partial.get(j), partial.get(j + half)));
            }
        }
        return count == 0 ? n.of(0) : partial.get(0);
    }

    /** Σ x[at + k · stride], k from 0 to n − 1. {@code p}: WIDTH doubles from {@code pAt} on, overwritten. */
    static double sum(double[] x, int at, int n, int stride, double[] p, int pAt) {
        if (stride == 1) {
            return Forms.of(Task.SUM, n).sum(x, at, n, p, pAt);
        }
        PartialSums.clear(p, pAt, n);
        for (int k = 0; k < n; k++) {
            p[pAt + k % WIDTH] += x[at + k * stride];
        }
        return PartialSums.tree(p, pAt, n);
    }

    /** Σ x[xAt + k] · y[yAt + k], the products fused. {@code p} as in {@link #sum}. */
    static double dot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        return Forms.of(Task.DOT, n).dot(x, xAt, y, yAt, n, p, pAt);
    }

    /** {@link #dot} of products of the chain rule: an exact zero in either factor gives zero. */
    static double chainDot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        double plain = dot(x, xAt, y, yAt, n, p, pAt);
        if (!Double.isNaN(plain)) {
            return plain;
        }
        PartialSums.clear(p, pAt, n);
        for (int k = 0; k < n; k++) {
            int j = pAt + k % WIDTH;
            p[j] = chainFma(x[xAt + k], y[yAt + k], p[j]);
        }
        return PartialSums.tree(p, pAt, n);
    }

    /** x · y + z, but z where x or y is an exact zero. */
    static double chainFma(double x, double y, double z) {
        return x == 0 || y == 0 ? z : Math.fma(x, y, z);
    }
}
