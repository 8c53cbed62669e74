package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that are wrong on purpose: the checks must say so. */
class PlantedRuleTest {
    private static final List<Tensor> X = List.of(Tensor.vector(0.3, 1.7));
    private static final List<Tensor> XY = List.of(Tensor.vector(0.3, 1.7), Tensor.vector(2, -0.4));

    @Test
    void theRightRulesPass() {
        assertEquals(List.of(), Witness.failures(Trigonometric.COS, X));
        assertEquals(List.of(), Witness.failures(Arithmetic.DIVIDE, XY));
    }

    @Test
    void aWrongSignIsCaught() {
        caught(new Unary("cos", "") {
            @Override
            protected <N> N at(Numbers<N> n, N x) {
                return n.cos(x);
            }

            @Override
            protected <V> V slope(Algebra<V> a, V x, V y) {
                return Trigonometric.SIN.of(a, x);
            }
        }, X);
    }

    @Test
    void aWrongFactorIsCaughtAndARelativeErrorOf1e11Too() {
        for (double factor : new double[] {2, 0.5, 1 + 1e-11}) {
            caught(new Unary("exp", "") {
                @Override
                protected <N> N at(Numbers<N> n, N x) {
                    return n.exp(x);
                }

                @Override
                protected <V> V slope(Algebra<V> a, V x, V y) {
                    return Arithmetic.MULTIPLY.of(a, a.fill(factor, a.shape(y)), y);
                }
            }, X);
        }
    }

    @Test
    void aWrongOperandIsCaught() {
        caught(new Binary("*", "") {
            @Override
            protected <N> N at(Numbers<N> n, N x, N y) {
                return n.multiply(x, y);
            }

            @Override
            protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
                return x;
            }

            @Override
            protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
                return y;
            }
        }, XY);
    }

    @Test
    void aMissingDerivativeIsCaughtInTheGraph() {
        Unary square = new Unary("square", "") {
            @Override
            protected <N> N at(Numbers<N> n, N x) {
                return n.multiply(x, x);
            }

            @Override
            protected <V> V slope(Algebra<V> a, V x, V y) {
                // 2x, but its second half is hidden from the next derivative.
                return a.add(x, Structure.DETACH.of(a, x));
            }
        };
        assertEquals(List.of(), Witness.failures(square, X));
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", Shape.of(2));
        assertFalse(Witness.failures("square", builder.graph(square.of(builder, x)), X).isEmpty());
    }

    @Test
    void aTransposeThatDropsHalfOfTheAccumulationIsCaught() {
        caught(new Planted() {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                V padded = new Slicing.Pad(0, 0, 1).of(a, Structure.reshape(a, by, Shape.of(1)));
                return padded;
            }
        }, X);
    }

    @Test
    void aPushOfTheWrongMapIsCaught() {
        caught(new Planted() {
            @Override
            public <V> V push(Algebra<V> a, List<V> x, V dx) {
                return Extremes.MAX.call(a, List.of(dx));
            }
        }, X);
    }

    private static void caught(Op op, List<Tensor> x) {
        assertFalse(Witness.failures(op, x).isEmpty(), op + " passed");
    }

    /** The sum, with right rules until one is overridden. */
    private static class Planted implements Op, Rule.Linear {
        private final Reduction.SumAll sum = new Reduction.SumAll();

        @Override
        public String symbol() {
            return "planted";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return sum.shapes(operands);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            sum.value(n, x, y);
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return sum.push(a, x, dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return sum.pull(a, x, by);
        }
    }
}
