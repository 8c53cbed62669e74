package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The matrix of cofactors, which is the slope of the determinant, and its derivatives along {@code order} directions:
 * Cᵢⱼ = ∂/∂Aᵢⱼ D^order det(A)[H₁, H₂, …]. Operands A, its factors, and the directions. Right at every matrix, singular or
 * not, of any rank and at every order: where n − 1 is the rank C is not zero, and det(A) A⁻ᵀ is NaN.
 *
 * <p>Rules: derivatives of a polynomial are symmetric in their directions, so one more derivative is one more direction,
 * and the map from any direction to C is its own transpose.
 *
 * <p>Value: with P A Q = L D R ({@link Lu}) and K = L⁻¹ P H Q R⁻¹, det(A + H) = ± det(D + K). Of a diagonal matrix every
 * derivative is short: each term takes order + 1 rows and columns out of the product of the pivots, so that none is ever
 * divided out. C is L⁻ᵀ W R⁻ᵀ, its rows and columns put back, with W the sum of these terms: O(n³) for orders 0 and 1, then
 * O(n^(order + 1)) times (order + 1)!². In kinds of number with derivatives, what moves beside pivots that are 0 takes rows too.
 *
 * @param chain whether its products are products of the chain rule, as in {@link Bilinear}
 */
record Cofactor(int order, boolean chain) implements Factored {
    @Override
    public String symbol() {
        return "cofactor";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        Factored.size(this, operands, 2 + order);
        for (Shape direction : operands.subList(2, operands.size())) {
            if (!direction.equals(operands.get(0))) {
                throw new ShapeException("cofactor takes directions of the shape of the matrix, " + operands.get(0)
                        + ", got " + direction);
            }
        }
        return List.of(operands.get(0));
    }

