package dualtape.control;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop with a fixed number of trips, as one operation. Operands are the constants, which every trip reads; the
 * carries' initial values; and the sequences, tensors with a first axis as long as the loop, of which a trip reads one
 * slice. The body has the same inputs, in that order. Its outputs are the next carries; terms, which are added up over the
 * trips; and elements, which are stacked along a new first axis. Results are the last carries, the sums, the stacks. A map
 * is a scan without carries.
 *
 * <p>The loop stays a loop in its derivatives: the JVP of a scan is a scan, its VJP is a scan in the other direction over the
 * stored carries, with the constants' adjoints as sums. Sums have 32 partial sums by index modulo 32 and a fixed tree.
 *
 * @param body what one trip computes
 * @param consts the number of constants
 * @param carries the number of carries
 * @param sums the number of outputs that are added up
 * @param length the number of trips
 * @param reverse whether the trips run from the last slice to the first
 */
public record Scan(Graph body, int consts, int carries, int sums, int length,
        boolean reverse) implements Bodied, Whole {
    /**
     * Checks that the body's carries keep their shapes.
     *
     * @throws ShapeException if one does not
     */
    public Scan {
        if (body.inputs().size() < consts + carries || body.outputs().size() < carries + sums || length < 0) {
            throw new IllegalArgumentException("a scan over " + length + " trips with " + consts + " constants, "
                    + carries + " carries and " + sums + " sums; its body has " + body.inputs().size() + " inputs and "
                    + body.outputs().size() + " outputs");
        }
        for (int c = 0; c < carries; c++) {
            Shape before = body.inputs().get(consts + c).shape();
            Shape after = body.outputs().get(c).shape();
            if (!before.equals(after)) {
                throw new ShapeException("scan: carry " + c + " has shape " + before + " before a trip and " + after
                        + " after it; a carry keeps its shape");
            }
        }
    }

    /** The number of sequences. */
    public int sequences() {
        return body.inputs().size() - consts - carries;
    }

    /** The number of stacks. */
    public int stacks() {
        return body.outputs().size() - carries - sums;
    }

    /** Which slice trip {@code k} reads. */
    public int slice(int k) {
        return reverse ? length - 1 - k : k;
    }

    @Override
    public String symbol() {
        return stacks() > 0 && carries == 0 && sums == 0 ? "map" : "scan";
    }

    @Override
    public Notation notation() {
        return Notation.call(symbol(), "length=" + length + (reverse ? ", reverse=1" : ""));
    }

    @Override
    public int results() {
        return body.outputs().size();
    }

    @Override
    public List<Graph> bodies() {
        return List.of(body);
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        if (operands.size() != body.inputs().size()) {
            throw new ShapeException("scan takes " + body.inputs().size() + " operands, got " + operands.size());
        }
        for (int i = 0; i < operands.size(); i++) {
            Node.Input input = body.inputs().get(i);
            Shape expected = i < consts + carries ? input.shape() : input.shape().with(0, length);
            if (!operands.get(i).equals(expected)) {
                throw new ShapeException("scan: operand " + i + " (" + input.name() + ") has shape " + operands.get(i)
                        + ", expected " + expected);
            }
        }
        List<Shape> shapes = new ArrayList<>();
        for (int j = 0; j < results(); j++) {
            Shape shape = body.outputs().get(j).shape();
            shapes.add(j < carries + sums ? shape : shape.with(0, length));
        }
        return shapes;
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Algebra<Array<N>> algebra = new NumbersAlgebra<>(n);
        List<Array<N>> inputs = new ArrayList<>(x);
        List<Partials<N>> partials = new ArrayList<>();
        for (int s = 0; s < sums; s++) {
            partials.add(new Partials<>(n, body.outputs().get(carries + s).shape()));
        }
        for (int k = 0; k < length; k++) {
            int at = slice(k);
            for (int i = consts + carries; i < inputs.size(); i++) {
                inputs.set(i, slice(x.get(i), at, body.inputs().get(i).shape()));
            }
            List<Array<N>> outputs = body.evaluate(algebra, inputs);
            for (int c = 0; c < carries; c++) {
                inputs.set(consts + c, outputs.get(c));
            }
            for (int s = 0; s < sums; s++) {
                partials.get(s).add(at, outputs.get(carries + s));
            }
            for (int j = carries + sums; j < outputs.size(); j++) {
                copy(outputs.get(j), y.get(j), at * outputs.get(j).size());
            }
        }
        for (int c = 0; c < carries; c++) {
            copy(inputs.get(consts + c), y.get(c), 0);
        }
        for (int s = 0; s < sums; s++) {
            copy(partials.get(s).sum(length), y.get(carries + s), 0);
        }
    }

    @Override
    public <V> void visit(List<V> operands, Visitor<V> visitor) {
        List<V> inputs = new ArrayList<>(operands);
        for (int k = 0; k < length; k++) {
            for (int i = consts + carries; i < inputs.size(); i++) {
                inputs.set(i, visitor.slice(operands.get(i), slice(k)));
            }
            List<V> outputs = visitor.run(body, List.copyOf(inputs));
            if (outputs == null) {
                return;
            }
            for (int c = 0; c < carries; c++) {
                inputs.set(consts + c, outputs.get(c));
            }
        }
    }

    private static <N> Array<N> slice(Array<N> sequence, int at, Shape shape) {
        Array<N> slice = new Array<>(shape);
        for (int e = 0; e < slice.size(); e++) {
            slice.set(e, sequence.get(at * slice.size() + e));
        }
        return slice;
    }

    static <N> void copy(Array<N> from, Array<N> to, int offset) {
        for (int e = 0; e < from.size(); e++) {
            to.set(offset + e, from.get(e));
        }
    }

    @Override
    public Kernel kernel(List<Shape> operands, Bodies bodies) {
        return new ScanKernel(this, bodies.of(body));
    }

    @Override
    public long work(List<Shape> operands) {
        return Math.max(1, Math.multiplyExact(body.work(), (long) length));
    }

    @Override
    public Rule rule(int operand) {
        throw new IllegalStateException("scan is differentiated as a whole");
    }

    @Override
    public Whole whole() {
        return this;
    }

    @Override
    public boolean[] active(boolean[] operands) {
        boolean[] results = Loops.varying(body, Loops.varying(body, operands, consts, carries));
        for (int c = 0; c < carries; c++) {
            results[c] |= operands[consts + c];
        }
        return results;
    }

    /** With the carries before each trip as further stacks. */
    @Override
    public Op recording() {
        if (carries == 0) {
            return this;
        }
        List<Node> outputs = new ArrayList<>(body.outputs());
        outputs.addAll(body.inputs().subList(consts, consts + carries));
        return new Scan(body.select(outputs), consts, carries, sums, length, reverse);
    }

    @Override
    public <V> Both<V> pushforward(Algebra<V> a, Forward f, List<V> x, List<V> dx) {
        return ScanDerivatives.pushforward(this, a, f, x, dx);
    }

    @Override
    public <V> List<V> pullback(Algebra<V> a, Reverse r, List<V> x, List<V> y, List<V> by, boolean[] wanted) {
        return ScanDerivatives.pullback(this, a, r, x, y, by, wanted);
    }

    /** Short: bodies are compared by identity. */
    @Override
    public String toString() {
        return symbol() + " of " + body + ", " + length + " trips";
    }
}
