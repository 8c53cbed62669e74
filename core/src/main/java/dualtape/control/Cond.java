package dualtape.control;

import dualtape.ir.Array;
import dualtape.ir.Algebra;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A branch as one operation: operand 0 is a condition, the others are the inputs of both branches, of which one runs. The
 * condition has no derivative. Unlike with {@code where}, the branch that is not taken is not computed.
 *
 * @param then runs where the condition is not zero
 * @param otherwise runs where it is zero
 */
public record Cond(Graph then, Graph otherwise) implements Bodied, Whole {
    /**
     * Checks that the branches are alike.
     *
     * @throws ShapeException if their inputs or results differ in shape
     */
    public Cond {
        if (!of(then.inputs()).equals(of(otherwise.inputs()))
                || !of(then.outputs()).equals(of(otherwise.outputs()))) {
            throw new ShapeException("cond: both branches need the same shapes; one takes " + of(then.inputs())
                    + " and gives " + of(then.outputs()) + ", the other takes " + of(otherwise.inputs())
                    + " and gives " + of(otherwise.outputs()));
        }
    }

    private static List<Shape> of(List<? extends Node> nodes) {
        return nodes.stream().map(Node::shape).toList();
    }

    @Override
    public String symbol() {
        return "cond";
    }

    @Override
    public int results() {
        return then.outputs().size();
    }

    @Override
    public List<Graph> bodies() {
        return List.of(then, otherwise);
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        if (operands.isEmpty() || operands.get(0).size() != 1) {
            throw new ShapeException("cond: the condition must be a single number, got " + operands);
        }
        List<Shape> expected = of(then.inputs());
        if (!operands.subList(1, operands.size()).equals(expected)) {
            throw new ShapeException("cond takes a condition and operands of shapes " + expected + ", got " + operands);
        }
        return of(then.outputs());
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Algebra<Array<N>> algebra = new NumbersAlgebra<>(n);
        List<Array<N>> operands = x.subList(1, x.size());
        N condition = x.get(0).get(0);
        List<Array<N>> results = n.definite()
                ? (n.holds(condition) ? then : otherwise).evaluate(algebra, operands)
                : either(n, condition, then.evaluate(algebra, operands), otherwise.evaluate(algebra, operands));
        for (int j = 0; j < y.size(); j++) {
            Scan.copy(results.get(j), y.get(j), 0);
        }
    }

    private static <N> List<Array<N>> either(Numbers<N> n, N condition, List<Array<N>> yes, List<Array<N>> no) {
        List<Array<N>> either = new ArrayList<>();
        for (int j = 0; j < yes.size(); j++) {
            Array<N> array = new Array<>(yes.get(j).shape());
            for (int e = 0; e < array.size(); e++) {
                array.set(e, n.select(condition, yes.get(j).get(e), no.get(j).get(e)));
            }
            either.add(array);
        }
        return either;
    }

    @Override
    public <V> void visit(List<V> operands, Visitor<V> visitor) {
        visitor.run(visitor.number(operands.get(0)) != 0 ? then : otherwise, operands.subList(1, operands.size()));
    }

    @Override
    public Kernel kernel(List<Shape> operands, Bodies bodies) {
        return new CondKernel(this, bodies.of(then), bodies.of(otherwise));
    }

    /** The work of the dearer branch. */
    @Override
    public long work(List<Shape> operands) {
        return Math.max(1, Math.max(then.work(), otherwise.work()));
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException("cond is differentiated as a whole");
    }

    @Override
    public Whole whole() {
        return this;
    }

    @Override
    public boolean[] active(boolean[] operands) {
        boolean[] inputs = Loops.part(operands, 1, operands.length - 1);
        boolean[] yes = Loops.varying(then, inputs);
        boolean[] no = Loops.varying(otherwise, inputs);
        for (int j = 0; j < yes.length; j++) {
            yes[j] |= no[j];
        }
        return yes;
    }

    @Override
    public Op recording() {
        return this;
    }

    @Override
    public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        boolean[] varying = Loops.present(dx);
        boolean[] inputs = Loops.part(varying, 1, varying.length - 1);
        boolean[] results = active(varying);
        int n = results();
        if (!Loops.any(inputs)) {
            return new Both<>(a.apply(this, x), Collections.nCopies(n, null));
        }
        Cond both = new Cond(chosen(f.pushforward(then, inputs), results),
                chosen(f.pushforward(otherwise, inputs), results));
        List<V> operands = new ArrayList<>(x);
        operands.addAll(Loops.chosen(dx.subList(1, dx.size()), inputs));
        List<V> y = a.apply(both, operands);
        return new Both<>(y.subList(0, n), ScanDerivatives.spread(y.subList(n, y.size()), results));
    }

    /** All values, and the tangents of results that vary. */
    private static Graph chosen(Graph pushed, boolean[] results) {
        int n = results.length;
        List<Node> outputs = new ArrayList<>(pushed.outputs().subList(0, n));
        outputs.addAll(Loops.chosen(pushed.outputs().subList(n, 2 * n), results));
        return pushed.select(outputs);
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        boolean[] seeded = Loops.present(by);
        boolean[] inputs = Loops.part(wanted, 1, wanted.length - 1);
        List<V> adjoints = new ArrayList<>(Collections.nCopies(x.size(), null));
        if (!Loops.any(seeded) || !Loops.any(inputs)) {
            return adjoints;
        }
        Cond back = new Cond(r.pullback(then, seeded, inputs), r.pullback(otherwise, seeded, inputs));
        List<V> operands = new ArrayList<>(x);
        operands.addAll(Loops.chosen(by, seeded));
        List<V> parts = ScanDerivatives.spread(a.apply(back, operands), inputs);
        for (int i = 0; i < parts.size(); i++) {
            adjoints.set(1 + i, parts.get(i));
        }
        return adjoints;
    }

    /** Short: bodies are compared by identity. */
    @Override
    public String toString() {
        return "cond of " + then + " and " + otherwise;
    }
}
