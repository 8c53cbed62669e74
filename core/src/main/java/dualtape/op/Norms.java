package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Kernel;
import dualtape.ir.Notation;
import dualtape.ir.Numbers;
import dualtape.ir.Numerals;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Lengths of vectors, and how far the elements of a sample spread. At zero the slope is 0, the least of the subgradients. */
public final class Norms implements Operations.Table {
    private static final Sample VECTOR = Sample.of(Tensor.vector(0.5, -2, 3, 0.25));
    private static final Sample MATRIX = Sample.of(Sample.random(1, -2, 2, 3, 4));
    private static final Sample CUBE = Sample.of(Sample.random(2, -2, 2, 2, 3, 2));
    private static final Sample LONG = Sample.of(Sample.random(3, -2, 2, 70));

    /**
     * (Σ|x|ᵖ)^(1/p), p = ord ≥ 1, of all elements or along an axis: 1 sums the absolute values, 2 is the length, inf the
     * greatest absolute value. Scaled so that nothing overflows or underflows. The elements of a matrix count as those of
     * one vector: for ord = 2 that is the Frobenius norm.
     */
    public static final Operation NORM = new Entry("norm", "(Σ|x|^ord)^(1/ord), of all elements or along an axis",
            Signature.of("x").with("ord", "2").with("axis", "none"), Sample.of(-1.5), VECTOR, LONG, MATRIX, CUBE,
            VECTOR.with("axis", 0), MATRIX.with("axis", 0), MATRIX.with("axis", -1), CUBE.with("axis", 1),
            VECTOR.with("ord", 1), MATRIX.with("ord", 1).with("axis", 0), VECTOR.with("ord", Double.POSITIVE_INFINITY),
            CUBE.with("ord", Double.POSITIVE_INFINITY).with("axis", 1), Sample.of(-1.5).with("ord", 3),
            VECTOR.with("ord", 3), LONG.with("ord", 1.5), VECTOR.with("ord", 6),
            MATRIX.with("ord", 4).with("axis", 0)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int axis = Axis.given(name(), attributes, a.shape(operands.get(0)));
            double order = attributes.number("ord");
            if (!(order >= 1)) {
                throw new IllegalArgumentException("norm: ord must be 1 or more, or inf, got "
                        + Numerals.literal(order));
            } else if (order == 2) {
                return new Norm(axis).of(a, operands);
            } else if (order > 1 && order < Double.POSITIVE_INFINITY) {
                return new PNorm(axis, order).of(a, operands);
            }
            V size = Piecewise.ABS.of(a, operands);
            return order == 1 ? Reduction.sum(a, size, axis) : new Extremes.Extreme(true, axis).of(a, size);
        }

