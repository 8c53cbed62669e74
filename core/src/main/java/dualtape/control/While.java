package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
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
 * A loop that runs while a condition on its carries is not zero, as one operation. Operands are constants and the carries'
 * initial values; condition and body have both as inputs; results are the last carries. The number of trips is whatever
 * the values make it, also at every other point where the graph runs.
 *
 * <p>The JVP of a while is a while on carries and tangents, steered by the same condition. Its VJP ({@link WhileBack}) runs
 * the loop again, stores the carries of each trip on a tape that grows and is reused, and goes back over it.
 *
 * @param condition gives a scalar
 * @param body gives the next carries
 * @param consts the number of constants
 */
public record While(Graph condition, Graph body, int consts) implements Bodied, Whole {
    /**
     * Checks that the condition is a scalar and that carries keep their shapes.
     *
     * @throws ShapeException if not
     */
    public While {
        if (condition.output().shape().size() != 1) {
            throw new ShapeException("while: the condition must be a single number, it has shape "
                    + condition.output().shape());
        }
        int carries = body.inputs().size() - consts;
        if (carries < 0 || carries != body.outputs().size() || condition.inputs().size() != body.inputs().size()) {
            throw new IllegalArgumentException("while: a body from " + body.inputs() + " to " + body.outputs().size()
                    + " carries, a condition on " + condition.inputs());
        }
        for (int c = 0; c < carries; c++) {
            Shape before = body.inputs().get(consts + c).shape();
            Shape after = body.outputs().get(c).shape();
            if (!before.equals(after)) {
                throw new ShapeException("while: carry " + c + " has shape " + before + " before a trip and " + after
                        + " after it; a carry keeps its shape");
            }
        }
    }

    /** The number of carries. */
    public int carries() {
        return body.outputs().size();
    }

    @Override
    public String symbol() {
        return "while";
    }

    @Override
    public int results() {
        return carries();
    }

    @Override
    public List<Graph> bodies() {
        return List.of(condition, body);
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        List<Shape> expected = body.inputs().stream().map(Node::shape).toList();
        if (!operands.equals(expected)) {
            throw new ShapeException("while takes operands of shapes " + expected + ", got " + operands);
        }
        return operands.subList(consts, operands.size());
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        List<Array<N>> last = trips(n, x, null);
        for (int c = 0; c < carries(); c++) {
            Scan.copy(last.get(consts + c), y.get(c), 0);
        }
    }

    @Override
    public <V> void visit(List<V> operands, Visitor<V> visitor) {
        List<V> inputs = new ArrayList<>(operands);
        while (true) {
            List<V> again = visitor.run(condition, List.copyOf(inputs));
            List<V> next = again == null || visitor.number(again.get(0)) == 0 ? null
                    : visitor.run(body, List.copyOf(inputs));
            if (next == null) {
                return;
            }
            for (int c = 0; c < carries(); c++) {
                inputs.set(consts + c, next.get(c));
            }
        }
    }

    /**
     * Runs the loop. What cannot be steered by values runs until nothing new comes in: a union over every number of trips.
     *
     * @param tape receives the inputs of each trip; null to keep none
     * @return constants and last carries
     */
    <N> List<Array<N>> trips(Numbers<N> n, List<Array<N>> x, List<List<Array<N>>> tape) {
        Algebra<Array<N>> algebra = new NumbersAlgebra<>(n);
        List<Array<N>> inputs = new ArrayList<>(x);
        while (true) {
            N again = condition.evaluate(algebra, inputs).get(0).get(0);
            if (n.definite() && !n.holds(again)) {
                break;
            }
            if (tape != null) {
                tape.add(List.copyOf(inputs));
            }
            List<Array<N>> next = body.evaluate(algebra, inputs);
            boolean changed = false;
            for (int c = 0; c < carries(); c++) {
                Array<N> carry = n.definite() ? next.get(c) : either(n, again, next.get(c), inputs.get(consts + c));
                changed |= n.definite() || !same(carry, inputs.get(consts + c));
                inputs.set(consts + c, carry);
            }
            if (!changed) {
                break;
            }
        }
        return inputs;
    }

