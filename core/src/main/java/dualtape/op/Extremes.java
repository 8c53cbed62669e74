package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The greatest and the least: of two operands element by element, of all elements, or along an axis.
 *
 * <p>Special cases: NaN among the operands gives NaN, with NaN slopes. k tied operands have the slope 1/k each; one that
 * is not selected contributes nothing, even where its own derivative is infinite or NaN. The sign of a zero is that of
 * the first.
 */
public final class Extremes implements Operations.Table {
    /** The greatest. */
    public static final Operation MAX = new Chooser("max",
            "the greater of two, element by element; or the greatest of all elements, or along an axis") {
        @Override
        Op ofTwo() {
            return GREATER;
        }

        @Override
        Op along(int axis) {
            return new Extreme(true, axis);
        }
    };

    /** The least. */
    public static final Operation MIN = new Chooser("min",
            "the less of two, element by element; or the least of all elements, or along an axis") {
        @Override
        Op ofTwo() {
            return LESS;
        }

        @Override
        Op along(int axis) {
            return new Extreme(false, axis);
        }
    };

    /** The slopes of the greatest: 1 where an element alone is the greatest, 1/k where k are tied, else 0; no derivative. */
    public static final Operation SHARE = new Chooser("share",
            "the slope of max: 1 where the greatest is, 1/k where k are tied, else 0; no derivative") {
        @Override
        Op ofTwo() {
            return SHARE_OF_FIRST;
        }

        @Override
        Op along(int axis) {
            return new Share(axis);
        }
    };

    private static final Edge TIE = Edge
            .pointwise(Edge.Kind.TIE, "two operands are equal", x -> x[0] == x[1], "slope 1/2 each")
            .in(Conventions.TENSORFLOW, "slopes 1 and 0").in(Conventions.IEEE, "slopes 1 and 0");

    /** max of two. */
    private static final Binary GREATER = new Binary("max", "") {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return greater(n, x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return first(a) ? Logic.AT_LEAST.of(a, x, y) : SHARE_OF_FIRST.of(a, x, y);
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return first(a) ? Logic.LESS.of(a, x, y) : SHARE_OF_FIRST.of(a, y, x);
        }

        @Override
        public List<Edge> edges() {
            return List.of(TIE);
        }
    };

    /** min of two. */
    private static final Binary LESS = new Binary("min", "") {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            return lesser(n, x, y);
        }

        @Override
        protected <V> V slope0(Algebra<V> a, V x, V y, V z) {
            return first(a) ? Logic.AT_MOST.of(a, x, y) : SHARE_OF_FIRST.of(a, y, x);
        }

        @Override
        protected <V> V slope1(Algebra<V> a, V x, V y, V z) {
            return first(a) ? Logic.LESS.of(a, y, x) : SHARE_OF_FIRST.of(a, x, y);
        }