        @Override
        public List<Edge> edges() {
            List<Edge> edges = new ArrayList<>(ends(Axis.ALL));
            edges.add(Edge.of(Edge.Kind.KINK, "an element 0, for ord = 1",
                    x -> Axis.firstLane(x.get(0), Axis.ALL, lane -> Arrays.stream(lane).anyMatch(e -> e == 0)),
                    "slope 0 there").in(Conventions.JAX, "slope 1 there").in(Conventions.IEEE, "slope NaN there"));
            edges.add(Edge.of(Edge.Kind.TIE, "k elements are greatest in size, for ord = inf",
                    x -> Axis.firstLane(x.get(0), Axis.ALL,
                            lane -> Extremes.tied(true, Arrays.stream(lane).map(Math::abs).toArray())),
                    "slope ±1/k each")
                    .in(Conventions.IEEE, "slope ±1 each"));
            return edges;
        }
    };

    /** The mean of (x − mean)²: divided by n, not n − 1. */
    public static final Operation VAR = new Entry("var", "the mean of (x - mean)^2, of all elements or along an axis",
            Signature.of("x").with("axis", "none"), Sample.of(-1.5), VECTOR, LONG, MATRIX, VECTOR.with("axis", 0),
            MATRIX.with("axis", 0), CUBE.with("axis", 1)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            int axis = Axis.given(name(), attributes, a.shape(operands.get(0)));
            return Reduction.mean(a, Arithmetic.SQUARE.of(a, centred(a, operands.get(0), axis)), axis);
        }
    };

    /** √var, as norm(x − mean) / √n: nothing overflows, and where all elements are equal the slope is 0. */
    public static final Operation STD = new Entry("std", "sqrt(var(x)), of all elements or along an axis",
            Signature.of("x").with("axis", "none"), VECTOR, LONG, MATRIX, VECTOR.with("axis", 0),
            MATRIX.with("axis", 0), CUBE.with("axis", 1)) {
        @Override
        public <V> V call(Algebra<V> a, List<V> operands, Attributes attributes) {
            Shape shape = a.shape(operands.get(0));
            int axis = Axis.given(name(), attributes, shape);
            V norm = new Norm(axis).of(a, centred(a, operands.get(0), axis));
            double root = Math.sqrt(Axis.of(shape, axis).extent());
            return Arithmetic.DIVIDE.of(a, norm, a.fill(root, a.shape(norm)));
        }

        @Override
        public List<Edge> edges() {
            return List.of(undefined(Axis.ALL, "all elements equal",
                    lane -> Arrays.stream(lane).allMatch(e -> e == lane[0])));
        }
    };

    /** For the {@link java.util.ServiceLoader}. */
    public Norms() {}

    private static <V> V centred(Algebra<V> a, V x, int axis) {
        return Arithmetic.SUBTRACT.of(a, x, Reduction.spread(a, Reduction.mean(a, x, axis), axis, a.shape(x)));
    }

    /** x over its norm; 0 over 0 is 0 in the profile of the least norm, else NaN. */
    private static <V> V ratio(Algebra<V> a, V x, V norm, int axis) {
        Binary quotient = a.conventions() == Conventions.MINNORM ? Arithmetic.RATIO : Arithmetic.DIVIDE;
        return quotient.of(a, x, Reduction.spread(a, norm, axis, a.shape(x)));
    }

    private static List<Edge> ends(int axis) {
        return List.of(undefined(axis, "all elements 0", lane -> Arrays.stream(lane).allMatch(e -> e == 0)),
                Edge.of(Edge.Kind.POLE, "an element infinite",
                        x -> Axis.firstLane(x.get(0), axis, lane -> Arrays.stream(lane).anyMatch(Double::isInfinite)),
                        "value ∞, NaN if another is NaN; slope NaN there"));
    }

    /** A kink where slopes are 0 / 0. */
    private static Edge undefined(int axis, String where, Predicate<double[]> lane) {
        return Edge.of(Edge.Kind.KINK, where, x -> Axis.firstLane(x.get(0), axis, lane), "slope 0")
                .in(Conventions.JAX, "slope NaN").in(Conventions.TENSORFLOW, "slope NaN")
                .in(Conventions.IEEE, "slope NaN");
    }

    /** The largest |x| of a lane. */
    private static <N> N largest(Numbers<N> n, Array<N> x, Axis lanes, int o, int i) {
        N largest = n.of(0);
        for (int k = 0; k < lanes.extent(); k++) {
            largest = Extremes.greater(n, largest, n.abs(x.get(lanes.at(o, k, i))));
        }
        return largest;
    }

    /** The norm that was computed with elements divided by the largest; the largest where that is 0, ∞ or NaN. */
    private static <N> N unscaled(Numbers<N> n, N largest, N norm) {
        N finite = n.equal(n.subtract(largest, largest), n.of(0));
        return n.ifZero(largest, n.of(0), n.select(finite, n.multiply(largest, norm), largest));
    }

    /** √Σx² along an axis or over all elements. */
    record Norm(int axis) implements Reducing {
        @Override
        public String symbol() {
            return "norm";
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    N largest = largest(n, x.get(0), lanes, o, i);
                    N sum = n.of(0);
                    for (int k = 0; k < lanes.extent(); k++) {
                        N ratio = n.divide(x.get(0).get(lanes.at(o, k, i)), n.ifZero(largest, n.of(1), largest));
                        sum = n.multiplyAdd(ratio, ratio, sum);
                    }
                    y.get(0).set(o * lanes.inner() + i, unscaled(n, largest, n.sqrt(sum)));
                }
            }
        }

        @Override
        public <V> V weights(Algebra<V> a, V x) {
            return ratio(a, x, of(a, x), axis);
        }

        @Override
        public List<Edge> edges() {
            return ends(axis);
        }

        @Override
        public Notation notation() {
            return axis == Axis.ALL
                    ? new Notation("norm({0})", "\\left\\|{0}\\right\\|", Notation.ATOM, List.of(Notation.LOOSE))
                    : Notation.call(symbol(), "axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.norm(Axis.of(operands.get(0), axis));
        }

        @Override
        public long work(List<Shape> operands) {
            return 3L * operands.get(0).size();
        }
    }

    /**
     * (Σ|x|ᵖ)^(1/p) along an axis or over all elements, 1 &lt; p &lt; ∞. Its weights are r |r|ᵖ⁻² with r = x / ‖x‖: written so,
     * the second derivative at an element 0 is right too (∞ for p &lt; 2).
     */
    private record PNorm(int axis, double p) implements Reducing {
        @Override
        public String symbol() {
            return "norm";
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            Axis lanes = Axis.of(x.get(0).shape(), axis);
            for (int o = 0; o < lanes.outer(); o++) {
                for (int i = 0; i < lanes.inner(); i++) {
                    int first = lanes.at(o, 0, i);
                    N largest = largest(n, x.get(0), lanes, o, i);
                    N scale = n.ifZero(largest, n.of(1), largest);
                    N sum = Sums.of(n, lanes.extent(), (partial, k) -> n.add(partial,
                            n.pow(n.divide(n.abs(x.get(0).get(first + k * lanes.inner())), scale), n.of(p))));
                    N root = n.pow(sum, n.divide(n.of(1), n.of(p)));
                    y.get(0).set(o * lanes.inner() + i, unscaled(n, largest, root));
                }
            }
        }

        @Override
        public <V> V weights(Algebra<V> a, V x) {
            V ratio = ratio(a, x, of(a, x), axis);
            V power = Arithmetic.POWER.of(a, Piecewise.ABS.of(a, ratio), a.fill(p - 2, a.shape(x)));
            return a.scale(power, ratio);
        }

        @Override
        public List<Edge> edges() {
            return ends(axis);
        }

        @Override
        public Notation notation() {
            String order = Numerals.literal(p);
            return axis == Axis.ALL
                    ? new Notation("norm({0}, ord=" + order + ")", "\\left\\|{0}\\right\\|_{" + order + "}",
                            Notation.ATOM, List.of(Notation.LOOSE))
                    : Notation.call(symbol(), "ord=" + order + ", axis=" + axis);
        }

        @Override
        public Kernel kernel(List<Shape> operands) {
            return Reductions.pNorm(Axis.of(operands.get(0), axis), p);
        }

        @Override
        public long work(List<Shape> operands) {
            return 5L * operands.get(0).size();
        }
    }
}
