package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of linear algebra that are wrong on purpose, each a mistake that has been made: the checks must say so. */
class PlantedFactorRuleTest {
    private static final Tensor A = Sample.random(1, -2, 2, 3, 3);
    private static final Tensor B = Sample.random(2, -2, 2, 3);
    private static final List<Tensor> SYSTEM = List.of(A, Factored.factors(A), B);

    @Test
    void theRightRulesPass() {
        assertEquals(List.of(), Witness.failures(new Altered(new Solving.Solve(false, false)), SYSTEM));
        assertEquals(List.of(), Witness.failures(new Cholesky(), List.of(spd())));
    }

    @Test
    void aSolutionThatForgetsItsMatrixIsCaught() {
        caught("push of operand 0", new Altered(new Solving.Solve(false, false)) {
            @Override
            public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
                List<V> without = new ArrayList<>(dx);
                without.set(0, null);
                return dx.get(2) == null ? a.fill(0, a.shape(y)) : super.tangent(a, x, y, without);
            }
        }, SYSTEM);
    }

    @Test
    void anAdjointThatIsNotTransposedIsCaught() {
        caught("pull of operand 0", new Altered(new Solving.Solve(false, false)) {
            @Override
            public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
                List<V> adjoints = super.adjoints(a, x, y, by, wanted);
                V matrix = adjoints.get(0) == null ? null : new Structure.Transpose().of(a, adjoints.get(0));
                return Arrays.asList(matrix, null, adjoints.get(2));
            }
        }, SYSTEM);
    }

    @Test
    void anAdjointOfTheRightSideByTheMatrixItselfIsCaught() {
        caught("pull of operand 2", new Altered(new Solving.Solve(false, false)) {
            @Override
            public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
                return Arrays.asList(super.adjoints(a, x, y, by, wanted).get(0), null,
                        new Solving.Solve(true, false).of(a, x.get(0), x.get(1), by));
            }
        }, SYSTEM);
    }

    @Test
    void theTextbooksFormulaForTheDeterminantIsCaughtAtASingularMatrix() {
        Op formula = new Altered(new Determinants.Determinant()) {
            @Override
            public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
                V inverse = new Solving.Inverse().of(a, x.get(0), x.get(1));
                V weighted = a.scale(Broadcasting.to(a, y, a.shape(inverse)), inverse);
                return Matrices.TRACE.call(a, List.of(new MatrixProduct.MatMul(true, false, false).of(a, weighted,
                        dx.get(0))));
            }
        };
        assertEquals(List.of(), Witness.failures(formula, List.of(A, Factored.factors(A))));
        Tensor singular = Tensor.of(Shape.of(2, 2), 1, 2, 2, 4);
        caught("push of operand 0", formula, List.of(singular, Factored.factors(singular)));
    }

    @Test
    void cofactorsWithoutTheirSecondOrderAreCaughtInTheGraph() {
        Op first = new Altered(new Determinants.Determinant()) {
            @Override
            public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
                V frozen = Structure.DETACH.of(a, new Cofactor(0, true).of(a, x));
                return new VectorProduct.Dot(true).of(a, Structure.flat(a, frozen), Structure.flat(a, dx.get(0)));
            }
        };
        assertEquals(List.of(), Witness.failures(first, List.of(A, Factored.factors(A))));
        dualtape.ir.GraphBuilder builder = new dualtape.ir.GraphBuilder();
        dualtape.ir.Node x = builder.input("A", A.shape());
        List<String> failures = Witness.failures("det", builder.graph(first.of(builder, x, new Lu().of(builder, x))),
                List.of(A));
        assertTrue(failures.toString().contains("forward over forward"), failures::toString);
    }

    @Test
    void aTriangleThatIsNotCutOutIsCaught() {
        caught("pull of operand 0", new AlteredWhole(new TriangularSolve(false, true, false)) {
            @Override
            public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
                List<V> adjoints = super.pullback(a, r, x, y, by, wanted);
                V right = new TriangularSolve(true, true, true).of(a, x.get(0), by.get(0));
                V full = Arithmetic.NEGATE.of(a, MatrixProduct.outer(a, right, y.get(0)));
                return Arrays.asList(wanted[0] ? full : null, adjoints.get(1));
            }
        }, List.of(A, B));
    }

    @Test
    void aCholeskyRuleForTheSymmetricPartIsCaught() {
        caught("push of operand 0", new AlteredWhole(new Cholesky()) {
            @Override
            public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
                V both = a.add(dx.get(0), new Structure.Transpose().of(a, dx.get(0)));
                V half = a.scale(a.fill(0.5, a.shape(both)), both);
                return super.pushforward(a, f, x, List.of(half));
            }
        }, List.of(spd()));
    }

    private static Tensor spd() {
        return Tensor.of(Shape.of(2, 2), 4, 1, 1, 3);
    }

    private static void caught(String witness, Op op, List<Tensor> x) {
        List<String> failures = Witness.failures(op, x);
        assertTrue(failures.stream().anyMatch(failure -> failure.contains(witness)), op + ": " + failures);
    }

    /** An operation by factors, with its own rules until one is overridden. */
    private static class Altered implements Factored {
        private final Factored op;

        Altered(Factored op) {
            this.op = op;
        }

        @Override
        public String symbol() {
            return "altered " + op.symbol();
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return op.shapes(operands);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            op.value(n, x, y);
        }

        @Override
        public <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
            return op.tangent(a, x, y, dx);
        }

        @Override
        public <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by, boolean[] wanted) {
            return op.adjoints(a, x, y, by, wanted);
        }
    }

    /** An operation stated as a whole, with its own rules until one is overridden. */
    private static class AlteredWhole implements Op, Whole {
        private final Op op;

        AlteredWhole(Op op) {
            this.op = op;
        }

        @Override
        public String symbol() {
            return "altered " + op.symbol();
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return op.shapes(operands);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            op.value(n, x, y);
        }

        @Override
        public dualtape.ir.Rule rule(int operand) {
            return op.rule(operand);
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
            Both<V> both = op.whole().pushforward(a, f, x, dx);
            return new Both<>(both.values(), Collections.singletonList(both.tangents().get(0)));
        }

        @Override
        public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
            return op.whole().pullback(a, r, x, y, by, wanted);
        }
    }
}