    private static <N> Array<N> either(Numbers<N> n, N condition, Array<N> yes, Array<N> no) {
        Array<N> either = new Array<>(yes.shape());
        for (int e = 0; e < either.size(); e++) {
            either.set(e, n.select(condition, yes.get(e), no.get(e)));
        }
        return either;
    }

    private static <N> boolean same(Array<N> x, Array<N> y) {
        for (int e = 0; e < x.size(); e++) {
            if (!x.get(e).equals(y.get(e))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Kernel kernel(List<Shape> operands, Bodies bodies) {
        return new WhileKernel(this, bodies.of(condition), bodies.of(body), null, null);
    }

    /** The work of one trip: the number of trips is not known before it runs. */
    @Override
    public long work(List<Shape> operands) {
        return Math.max(1, body.work() + condition.work());
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException("while is differentiated as a whole");
    }

    @Override
    public Whole whole() {
        return this;
    }

    @Override
    public boolean[] active(boolean[] operands) {
        return Loops.part(Loops.varying(body, operands, consts, carries()), consts, carries());
    }

    @Override
    public Op recording() {
        return this;
    }

    @Override
    public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        boolean[] varying = Loops.varying(body, Loops.present(dx), consts, carries());
        List<V> operands = new ArrayList<>();
        List<V> tangents = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            boolean zero = varying[i] && dx.get(i) == null;
            tangents.add(zero ? a.fill(0, a.shape(x.get(i))) : dx.get(i));
        }
        While both = pushed(f, varying);
        operands.addAll(x.subList(0, consts));
        operands.addAll(Loops.chosen(tangents.subList(0, consts), Loops.part(varying, 0, consts)));
        operands.addAll(x.subList(consts, x.size()));
        operands.addAll(Loops.chosen(tangents.subList(consts, x.size()), Loops.part(varying, consts, carries())));
        List<V> y = a.apply(both, operands);
        List<V> dy = ScanDerivatives.spread(y.subList(carries(), y.size()), Loops.part(varying, consts, carries()));
        return new Both<>(y.subList(0, carries()), dy);
    }

    /** The loop on constants, their tangents, carries, their tangents; of tangents those that vary. */
    While pushed(Forward f, boolean[] varying) {
        Graph pushed = f.pushforward(body, varying);
        int n = body.inputs().size();
        List<Node.Input> tangents = ScanDerivatives.spread(pushed.inputs().subList(n, pushed.inputs().size()), varying);
        boolean[] constsVary = Loops.part(varying, 0, consts);
        boolean[] carriesVary = Loops.part(varying, consts, carries());
        List<Node.Input> order = new ArrayList<>(pushed.inputs().subList(0, consts));
        order.addAll(Loops.chosen(tangents.subList(0, consts), constsVary));
        order.addAll(pushed.inputs().subList(consts, n));
        order.addAll(Loops.chosen(tangents.subList(consts, n), carriesVary));
        List<Node> outputs = new ArrayList<>(pushed.outputs().subList(0, carries()));
        outputs.addAll(Loops.chosen(pushed.outputs().subList(carries(), 2 * carries()), carriesVary));
        Graph both = pushed.select(order, outputs);
        int more = Loops.count(constsVary);
        return new While(Loops.widened(condition, both.inputs(), consts, consts + more), both, consts + more);
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        boolean[] seeded = Loops.present(by);
        if (!Loops.any(seeded)) {
            return Collections.nCopies(x.size(), null);
        }
        WhileBack back = WhileBack.of(this, r, seeded, wanted);
        List<V> operands = new ArrayList<>(x);
        operands.addAll(Loops.chosen(by, seeded));
        return back.spread(a.apply(back, operands));
    }

    /** Short: bodies are compared by identity. */
    @Override
    public String toString() {
        return "while of " + body;
    }
}
