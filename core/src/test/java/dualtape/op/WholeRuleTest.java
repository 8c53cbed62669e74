package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checks of operations of several results, stated as a whole, with a body to derive: they pass the right ones only. */
class WholeRuleTest {
    private static final List<Tensor> POINT = List.of(Tensor.vector(0.3, 1.7), Tensor.vector(2, -0.4));

    @Test
    void anOperationWithABodyPasses() {
        assertEquals(List.of(), Witness.failures(new Call(body()), POINT));
        assertEquals(List.of(), Witness.failures("call", calling(new Call(body())), POINT));
    }

    @Test
    void bodiesNest() {
        Call outer = new Call(calling(new Call(body())));
        assertEquals(List.of(), Witness.failures(outer, POINT));
        assertEquals(List.of(), Witness.failures("nested", calling(outer), POINT));
    }

    @Test
    void anAdjointOfOneResultThatIsForgottenIsCaught() {
        List<String> failures = Witness.failures(new Call(body()) {
            @Override
            public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
                List<V> first = new ArrayList<>(by);
                first.set(1, null);
                return super.pullback(a, r, x, y, first, wanted);
            }
        }, POINT);
        assertTrue(failures.toString().contains("from [true, true]"), failures::toString);
        assertTrue(failures.toString().contains("from [false, true]"), failures::toString);
        assertFalse(failures.toString().contains("from [true, false]"), failures::toString);
    }

    @Test
    void aTangentOfTheWrongResultIsCaught() {
        List<String> failures = Witness.failures(new Call(body()) {
            @Override
            public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
                Both<V> both = super.pushforward(a, f, x, dx);
                return new Both<>(both.values(), List.of(both.tangents().get(1), both.tangents().get(0)));
            }
        }, POINT);
        assertTrue(failures.toString().contains("push of operand 0, result 1"), failures::toString);
    }

    @Test
    void aPushforwardOfOtherValuesIsCaught() {
        List<String> failures = Witness.failures(new Call(body()) {
            @Override
            public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
                Both<V> both = super.pushforward(a, f, x, dx);
                return new Both<>(both.tangents(), both.tangents());
            }
        }, POINT);
        assertTrue(failures.toString().contains("the pushforward's value"), failures::toString);
    }

    @Test
    void anAdjointThatNobodyWantedIsCaught() {
        List<String> failures = Witness.failures(new Call(body()) {
            @Override
            public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
                return super.pullback(a, r, x, y, by, new boolean[] {true, true});
            }
        }, POINT);
        assertTrue(failures.toString().contains("that nobody wanted"), failures::toString);
    }

    @Test
    void aRecordingOfAnotherFunctionIsCaught() {
        List<String> failures = Witness.failures(new Call(body()) {
            @Override
            public Op recording() {
                return new Call(other());
            }
        }, POINT);
        assertTrue(failures.toString().contains("the recording's value"), failures::toString);
    }

    /** x · sin(y) and x / y. */
    private static Graph body() {
        return twoOf((b, x, y) -> List.of(Arithmetic.MULTIPLY.of(b, x, Trigonometric.SIN.of(b, y)),
                Arithmetic.DIVIDE.of(b, x, y)));
    }

    private static Graph other() {
        return twoOf((b, x, y) -> List.of(Arithmetic.MULTIPLY.of(b, x, y), Arithmetic.DIVIDE.of(b, x, y)));
    }

    /** The product of both results of a call, and the first. */
    private static Graph calling(Call call) {
        return twoOf((b, x, y) -> {
            List<Node> results = b.apply(call, List.of(x, y));
            return List.of(Arithmetic.MULTIPLY.of(b, results.get(0), results.get(1)), results.get(0));
        });
    }

    private interface Two {
        List<Node> outputs(GraphBuilder builder, Node x, Node y);
    }

    private static Graph twoOf(Two two) {
        GraphBuilder builder = new GraphBuilder();
        return builder.graph(
                two.outputs(builder, builder.input("x", Shape.of(2)), builder.input("y", Shape.of(2))));
    }

    /** A graph as an operation; its derivatives are the derivatives of the graph. */
    private static class Call implements Op, Whole {
        private final Graph body;

        Call(Graph body) {
            this.body = body;
        }

        @Override
        public String symbol() {
            return "call";
        }

        @Override
        public int results() {
            return body.outputs().size();
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return body.outputs().stream().map(Node::shape).toList();
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            List<Array<N>> results = body.evaluate(new NumbersAlgebra<>(n), x);
            for (int j = 0; j < y.size(); j++) {
                for (int k = 0; k < y.get(j).size(); k++) {
                    y.get(j).set(k, results.get(j).get(k));
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            throw new IllegalStateException("a call is differentiated as a whole");
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
            boolean[] active = new boolean[x.size()];
            List<V> operands = new ArrayList<>(x);
            for (int i = 0; i < active.length; i++) {
                active[i] = dx.get(i) != null;
                if (active[i]) {
                    operands.add(dx.get(i));
                }
            }
            List<V> results = a.apply(new Call(f.pushforward(body, active)), operands);
            return new Both<>(results.subList(0, results()), results.subList(results(), results.size()));
        }

        @Override
        public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
            boolean[] seeded = new boolean[by.size()];
            List<V> operands = new ArrayList<>(x);
            for (int j = 0; j < seeded.length; j++) {
                seeded[j] = by.get(j) != null;
                if (seeded[j]) {
                    operands.add(by.get(j));
                }
            }
            List<V> results = a.apply(new Call(r.pullback(body, seeded, wanted)), operands);
            List<V> adjoints = new ArrayList<>();
            int next = 0;
            for (boolean want : wanted) {
                adjoints.add(want ? results.get(next++) : null);
            }
            return adjoints;
        }
    }
}
