package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;
import java.util.Map;
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

    @Test
    void aSlopeOfTheWrongPieceIsCaught() {
        caught(new Unary("leaky", "") {
            @Override
            protected <N> N at(Numbers<N> n, N x) {
                return n.select(n.less(n.of(0), x), x, n.multiply(n.of(0.25), x));
            }

            @Override
            protected <V> V slope(Algebra<V> a, V x, V y) {
                V upper = Logic.LESS.of(a, a.fill(1, a.shape(x)), x); // the kink in the wrong place
                return Piecewise.WHERE.call(a, List.of(upper, a.fill(1, a.shape(x)), a.fill(0.25, a.shape(x))));
            }
        }, X);
    }

    @Test
    void runningSumsPulledTheSameWayAreCaught() {
        caughtInPull(new WrongPull("cumsum", 0, X) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                return right().push(a, x, by);
            }
        });
    }

    @Test
    void aPermutationPulledByItselfInsteadOfItsInverseIsCaught() {
        Sample sample = Sample.of(Sample.random(1, -2, 2, 2, 2, 2)).with("axes", new int[] {1, 2, 0});
        caughtInPull(new WrongPull("permute", 0, sample) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                return right().push(a, x, by);
            }
        });
    }

    @Test
    void aJacobianTakenForSymmetricIsCaught() {
        caughtInPull(new WrongPull("log_softmax", 0, X) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                return right().push(a, x, by);
            }
        });
    }

    @Test
    void aRecurrencePulledWithoutItsCoefficientsIsCaught() {
        caughtInPull(new WrongPull("recurrence", 1, XY) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                Operation cumsum = Operations.find("cumsum");
                return cumsum.call(a, List.of(by), Attributes.of(cumsum, Map.of("reverse", 1.0)));
            }
        });
    }

    @Test
    void aScatterThatOverwritesInsteadOfAccumulatingIsCaught() {
        caughtInPull(new WrongPull("gather", 0, List.of(Tensor.vector(1, 2, 0), Tensor.vector(1, 1, 0))) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                // Of the two adjoints of element 1, only the second arrives.
                V last = Arithmetic.MULTIPLY.of(a, by, a.constant(Tensor.vector(0, 1, 1)));
                return right().pull(a, x, last);
            }
        });
    }

    @Test
    void aConvolutionPulledWithoutTurningItsWindowIsCaught() {
        caughtInPull(new WrongPull("conv1d", 0, List.of(Tensor.vector(1, 2, -3, 4), Tensor.vector(0.5, 3))) {
            @Override
            public <V> V pull(Algebra<V> a, List<V> x, V by) {
                V padded = new Slicing.Pad(0, 1, 1).of(a, by);
                return Convolution.CONV1D.call(a, List.of(padded, x.get(1)));
            }
        });
    }

    @Test
    void aProductWhoseSlopeDividesByTheFactorsIsCaughtAtAZero() {
        Unary power = new Unary("cube", "") {
            @Override
            protected <N> N at(Numbers<N> n, N x) {
                return n.multiply(x, n.multiply(x, x));
            }

            @Override
            protected <V> V slope(Algebra<V> a, V x, V y) {
                return Arithmetic.MULTIPLY.of(a, a.fill(3, a.shape(x)), Arithmetic.DIVIDE.of(a, y, x));
            }
        };
        assertEquals(List.of(), Witness.failures(power, X));
        caught(power, List.of(Tensor.vector(0, 1.7)));
    }

    private static void caught(Op op, List<Tensor> x) {
        assertFalse(Witness.failures(op, x).isEmpty(), op + " passed");
    }

    /** Caught, and by the transpose alone. */
    private static void caughtInPull(WrongPull wrong) {
        List<String> failures = Witness.failures(wrong, wrong.operands);
        assertFalse(failures.isEmpty(), wrong + " passed");
        assertEquals(List.of(), failures.stream().filter(failure -> !failure.contains(": pull of operand "
                + wrong.operand)).toList());
    }

    /** An operation of the catalogue whose pull by one operand is wrong. */
    private abstract static class WrongPull implements Op, Rule.Linear {
        private final Op op;
        private final int operand;
        private final List<Tensor> operands;

        WrongPull(String name, int operand, List<Tensor> operands) {
            this(name, operand, new Sample(operands, Map.of()));
        }

        WrongPull(String name, int operand, Sample sample) {
            Graph graph = Reached.graph(Operations.find(name), sample);
            this.op = graph.applications().get(graph.applications().size() - 1).op();
            this.operand = operand;
            this.operands = sample.operands();
        }

        Rule.Linear right() {
            return (Rule.Linear) op.rule(operand);
        }

        @Override
        public String symbol() {
            return op.symbol();
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
        public Rule rule(int index) {
            return index == operand ? this : op.rule(index);
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return right().push(a, x, dx);
        }
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
