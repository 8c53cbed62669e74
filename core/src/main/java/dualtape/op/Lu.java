package dualtape.op;

import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The factors of a square matrix with complete pivoting: P A Q = L D R, where L is unit lower triangular, D diagonal, R
 * unit upper triangular and no element of L or R exceeds 1. Everything that reads one matrix ({@link Factored}) shares
 * them.
 *
 * <p>Complete pivoting (Golub and Van Loan, Matrix Computations, 4th ed. 2013, section 3.4) and not partial, because it shows
 * the rank: the zeros of D come last, and L and R are regular whatever the rank. That makes the derivatives of the
 * determinant right at singular matrices, see {@link Cofactor}.
 *
 * <p>The result has n + 2 rows of n: L, D and R packed below, on and above the diagonal; then the order of the rows and
 * the order of the columns, (P A Q)ᵢⱼ = A[rowᵢ, columnⱼ]. Who reads it states his derivative by A, so that here none is
 * stated; kinds of number that carry derivatives take them through the definition. It is not called by name, and printers
 * leave it out.
 *
 * <p>A pivot 0 has only zeros around it. They stay as they are, and in kinds of number with derivatives they may move: what
 * stands beside such pivots is no part of L and R but of a block of D, see {@link #middle}.
 */
public record Lu() implements Op {
    @Override
    public String symbol() {
        return "lu";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        int n = Factored.square(symbol(), operands.get(0));
        return List.of(Shape.of(n + 2, n));
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Array<N> f = y.get(0);
        int size = f.shape().extent(1);
        for (int i = 0; i < size * size; i++) {
            f.set(i, x.get(0).get(i));
        }
        for (int i = 0; i < size; i++) {
            f.set(size * size + i, n.of(i));
            f.set(size * (size + 1) + i, n.of(i));
        }
        for (int k = 0; k < size; k++) {
            pivot(n, f, size, k);
            eliminate(n, f, size, k);
        }
    }

    /** Brings the element of largest modulus of what is left to the diagonal; the first of equals, row by row. */
    private static <N> void pivot(Numbers<N> n, Array<N> f, int size, int k) {
        N best = n.abs(f.get(k * size + k));
        N row = n.of(k);
        N column = n.of(k);
        for (int i = k; i < size; i++) {
            for (int j = k; j < size; j++) {
                N modulus = n.abs(f.get(i * size + j));
                N greater = n.less(best, modulus);
                best = n.select(greater, modulus, best);
                row = n.select(greater, n.of(i), row);
                column = n.select(greater, n.of(j), column);
            }
        }
        for (int j = 0; j < size; j++) {
            exchange(n, f, j, size, k, size, row);
        }
        exchange(n, f, size * size, 1, k, size, row);
        for (int i = 0; i < size; i++) {
            exchange(n, f, i * size, 1, k, size, column);
        }
        exchange(n, f, size * (size + 1), 1, k, size, column);
    }

    /** Exchanges elements k and {@code with} of {@code size} elements from {@code at} on, {@code stride} apart. */
    private static <N> void exchange(Numbers<N> n, Array<N> f, int at, int stride, int k, int size, N with) {
        N old = f.get(at + k * stride);
        N taken = old;
        for (int i = k + 1; i < size; i++) {
            N here = n.equal(with, n.of(i));
            N element = f.get(at + i * stride);
            taken = n.select(here, element, taken);
            f.set(at + i * stride, n.select(here, old, element));
        }
        f.set(at + k * stride, taken);
    }

    /** Around a pivot 0 all stays, but NaN spreads. */
    private static <N> void eliminate(Numbers<N> n, Array<N> f, int size, int k) {
        N pivot = f.get(k * size + k);
        N zero = isZero(n, pivot);
        for (int i = k + 1; i < size; i++) {
            N element = f.get(i * size + k);
            N factor = n.select(zero, element, n.divide(element, pivot));
            f.set(i * size + k, factor);
            for (int j = k + 1; j < size; j++) {
                N here = f.get(i * size + j);
                N right = f.get(k * size + j);
                N same = n.add(here, n.add(n.subtract(element, element), n.subtract(right, right)));
                f.set(i * size + j, n.select(zero, same, n.multiplyAdd(n.negate(factor), right, here)));
            }
        }
        for (int j = k + 1; j < size; j++) {
            N element = f.get(k * size + j);
            f.set(k * size + j, n.select(zero, element, n.divide(element, pivot)));
        }
    }

    /**
     * 1 where a number is 0 in value, else 0; in kinds with an imaginary part that has to be zero too. By no comparison,
     * because those that kinds with derivatives make beside a point would be taken for edges.
     */
    static <N> N isZero(Numbers<N> n, N x) {
        return n.subtract(n.isNaN(n.divide(n.of(0), x)), n.isNaN(x));
    }

    /** Element (i, j) of L or R, i not j: 0 beside a pivot 0. */
    static <N> N outer(Numbers<N> n, Array<N> f, int i, int j) {
        int size = f.shape().extent(1);
        N element = f.get(i * size + j);
        return n.select(isZero(n, f.get(Math.min(i, j) * (size + 1))), n.subtract(element, element), element);
    }

    /**
     * Element (i, j) of what stands between L and R: D, and beside pivots that are 0 what is left there. In value that is 0;
     * in kinds of number with derivatives it may move.
     */
    static <N> N middle(Numbers<N> n, Array<N> f, int i, int j) {
        int size = f.shape().extent(1);
        N element = f.get(i * size + j);
        return i == j ? element : n.select(isZero(n, f.get(Math.min(i, j) * (size + 1))), element, n.of(0));
    }

    /** Element i of a permuted vector: {@code x} at order[i], the order standing in {@code f}. */
    static <N> N gathered(Numbers<N> n, Array<N> f, int order, int i, IntFunction<N> x) {
        N element = x.apply(0);
        for (int j = 1; j < f.shape().extent(1); j++) {
            element = n.select(n.equal(f.get(order + i), n.of(j)), x.apply(j), element);
        }
        return element;
    }

    /** The way back: the element of {@code x} whose order is i. */
    static <N> N scattered(Numbers<N> n, Array<N> f, int order, int i, IntFunction<N> x) {
        N element = x.apply(0);
        for (int j = 1; j < f.shape().extent(1); j++) {
            element = n.select(n.equal(f.get(order + j), n.of(i)), x.apply(j), element);
        }
        return element;
    }

    /** The determinant of P times that of Q: 1 or −1, by the parity of the orders' inversions. */
    static <N> N sign(Numbers<N> n, Array<N> f) {
        int size = f.shape().extent(1);
        N sign = n.of(1);
        for (int order = size * size; order <= size * (size + 1) && size > 0; order += size) {
            for (int j = 0; j < size; j++) {
                for (int i = 0; i < j; i++) {
                    sign = n.select(n.less(f.get(order + j), f.get(order + i)), n.negate(sign), sign);
                }
            }
        }
        return sign;
    }

    /** {@link #sign(Numbers, Array)} of the factors of a matrix of n rows that stand in {@code f} from {@code at} on. */
    static double sign(double[] f, int at, int n) {
        boolean odd = false;
        for (int order = at + n * n; order <= at + n * (n + 1) && n > 0; order += n) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < j; i++) {
                    odd ^= f[order + j] < f[order + i];
                }
            }
        }
        return odd ? -1 : 1;
    }

    @Override
    public boolean factors() {
        return true;
    }

    @Override
    public Rule rule(int operand) {
        return Rule.NONE;
    }

    @Override
    public Notation notation() {
        return new Notation("lu({0})", "\\operatorname{LU}\\left({0}\\right)", Notation.ATOM, List.of(Notation.LOOSE));
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        int n = operands.get(0).extent(0);
        return (x, xAt, y, yAt) -> {
            System.arraycopy(x[0], xAt[0], y[0], yAt[0], n * n);
            for (int i = 0; i < n; i++) {
                y[0][yAt[0] + n * n + i] = i;
                y[0][yAt[0] + n * (n + 1) + i] = i;
            }
            factor(y[0], yAt[0], n);
        };
    }

    @Override
    public long work(List<Shape> operands) {
        long n = operands.get(0).extent(0);
        return 2 * n * n * n / 3 + n;
    }

    private static void factor(double[] f, int at, int n) {
        int best = at;
        for (int i = 0; i < n; i++) {
            best = largestOfRow(f, at + i * n, 0, n, best);
        }
        for (int k = 0; k < n; k++) {
            bring(f, at, n, k, (best - at) / n, (best - at) % n);
            double pivot = f[at + k * n + k];
            best = at + (k + 1) * (n + 1);
            for (int i = k + 1; i < n; i++) {
                int row = at + i * n;
                if (pivot == 0) {
                    spreadNaN(f, at + k * n, row, k, n);
                } else {
                    f[row + k] /= pivot;
                    Products.axpy(n - k - 1, -f[row + k], f, at + k * n + k + 1, 1, f, row + k + 1, false);
                }
                best = largestOfRow(f, row, k + 1, n, best);
            }
            for (int j = k + 1; j < n && pivot != 0; j++) {
                f[at + k * n + j] /= pivot;
            }
        }
    }

    private static void spreadNaN(double[] f, int pivotRow, int row, int k, int n) {
        for (int j = k + 1; j < n; j++) {
            f[row + j] += f[row + k] - f[row + k] + (f[pivotRow + j] - f[pivotRow + j]);
        }
    }

    /** Exchanges row k with another one, and column k. */
    private static void bring(double[] f, int at, int n, int k, int row, int column) {
        for (int j = 0; j < n && row != k; j++) {
            exchange(f, at + k * n + j, at + row * n + j);
        }
        for (int i = 0; i < n && column != k; i++) {
            exchange(f, at + i * n + k, at + i * n + column);
        }
        exchange(f, at + n * n + k, at + n * n + row);
        exchange(f, at + n * (n + 1) + k, at + n * (n + 1) + column);
    }

    private static int largestOfRow(double[] f, int row, int from, int to, int first) {
        int best = first;
        double largest = Math.abs(f[first]);
        for (int j = from; j < to; j++) {
            double modulus = Math.abs(f[row + j]);
            if (largest < modulus) {
                largest = modulus;
                best = row + j;
            }
        }
        return best;
    }

    private static void exchange(double[] f, int p, int q) {
        double old = f[p];
        f[p] = f[q];
        f[q] = old;
    }
}
