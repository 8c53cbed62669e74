package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.Collections;
import java.util.List;

/**
 * The lower triangular L with L Lᵀ = A and a positive diagonal, of a symmetric positive definite A. As NumPy's it reads
 * the lower triangle of A only; as a function of all n² elements it does not depend on those above the diagonal, whose
 * derivatives are 0, and those below stand for both of a pair.
 *
 * <p>Rules (Murray 2016, Differentiation of the Cholesky decomposition, arXiv:1602.07527), with L = U D, U unit lower
 * triangular: W = U⁻¹ dA U⁻ᵀ and dL = U Φ(W) D⁻¹, where Φ takes the lower triangle and halves the diagonal. The pullback is
 * its transpose. Murray's form divides by D twice and multiplies again; this one divides once, so that at the edge of the
 * positive semidefinite matrices, a last pivot 0, the slope is infinite as that of the square root and not 0 · ∞.
 */
record Cholesky() implements Op, Whole {
    @Override
    public String symbol() {
        return "cholesky";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        Factored.square(symbol(), operands.get(0));
        return operands;
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Array<N> l = y.get(0);
        int size = l.shape().extent(0);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                N element = n.of(0);
                if (j <= i) {
                    element = x.get(0).get(i * size + j);
                    for (int k = 0; k < j; k++) {
                        element = n.multiplyAdd(n.negate(l.get(i * size + k)), l.get(j * size + k), element);
                    }
                    element = j < i ? n.divide(element, l.get(j * size + j)) : n.sqrt(element);
                }
                l.set(i * size + j, element);
            }
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
        V l = of(a, x);
        V unit = unit(a, l);
        V full = a.add(lower(a, dx.get(0), 0), transposed(a, lower(a, dx.get(0), -1)));
        V w = inside(a, unit, false, full);
        V tangent = MatrixProduct.times(a, unit, false, halved(a, w));
        return new Both<>(List.of(l), Collections.singletonList(a.scale(inverseDiagonal(a, l), tangent)));
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        if (by.get(0) == null) {
            return Collections.singletonList(null);
        }
        V l = y.get(0);
        V unit = unit(a, l);
        V w = halved(a, MatrixProduct.times(a, unit, true, a.scale(inverseDiagonal(a, l), by.get(0))));
        V full = inside(a, unit, true, w); // the transpose of the adjoint of the full matrix
        return List.of(a.add(lower(a, transposed(a, full), 0), lower(a, full, -1)));
    }

    /** 1 / D along the rows: a column divided by its diagonal element. */
    private static <V> V inverseDiagonal(Algebra<V> a, V l) {
        V diagonal = new Triangles.Diagonal().of(a, l);
        V inverse = Arithmetic.DIVIDE.of(a, a.fill(1, a.shape(diagonal)), diagonal);
        return new Structure.Spread(0, a.shape(l).extent(0)).of(a, inverse);
    }

    /** U = L D⁻¹, its diagonal 1 whatever D is. */
    private static <V> V unit(Algebra<V> a, V l) {
        V one = new Triangles.DiagonalMatrix().of(a, a.fill(1, Shape.of(a.shape(l).extent(0))));
        return a.add(a.scale(inverseDiagonal(a, l), lower(a, l, -1)), one);
    }

    /** U⁻¹ (U⁻¹ X)ᵀ, or with Uᵀ for U. */
    private static <V> V inside(Algebra<V> a, V unit, boolean transposed, V x) {
        TriangularSolve solve = new TriangularSolve(a.conventions().structuralZeros(), true, transposed);
        return solve.of(a, unit, transposed(a, solve.of(a, unit, x)));
    }

    /** Φ, which is its own transpose. */
    private static <V> V halved(Algebra<V> a, V x) {
        V twice = a.add(lower(a, x, 0), lower(a, x, -1));
        return a.scale(a.fill(0.5, a.shape(x)), twice);
    }

    private static <V> V lower(Algebra<V> a, V x, int k) {
        return new Triangles.Triangle(true, k).of(a, x);
    }

    private static <V> V transposed(Algebra<V> a, V x) {
        return new Structure.Transpose().of(a, x);
    }

    @Override
    public Notation notation() {
        return new Notation("cholesky({0})", "\\operatorname{chol}\\left({0}\\right)", Notation.ATOM,
                List.of(Notation.LOOSE));
    }

    @Override
    public List<Edge> edges() {
        return List.of(
                Edge.of(Edge.Kind.DOMAIN, "A not positive definite",
                        operands -> failing(operands.get(0), false), "NaN from the first pivot that fails on"),
                Edge.of(Edge.Kind.POLE, "only the last pivot 0", operands -> failing(operands.get(0), true),
                        "value 0 there, slope ∞"));
    }

    /** The first diagonal element whose pivot is not positive, if it is the last one and 0, or if it is not; else −1. */
    private static int failing(Tensor matrix, boolean lastZero) {
        NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
        Array<Double> l = new Cholesky().of(doubles, doubles.constant(matrix));
        int n = l.shape().extent(0);
        for (int i = 0; i < n; i++) {
            double pivot = l.get(i * n + i);
            if (!(pivot > 0)) {
                return lastZero == (i == n - 1 && pivot == 0) ? i * n + i : -1;
            }
        }
        return -1;
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        int n = operands.get(0).extent(0);
        return (x, xAt, y, yAt) -> {
            for (int i = 0; i < n; i++) {
                int row = yAt[0] + i * n;
                for (int j = 0; j <= i; j++) {
                    double element = x[0][xAt[0] + i * n + j];
                    for (int k = 0; k < j; k++) {
                        element = Math.fma(-y[0][row + k], y[0][yAt[0] + j * n + k], element);
                    }
                    y[0][row + j] = j < i ? element / y[0][yAt[0] + j * n + j] : Math.sqrt(element);
                }
                java.util.Arrays.fill(y[0], row + i + 1, row + n, 0);
            }
        };
    }

    @Override
    public long work(List<Shape> operands) {
        long n = operands.get(0).extent(0);
        return n * n * n / 3 + n;
    }
}
