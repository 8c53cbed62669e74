package dualtape.check;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.List;

/** An operation with the value of another, and a derivative by one operand that is wrong on purpose. */
final class FaultyOp implements Op {
    private final Op op;
    private final int operand;
    private final Rule wrong;
    private final double factor;

    private FaultyOp(Op op, int operand, Rule wrong, double factor) {
        this.op = op;
        this.operand = operand;
        this.wrong = wrong;
        this.factor = factor;
    }

    /** With a fault; null where it does not apply: the operation has no derivative by the operand, or of another kind. */
    static FaultyOp of(Op op, int operand, RuleFault fault) {
        if (op.whole() != null) {
            double factor = switch (fault) {
                case SIGN -> -1;
                case FACTOR -> 2;
                case SLIGHTLY_OFF -> 1 + 1e-7;
                case DROPPED -> 0;
                default -> Double.NaN;
            };
            return Double.isNaN(factor) ? null : new FaultyOp(op, operand, null, factor);
        }
        Rule right = op.rule(operand);
        Rule wrong = right == Rule.NONE ? null : fault.wrong(op, operand, right);
        return wrong == null ? null : new FaultyOp(op, operand, wrong, 1);
    }

    /** A graph in which this stands in the place of every application of the operation. */
    Graph plantedIn(Graph graph) {
        GraphBuilder builder = new GraphBuilder() {
            @Override
            public List<Node> apply(Op each, List<Node> operands) {
                return super.apply(each.equals(op) ? FaultyOp.this : each, operands);
            }
        };
        List<Node> inputs = new ArrayList<>();
        graph.inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        return builder.graph(graph.evaluate(builder, inputs));
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
        return index == operand ? wrong : op.rule(index);
    }

    @Override
    public int results() {
        return op.results();
    }

    @Override
    public boolean factors() {
        return op.factors();
    }

    @Override
    public Notation notation() {
        return op.notation();
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        return op.kernel(operands);
    }

    @Override
    public List<Edge> edges() {
        return op.edges();
    }

    @Override
    public long work(List<Shape> operands) {
        return op.work(operands);
    }

    @Override
    public boolean[] active(boolean[] operands) {
        return op.whole() != null ? op.active(operands) : Op.super.active(operands);
    }

    @Override
    public Whole whole() {
        Whole right = op.whole();
        return right == null ? null : new FaultyWhole(right);
    }

    @Override
    public String toString() {
        return op + ", wrong by operand " + operand;
    }

    /** Pushforward and pullback in which one operand counts with a factor. */
    private final class FaultyWhole implements Whole {
        private final Whole right;

        FaultyWhole(Whole right) {
            this.right = right;
        }

        private <V> V times(Algebra<V> a, V x) {
            return x == null ? null : a.scale(a.fill(factor, a.shape(x)), x);
        }

        @Override
        public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
            List<V> tangents = new ArrayList<>(dx);
            tangents.set(operand, times(a, dx.get(operand)));
            return right.pushforward(a, f, x, tangents);
        }

        @Override
        public Op recording() {
            return right.recording();
        }

        @Override
        public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
            List<V> adjoints = new ArrayList<>(right.pullback(a, r, x, y, by, wanted));
            adjoints.set(operand, times(a, adjoints.get(operand)));
            return adjoints;
        }
    }
}
