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
 * the order of the columns, (P A Q)ᵢⱼ = A[rowᵢ, columnⱼ]. It has no derivative: who reads it states his by A. It is not
 * called by name, and printers leave it out.
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

    /** A pivot 0 has only zeros (or NaN) around it: they stay. */
    private static <N> void eliminate(Numbers<N> n, Array<N> f, int size, int k) {
        N pivot = f.get(k * size + k);
        N divisor = n.ifZero(pivot, n.of(1), pivot);
        for (int i = k + 1; i < size; i++) {
            N factor = n.divide(f.get(i * size + k), divisor);
            f.set(i * size + k, factor);
            for (int j = k + 1; j < size; j++) {
                f.set(i * size + j,
                        n.multiplyAdd(n.negate(factor), f.get(k * size + j), f.get(i * size + j)));
            }
        }
        for (int j = k + 1; j < size; j++) {
            f.set(k * size + j, n.divide(f.get(k * size + j), divisor));
        }
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
        int best = largest(f, at, n, 0, 0, at);
        for (int k = 0; k < n; k++) {
            int row = (best - at) / n;
            int column = (best - at) % n;
            for (int j = 0; j < n && row != k; j++) {
                exchange(f, at + k * n + j, at + row * n + j);
            }
            for (int i = 0; i < n && column != k; i++) {
                exchange(f, at + i * n + k, at + i * n + column);
            }
            exchange(f, at + n * n + k, at + n * n + row);
            exchange(f, at + n * (n + 1) + k, at + n * (n + 1) + column);
            double pivot = f[at + k * n + k];
            double divisor = pivot == 0 ? 1 : pivot;
            best = at + (k + 1) * (n + 1);
            for (int i = k + 1; i < n; i++) {
                double factor = f[at + i * n + k] / divisor;
                f[at + i * n + k] = factor;
                Products.axpy(n - k - 1, -factor, f, at + k * n + k + 1, 1, f, at + i * n + k + 1, false);
                best = largestOfRow(f, at + i * n, k + 1, n, best);
            }
            for (int j = k + 1; j < n; j++) {
                f[at + k * n + j] /= divisor;
            }
        }
    }

    private static int largest(double[] f, int at, int n, int row, int column, int first) {
        int best = first;
        for (int i = row; i < n; i++) {
            best = largestOfRow(f, at + i * n, column, n, best);
        }
        return best;
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
