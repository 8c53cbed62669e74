package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A user's own operation: one result, and a pushforward, a pullback, or both, stated by its author instead of following from
 * the value. What is not stated follows from the value. All are written once, over any algebra, so that they are
 * differentiated again for higher orders, and are checked like every other rule.
 */
public abstract class Custom implements Bodied, Whole {
    private final String symbol;

    /** With this name, for listings and messages. */
    protected Custom(String symbol) {
        this.symbol = symbol;
    }

    /** The value. */
    protected abstract <V> V value(Algebra<V> a, List<V> x);

    /**
     * The tangent of the value y along tangents of the operands; by default what follows from the value.
     *
     * @param dx null where an operand does not vary, but not in all
     * @return null for {@link #pushforward the default}
     */
    protected <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
        return null;
    }

    /**
     * The adjoints of the operands for that of the value y; by default what follows from the value.
     *
     * @return one an operand, null where it has no derivative; or null for {@link #pullback the default}
     */
    protected <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by) {
        return null;
    }

    @Override
    public final String symbol() {
        return symbol;
    }

    /** The value as a graph, for operands of these shapes. */
    private Graph body(List<Shape> operands) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> x = new ArrayList<>();
        for (Shape shape : operands) {
            x.add(builder.input("x" + x.size(), shape));
        }
        return builder.graph(value(builder, x));
    }

    private <V> Graph body(Algebra<V> a, List<V> x) {
        return body(x.stream().map(a::shape).toList());
    }

    @Override
    public List<Graph> bodies() {
        return List.of(); // its graph depends on the shapes
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        return List.of(body(operands).output().shape());
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Scan.copy(value(new NumbersAlgebra<>(n), x), y.get(0), 0);
    }

    @Override
    public Kernel kernel(List<Shape> operands, Bodies bodies) {
        return new CallKernel(bodies.of(body(operands)), operands.size(), 1);
    }

    @Override
    public long work(List<Shape> operands) {
        return Math.max(1, body(operands).work());
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException(symbol + " is differentiated as a whole");
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
        V dy = tangent(a, x, y, dx);
        if (dy == null) {
            boolean[] varying = Loops.present(dx);
            List<V> operands = new ArrayList<>(x);
            operands.addAll(Loops.chosen(dx, varying));
            dy = f.pushforward(body(a, x), varying).evaluate(a, operands).get(1);
        }
        return new Both<>(List.of(y), List.of(dy));
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        if (by.get(0) == null) {
            return Collections.nCopies(x.size(), null);
        }
        List<V> adjoints = adjoints(a, x, y.get(0), by.get(0));
        if (adjoints == null) {
            List<V> operands = new ArrayList<>(x);
            operands.add(by.get(0));
            List<V> parts = r.pullback(body(a, x), new boolean[] {true}, wanted).evaluate(a, operands);
            return ScanDerivatives.spread(parts, wanted);
        }
        List<V> needed = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            needed.add(wanted[i] ? adjoints.get(i) : null);
        }
        return needed;
    }

    @Override
    public String toString() {
        return symbol;
    }
}
