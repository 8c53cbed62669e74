package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Whole;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The x with T x = b, or Tᵀ x = b, where T is the lower (or upper) triangle of a square matrix with its diagonal; the
 * other triangle is not read. Operands the matrix and b, a vector or a matrix of several right sides.
 *
 * <p>Rules as those of {@link Solving.Solve}, of which the triangle is kept: dx = T⁻¹ (db − dT x); b̄ = T⁻ᵀ x̄ and T̄ is
 * the triangle of −b̄ xᵀ.
 *
 * @param chain whether its products are products of the chain rule, as in {@link Bilinear}
 */
record TriangularSolve(boolean chain, boolean lower, boolean transposed) implements Op, Whole {
    @Override
    public String symbol() {
        return "triangular_solve";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        if (operands.size() != 2) {
            throw new ShapeException(symbol() + " takes 2 operands, got " + operands.size());
        }
        int n = Factored.square(symbol(), operands.get(0));
        return List.of(Solving.rightSide(symbol(), n, operands.get(0), operands.get(1)));
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        int size = x.get(0).shape().extent(0);
        int columns = Solving.columns(x.get(1).shape());
        boolean down = lower != transposed;
        for (int p = 0; p < size * columns; p++) {
            int i = down ? p / columns : size - 1 - p / columns;
            int at = i * columns + p % columns;
            N sum = x.get(1).get(at);
            for (int j = down ? 0 : i + 1; j < (down ? i : size); j++) {
                N weight = x.get(0).get(transposed ? j * size + i : i * size + j);
                sum = VectorProduct.add(n, chain, n.negate(weight), y.get(0).get(j * columns + p % columns), sum);
            }
            y.get(0).set(at, Solving.quotient(n, chain, sum, x.get(0).get(i * size + i)));
        }
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException(symbol() + " is differentiated as a whole");
    }

    @Override
    public Whole whole() {
        return this;
    }

    @Override
    public Op recording() {
        return this;
    }

    @Override
    public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        V y = of(a, x);
        V right = dx.get(1);
        if (dx.get(0) != null) {
            V triangle = new Triangles.Triangle(lower, 0).of(a, dx.get(0));
            V moved = Arithmetic.NEGATE.of(a, MatrixProduct.times(a, triangle, transposed, y));
            right = right == null ? moved : a.add(right, moved);
        }
        V dy = right == null ? null : with(a, transposed).of(a, x.get(0), right);
        return new Both<>(List.of(y), Collections.singletonList(dy));
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        if (by.get(0) == null) {
            return Arrays.asList(null, null);
        }
        V right = with(a, !transposed).of(a, x.get(0), by.get(0));
        V left = null;
        if (wanted[0]) {
            V outer = transposed ? MatrixProduct.outer(a, y.get(0), right) : MatrixProduct.outer(a, right, y.get(0));
            left = Arithmetic.NEGATE.of(a, new Triangles.Triangle(lower, 0).of(a, outer));
        }
        return Arrays.asList(left, wanted[1] ? right : null);
    }

    private TriangularSolve with(Algebra<?> a, boolean other) {
        return new TriangularSolve(a.conventions().structuralZeros(), lower, other);
    }

    @Override
    public Notation notation() {
        String attributes = (lower ? "" : ", lower=0") + (transposed ? ", transposed=1" : "");
        return new Notation("triangular_solve({*}" + attributes + ")",
                (lower ? "\\operatorname{tril}" : "\\operatorname{triu}") + "\\left({0}\\right)^{"
                        + (transposed ? "-T" : "-1") + "} {1}",
                Notation.PRODUCT, List.of(Notation.LOOSE, Notation.SIGN));
    }

    @Override
    public List<Edge> edges() {
        return List.of(Edge.of(Edge.Kind.POLE, "0 on the diagonal", operands -> {
            int n = operands.get(0).shape().extent(0);
            for (int i = 0; i < n; i++) {
                if (operands.get(0).at(i * n + i) == 0) {
                    return i * n + i;
                }
            }
            return -1;
        }, "value and slopes infinite or NaN"));
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        return Substitution.triangular(operands.get(0).extent(0), Solving.columns(operands.get(1)), chain, lower,
                transposed);
    }

    @Override
    public long work(List<Shape> operands) {
        return (long) operands.get(0).extent(0) * operands.get(1).size();
    }
}
