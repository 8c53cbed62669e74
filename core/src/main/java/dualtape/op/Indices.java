package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * Where the greatest stands, and indices as vectors of 0 and 1. Indices are numbers that count from 0; they have no
 * derivative. {@link Gathering} reads and writes at indices.
 */
public final class Indices implements Operations.Table {
    private static final Sample[] SAMPLES = {Sample.of(-1.5), Sample.of(Tensor.vector(0.5, -2, 3, -1)),
        Sample.of(Sample.random(1, -2, 2, 3, 4)), Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axis", 0),
        Sample.of(Sample.random(2, -2, 2, 2, 3, 2)).with("axis", 1)};

    /** The index of the greatest, the first of several; of the first NaN if there is one. No derivative. */
    public static final Operation ARGMAX = new Place(true);

    /** The index of the least, the first of several; of the first NaN if there is one. No derivative. */
    public static final Operation ARGMIN = new Place(false);

    /** A new last axis of n classes: 1 at the index, else 0. NaN where the index is not one of 0 to n − 1. No derivative. */
    public static final Operation ONE_HOT = new Entry("one_hot",
            "1 at the index and 0 elsewhere, along a new last axis",
            Signature.of("index").with("num_classes", null), Sample.of(2).with("num_classes", 3),
            Sample.of(Tensor.vector(1, 0, 1)).with("num_classes", 2),
            Sample.of(Tensor.matrix(new double[] {0, 3}, new double[] {2, 1})).with("num_classes", 4)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new OneHot(attributes.integer("num_classes")).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return List.of(OneHot.outside(Integer.MAX_VALUE));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Indices() {}

    /** {@link #ONE_HOT}. */
    static <V> V oneHot(Algebra<V> a, V index, int classes) {
        return new OneHot(classes).of(a, index);
    }

    /** argmax or argmin. */
    private static final class Place extends Entry {
        private final boolean greatest;

        Place(boolean greatest) {
            super(greatest ? "argmax" : "argmin", "the index of the " + (greatest ? "greatest" : "least")
                    + ", of all elements or along an axis; no derivative",
                    Signature.of("x").with("axis", "none"), SAMPLES);
            this.greatest = greatest;
        }

        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            return new ArgExtreme(greatest, Axis.given(name(), attributes, a.shape(operands.get(0)))).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            return new ArgExtreme(greatest, Axis.ALL).edges();
        }
    }

    /** The index of the greatest or least along an axis, or in a flattened tensor. */
    private record ArgExtreme(boolean greatest, int axis) implements Op {
        @Override
        public String symbol() {
            return greatest ? "argmax" : "argmin";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Shape reduced = Reducing.reduced(symbol(), operands, axis);
            if (Axis.of(operands.get(0), axis).extent() == 0) {
                throw new ShapeException(symbol() + " needs at least one element, got the shape " + operands.get(0));
            }
            return List.of(reduced);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N best = x.get(0).get(lanes.at(o, 0, i));
                    N index = n.of(0);
                    for (int k = 1; k < lanes.extent(); k++) {
                        N next = x.get(0).get(lanes.at(o, k, i));
                        N beyond = greatest ? n.less(best, next) : n.less(next, best);
                        N better = n.select(n.isNaN(best), n.of(0), n.select(n.isNaN(next), n.of(1), beyond));
                        best = n.select(better, next, best);
                        index = n.select(better, n.of(k), index);
                    }
                    y.get(0).set(o * lanes.inner() + i, index);
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return Rule.NONE;
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.of(Edge.Kind.TIE, "several are " + (greatest ? "greatest" : "least"),
                    x -> Axis.firstLane(x.get(0), axis, lane -> Extremes.tied(greatest, lane)),
                    "the first index, no derivative"));
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.argExtreme(Axis.of(operands.get(0), axis), greatest);
        }

        @Override
        public long work(List<Shape> operands) {
            return operands.get(0).size();
        }
    }

    /** Each index as a vector of zeros and a one. */
    private record OneHot(int classes) implements Op {
        @Override
        public String symbol() {
            return "one_hot";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            if (operands.size() != 1 || classes < 0) {
                throw new ShapeException(
                        "one_hot takes 1 operand and 0 or more classes, got " + operands.size() + " and "
                                + classes);
            }
            return List.of(operands.get(0).with(operands.get(0).rank(), classes));
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            for (int i = 0; i < x.get(0).size(); i++) {
                N index = x.get(0).get(i);
                N hits = n.of(0);
                for (int k = 0; k < classes; k++) {
                    hits = n.add(hits, n.equal(index, n.of(k)));
                }
                for (int k = 0; k < classes; k++) {
                    y.get(0).set(i * classes + k, n.select(hits, n.equal(index, n.of(k)), n.of(Double.NaN)));
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return Rule.NONE;
        }

        @Override
        public List<Edge> edges() {
            return List.of(outside(classes));
        }

        static Edge outside(int classes) {
            return Edge.pointwise(Edge.Kind.DOMAIN, "index not one of 0 to num_classes - 1",
                    x -> !(x[0] >= 0 && x[0] < classes && x[0] == Math.rint(x[0])), "value NaN, no derivative");
        }

        @Override
        public Notation notation() {
            return Notation.call(symbol(), "num_classes=" + classes);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            int size = operands.get(0).size();
            return (x, xAt, y, yAt) -> {
                for (int i = 0; i < size; i++) {
                    double index = x[0][xAt[0] + i];
                    boolean hit = index >= 0 && index < classes && index == Math.rint(index);
                    int row = yAt[0] + i * classes;
                    java.util.Arrays.fill(y[0], row, row + classes, hit ? 0 : Double.NaN);
                    if (hit) {
                        y[0][row + (int) index] = 1;
                    }
                }
            };
        }
    }
}