    @Override
    public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
        V sum = null;
        for (int i = 0; i < x.size(); i++) {
            if (i != 1 && dx.get(i) != null) {
                V part = along(a, x, i, dx.get(i));
                sum = sum == null ? part : a.add(sum, part);
            }
        }
        return sum;
    }

    @Override
    public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
        List<V> adjoints = new ArrayList<>(Collections.nCopies(x.size(), null));
        for (int i = 0; i < x.size(); i++) {
            if (i != 1 && wanted[i]) {
                adjoints.set(i, along(a, x, i, by));
            }
        }
        return adjoints;
    }

    /** With a direction more (for the matrix), or with another one in place of direction {@code operand}. */
    private <V> V along(Algebra<V> a, List<V> x, int operand, V direction) {
        List<V> operands = new ArrayList<>(x);
        if (operand == 0) {
            operands.add(direction);
        } else {
            operands.set(operand, direction);
        }
        return new Cofactor(operands.size() - 2, a.conventions().structuralZeros()).of(a, operands);
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Array<N> f = x.get(1);
        int size = f.shape().extent(1);
        List<Array<N>> k = new ArrayList<>();
        x.subList(2, x.size()).forEach(h -> k.add(middle(n, f, h)));
        Array<N> tails = tails(n, f);
        Array<N> w = Array.filled(x.get(0).shape(), n.of(0));
        int[] moving = moving(n, f);
        for (int count = order + 1; count <= Math.min(size, order + 1 + moving.length); count++) {
            int[][] columns = Selections.ordered(count, count);
            int[][] places = Selections.ordered(count, order + 1);
            int[] rows = Selections.first(count);
            do {
                N rest = n.multiply(head(n, f, rows), tails.get(rows[count - 1]));
                for (int[] column : columns) {
                    for (int[] place : places) {
                        term(n, f, k, rows, column, place, Selections.odd(column) ? n.negate(rest) : rest, w);
                    }
                }
            } while (Selections.next(rows, size));
        }
        outside(n, f, w, y.get(0));
    }

    /** The pivots that are 0, beside which something may move although it is 0 in value. */
    private static <N> int[] moving(Numbers<N> n, Array<N> f) {
        int size = f.shape().extent(1);
        return n.definite()
                ? IntStream.range(0, size).filter(i -> n.holds(Lu.isZero(n, f.get(i * (size + 1))))).toArray()
                : new int[0];
    }

    /** The product of the pivots in front of the last of these rows, less those of these rows. */
    private static <N> N head(Numbers<N> n, Array<N> f, int[] rows) {
        int size = f.shape().extent(1);
        N head = n.of(1);
        for (int i = 0, r = 0; i < rows[rows.length - 1]; i++) {
            if (rows[r] == i) {
                r++;
            } else {
                head = n.multiply(head, f.get(i * size + i));
            }
        }
        return head;
    }

    /** The products of the pivots behind each. */
    private static <N> Array<N> tails(Numbers<N> n, Array<N> f) {
        int size = f.shape().extent(1);
        Array<N> tails = Array.filled(Shape.of(size), n.of(1));
        for (int i = size - 2; i >= 0; i--) {
            tails.set(i, n.multiply(tails.get(i + 1), f.get((i + 1) * (size + 1))));
        }
        return tails;
    }

    /**
     * One term of W transposed: the rows matched with columns, each direction at the row of its place, the free element at
     * the last place, and at rows without a place what moves beside the pivots.
     */
    private <N> void term(Numbers<N> n, Array<N> f, List<Array<N>> k, int[] rows, int[] column, int[] place, N rest,
            Array<N> w) {
        int size = f.shape().extent(1);
        N term = rest;
        for (int direction = 0; direction < order; direction++) {
            int r = place[direction];
            term = product(n, term, k.get(direction).get(rows[r] * size + rows[column[r]]));
        }
        for (int r = 0; r < rows.length && rows.length > place.length; r++) {
            int row = r;
            if (IntStream.of(place).noneMatch(p -> p == row)) {
                if (column[r] == r) {
                    return; // the pivot itself is among those that are multiplied
                }
                N left = Lu.middle(n, f, rows[r], rows[column[r]]);
                N moved = n.ifZero(left, n.of(0), n.multiply(term, left));
                term = n.select(n.isNaN(left), n.of(0), moved); // beside a pivot that is 0 all is 0, or NaN
            }
        }
        int free = rows[column[place[order]]] * size + rows[place[order]];
        w.set(free, n.add(w.get(free), term));
    }

    private <N> N product(Numbers<N> n, N x, N y) {
        N product = n.multiply(x, y);
        return chain ? n.ifZero(x, n.of(0), n.ifZero(y, n.of(0), product)) : product;
    }

    /** L⁻¹ P H Q R⁻¹. */
    private <N> Array<N> middle(Numbers<N> n, Array<N> f, Array<N> h) {
        int size = f.shape().extent(1);
        Array<N> half = new Array<>(h.shape());
        Array<N> k = new Array<>(h.shape());
        for (int i = 0; i < size * size; i++) {
            int column = i % size;
            half.set(i, Lu.gathered(n, f, size * size, i / size, j -> h.get(j * size + column)));
        }
        for (int i = 0; i < size * size; i++) {
            int row = i / size * size;
            k.set(i, Lu.gathered(n, f, size * (size + 1), i % size, j -> half.get(row + j)));
        }
        for (int i = 0; i < size * size; i++) {
            for (int r = 0; r < i / size; r++) {
                subtract(n, Lu.outer(n, f, i / size, r), k, r * size + i % size, i);
            }
        }
        for (int i = 0; i < size * size; i++) {
            for (int r = 0; r < i % size; r++) {
                subtract(n, Lu.outer(n, f, r, i % size), k, i / size * size + r, i);
            }
        }
        return k;
    }

    /** ± Pᵀ L⁻ᵀ W R⁻ᵀ Qᵀ, of W transposed, which is overwritten. */
    private <N> void outside(Numbers<N> n, Array<N> f, Array<N> w, Array<N> y) {
        int size = f.shape().extent(1);
        for (int i = size * size - 1; i >= 0; i--) {
            for (int r = size - 1; r > i % size; r--) {
                subtract(n, Lu.outer(n, f, r, i % size), w, i / size * size + r, i);
            }
        }
        for (int i = size * size - 1; i >= 0; i--) {
            for (int r = i / size + 1; r < size; r++) {
                subtract(n, Lu.outer(n, f, i / size, r), w, r * size + i % size, i);
            }
        }
        N sign = Lu.sign(n, f);
        Array<N> half = new Array<>(w.shape());
        for (int i = 0; i < size * size; i++) {
            int column = i % size * size;
            half.set(i, Lu.scattered(n, f, size * size, i / size, j -> w.get(column + j)));
        }
        for (int i = 0; i < size * size; i++) {
            int row = i / size * size;
            y.set(i, n.multiply(sign, Lu.scattered(n, f, size * (size + 1), i % size, j -> half.get(row + j))));
        }
    }

    /** x[to] − weight · x[from]. */
    private <N> void subtract(Numbers<N> n, N weight, Array<N> x, int from, int to) {
        x.set(to, VectorProduct.add(n, chain, n.negate(weight), x.get(from), x.get(to)));
    }

    @Override
    public Notation notation() {
        StringBuilder directions = new StringBuilder();
        for (int i = 0; i < order; i++) {
            directions.append(", {").append(i + 2).append('}');
        }
        String operands = "{0}" + directions;
        return new Notation("cofactor(" + operands + ")",
                "\\operatorname{cofactor}\\left(" + operands + "\\right)", Notation.ATOM, List.of(Notation.LOOSE));
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        return new CofactorKernel(operands.get(0).extent(0), order, chain);
    }

    @Override
    public long work(List<Shape> operands) {
        long n = operands.get(0).extent(0);
        double selections = n;
        double ways = 1;
        for (int i = 1; i <= order; i++) {
            selections *= Math.max(0, (double) (n - i) / (i + 1));
            ways *= (double) (i + 1) * (i + 1);
        }
        return (long) (2 * n * n * n * (order + 1) + selections * (n + ways));
    }
}