        @Override
        public List<Edge> edges() {
            return List.of(TIE);
        }
    };

    /** The slope of max(x, y) in x, which is the slope of min(x, y) in y. */
    private static final Binary SHARE_OF_FIRST = new Logic.Flat("share", "") {
        @Override
        protected <N> N at(Numbers<N> n, N x, N y) {
            N unequal = n.select(n.less(y, x), n.of(1), n.select(n.less(x, y), n.of(0), n.of(Double.NaN)));
            return n.select(n.equal(x, y), n.of(0.5), unequal);
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Extremes() {}

    /** Whether a tie goes to the first operand alone. */
    private static boolean first(Algebra<?> a) {
        return a.conventions() == Conventions.TENSORFLOW || a.conventions() == Conventions.IEEE;
    }

    /** Whether several elements are the greatest, or the least. */
    static boolean tied(boolean greatest, double[] lane) {
        double extreme = greatest ? Arrays.stream(lane).max().orElse(0) : Arrays.stream(lane).min().orElse(0);
        return Arrays.stream(lane).filter(element -> element == extreme).count() > 1;
    }

    /** The greater of two numbers; NaN if one is NaN. */
    static <N> N greater(Numbers<N> n, N x, N y) {
        return n.select(n.isNaN(y), y, n.select(n.less(x, y), y, x));
    }

    /** The less of two numbers; NaN if one is NaN. */
    static <N> N lesser(Numbers<N> n, N x, N y) {
        return n.select(n.isNaN(y), y, n.select(n.less(y, x), y, x));
    }

    /** Two operands or one: element by element, or a reduction. */
    private abstract static class Chooser extends Entry {
        Chooser(String name, String summary) {
            super(name, summary, new Signature(List.of("x", "y"), 1, 2, List.of()).with("axis", "none"),
                    Sample.of(1.5, -2),
                    Sample.of(0, 3), Sample.of(Tensor.vector(1, 2, 3), Tensor.vector(4, -5, 6)),
                    Sample.of(Tensor.vector(1, 2, 3), Tensor.scalar(2.5)), Sample.of(-1.5),
                    Sample.of(Tensor.vector(0.5, -2, 3, 0.25)), Sample.of(Sample.random(1, -2, 2, 3, 4)),
                    Sample.of(Sample.random(1, -2, 2, 3, 4)).with("axis", 0),
                    Sample.of(Sample.random(2, -2, 2, 2, 3, 2)).with("axis", 1));
        }

        abstract Op ofTwo();

        abstract Op along(int axis);

        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            if (operands.size() == 2) {
                if (attributes.has("axis")) {
                    throw new ShapeException(name() + " of two operands works element by element and has no axis; "
                            + "for an axis of each: " + name() + "(" + name() + "(x, axis=...), " + name()
                            + "(y, axis=...))");
                }
                return ofTwo().of(a, Broadcasting.align(a, name(), operands));
            }
            return along(Axis.given(name(), attributes, a.shape(operands.get(0)))).of(a, operands);
        }

        @Override
        public List<Edge> edges() {
            List<Edge> edges = new ArrayList<>(ofTwo().edges());
            edges.addAll(along(Axis.ALL).edges());
            return edges;
        }
    }

    /** The greatest or least along an axis or of all elements. */
    record Extreme(boolean greatest, int axis) implements Reducing {
        @Override
        public String symbol() {
            return greatest ? "max" : "min";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            List<Shape> shapes = Reducing.super.shapes(operands);
            if (Axis.of(operands.get(0), axis).extent() == 0) {
                throw new ShapeException(symbol() + " needs at least one element, got the shape " + operands.get(0));
            }
            return shapes;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N extreme = x.get(0).get(lanes.at(o, 0, i));
                    for (int k = 1; k < lanes.extent(); k++) {
                        N next = x.get(0).get(lanes.at(o, k, i));
                        extreme = greatest ? greater(n, extreme, next) : lesser(n, extreme, next);
                    }
                    y.get(0).set(o * lanes.inner() + i, extreme);
                }
            }
        }

        @Override
        public List<Edge> edges() {
            return List.of(Edge.of(Edge.Kind.TIE, "k elements are equal and selected",
                    x -> Axis.firstLane(x.get(0), axis, lane -> tied(greatest, lane)), "slope 1/k each")
                    .in(Conventions.IEEE, "slope 1 each"));
        }

        @Override
        public <V> V weights(Algebra<V> a, V x) {
            if (a.conventions() == Conventions.IEEE) {
                return Logic.EQUAL.of(a, x, Reduction.spread(a, of(a, x), axis, a.shape(x)));
            }
            return new Share(axis).of(a, greatest ? x : Arithmetic.NEGATE.of(a, x));
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.extreme(Axis.of(operands.get(0), axis), greatest);
        }

        @Override
        public long work(List<Shape> operands) {
            return operands.get(0).size();
        }
    }

    /** What each element contributes to the greatest of its lane. */
    private record Share(int axis) implements Op {
        @Override
        public String symbol() {
            return "share";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            Reducing.reduced(symbol(), operands, axis);
            return operands;
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N greatest = n.of(Double.NEGATIVE_INFINITY);
                    for (int k = 0; k < lanes.extent(); k++) {
                        greatest = greater(n, greatest, x.get(0).get(lanes.at(o, k, i)));
                    }
                    N ties = n.of(0);
                    for (int k = 0; k < lanes.extent(); k++) {
                        ties = n.add(ties, n.equal(x.get(0).get(lanes.at(o, k, i)), greatest));
                    }
                    for (int k = 0; k < lanes.extent(); k++) {
                        int at = lanes.at(o, k, i);
                        y.get(0).set(at, n.divide(n.equal(x.get(0).get(at), greatest), ties));
                    }
                }
            }
        }

        @Override
        public Rule rule(int operand) {
            return Rule.NONE;
        }

        @Override
        public Notation notation() {
            return Reducing.notation(symbol(), axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.share(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return 3L * operands.get(0).size();
        }
    }
}
