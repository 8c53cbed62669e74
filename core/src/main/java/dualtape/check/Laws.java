package dualtape.check;

import dualtape.engine.Engine;
import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import dualtape.ir.ChainRule;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** The laws of calculus, and of an engine that looks at nothing but the graph. */
public final class Laws implements Law.Table {
    private static final double SAFETY = 8;
    private static final int MOST_COLUMNS = 24;

    /** For the {@link java.util.ServiceLoader}. */
    public Laws() {}

    @Override
    public List<Law> laws() {
        return List.of(
                law("adjoint identity", "<u, J v> = <u J, v>", Laws::adjoint),
                light(law("linearity", "J (v + 2 w) = J v + 2 J w", Laws::linear)),
                light(law("zero seed", "J 0 is exactly 0", Laws::zero)),
                law("Hessian symmetry", "<w, H v> = <v, H w>", Laws::symmetric),
                law("renaming", "other names of inputs change no bit",
                        (at, breaches) -> rebuilt(at, breaches, true, false)),
                law("reordering", "y + x for x + y changes no more than rounding", Laws::reordered),
                law("sharing", "common subexpressions written once change no more than rounding",
                        (at, breaches) -> rebuilt(at, breaches, false, true)));
    }

    interface Body {
        void look(Case at, List<Law.Breach> breaches);
    }

    /** A function at a point, an engine, and two directions. */
    static final class Case {
        final Engine engine;
        final Traced f;
        final Point at;
        final List<String> wrt;
        final Layout layout;
        final SplittableRandom random;
        final String law;

        Case(String law, Engine engine, Traced f, Point at, List<String> wrt, long seed) {
            this.law = law;
            this.engine = engine;
            this.f = f;
            this.at = at;
            this.wrt = wrt;
            this.random = new SplittableRandom(seed);
            Map<String, dualtape.ir.Shape> shapes = new LinkedHashMap<>();
            wrt.forEach(name -> shapes.put(name, f.graph().input(name).shape()));
            this.layout = new Layout(shapes);
        }

        double[] direction() {
            return Directions.random(random, layout, at);
        }

        Derivative along(Traced g, Operator operator, double[] v) {
            return Derivative.of(engine, g, at, Request.of(operator, wrt), Directions.of(layout, v, 0, v.length));
        }

        /** Bounds are dear: they are asked for only where numbers differ by more than a few ulps of their size. */
        void same(List<Law.Breach> breaches, String where, double left, double right, double size,
                DoubleSupplier bound) {
            if (left == right || Math.abs(left - right) <= 16 * Math.ulp(size) && !Double.isNaN(left - right)
                    || !Double.isFinite(left) || !Double.isFinite(right)) {
                return;
            }
            double most = SAFETY * bound.getAsDouble();
            if (!(Math.abs(left - right) <= most)) {
                breaches.add(new Law.Breach(law, where, left, right, most));
            }
        }
    }

    static Law law(String name, String summary, Body body) {
        return new Law() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String summary() {
                return summary;
            }

            @Override
            public List<Breach> breaches(Engine engine, Traced f, Point at, List<String> wrt, long seed) {
                List<Breach> breaches = new ArrayList<>();
                if (engine.exact() && !wrt.isEmpty()) {
                    body.look(new Case(name, engine, f, at, wrt, seed), breaches);
                }
                return breaches;
            }
        };
    }

    /** A law that asks for one derivative only, in several directions. */
    private static Law light(Law law) {
        return new Law() {
            @Override
            public String name() {
                return law.name();
            }

            @Override
            public String summary() {
                return law.summary();
            }

            @Override
            public boolean isHeavy() {
                return false;
            }

            @Override
            public List<Breach> breaches(Engine engine, Traced f, Point at, List<String> wrt, long seed) {
                return law.breaches(engine, f, at, wrt, seed);
            }
        };
    }

    private static void adjoint(Case at, List<Law.Breach> breaches) {
        double[] v = at.direction();
        Tensor u = Tensor.of(at.f.graph().output().shape(),
                at.random.doubles(at.f.graph().output().shape().size()).map(r -> Math.rint(64 * r) / 32 - 1).toArray());
        Derivative pushed = at.along(at.f, Operator.JVP, v);
        Derivative pulled = Derivative.of(at.engine, at.f, at.at, Request.of(Operator.VJP, at.wrt),
                Point.of(Selection.SEED, u));
        inner(at, breaches, pushed, u.toArray(), pulled, v);
    }

    /** Two inner products that should be the same. */
    private static void inner(Case at, List<Law.Breach> breaches, Derivative x, double[] u, Derivative y, double[] v) {
        double[] left = inner(x, u);
        double[] right = inner(y, v);
        at.same(breaches, "the inner products", left[0], right[0], Math.max(left[1], right[1]),
                () -> bound(x, u) + bound(y, v) + (u.length + v.length) * Math.ulp(Math.max(left[1], right[1])));
    }

    /** Σ derivative · weights and Σ |derivative · weights|. */
    private static double[] inner(Derivative derivative, double[] weights) {
        double[] sums = new double[2];
        for (int k = 0; k < weights.length; k++) {
            double product = weights[k] == 0 ? 0 : derivative.get(k) * weights[k];
            sums[0] += product;
            sums[1] += Math.abs(product);
        }
        return sums;
    }

    private static double bound(Derivative derivative, double[] weights) {
        double bound = 0;
        for (int k = 0; k < weights.length; k++) {
            bound += weights[k] == 0 ? 0 : derivative.bound(k) * Math.abs(weights[k]);
        }
        return bound;
    }

    private static void linear(Case at, List<Law.Breach> breaches) {
        double[] v = at.direction();
        double[] w = at.direction();
        double[] sum = new double[v.length];
        java.util.Arrays.setAll(sum, i -> v[i] + 2 * w[i]); // few digits, so exact
        Derivative byV = at.along(at.f, Operator.JVP, v);
        Derivative byW = at.along(at.f, Operator.JVP, w);
        Derivative bySum = at.along(at.f, Operator.JVP, sum);
        for (int i = 0; i < bySum.size(); i++) {
            double parts = byV.get(i) + 2 * byW.get(i);
            double size = Math.abs(byV.get(i)) + 2 * Math.abs(byW.get(i));
            int element = i;
            at.same(breaches, "element " + i, bySum.get(i), parts, size, () -> bySum.bound(element) + byV.bound(element)
                    + 2 * byW.bound(element) + 2 * Math.ulp(size));
        }
    }

    private static void zero(Case at, List<Law.Breach> breaches) {
        Derivative pushed = at.along(at.f, Operator.JVP, new double[at.layout.size()]);
        for (int i = 0; i < pushed.size(); i++) {
            if (pushed.get(i) != 0) {
                breaches.add(new Law.Breach(at.law, "element " + i, pushed.get(i), 0, 0));
            }
        }
    }

    private static void symmetric(Case at, List<Law.Breach> breaches) {
        if (at.layout.size() > MOST_COLUMNS) {
            return;
        }
        Traced scalar = at.f.graph().output().shape().size() == 1 ? at.f : SecondOrder.summed(at.f, at.random);
        double[] v = at.direction();
        double[] w = at.direction();
        inner(at, breaches, at.along(scalar, Operator.HVP, v), w, at.along(scalar, Operator.HVP, w), v);
    }

    /** The same graph built anew, under other names or with its common parts shared. */
    private static void rebuilt(Case at, List<Law.Breach> breaches, boolean renamed, boolean shared) {
        GraphBuilder builder = shared ? new GraphBuilder() : GraphBuilder.asWritten();
        compare(at, breaches, builder, renamed ? "renamed " : "", shared);
    }

    /** Sums with their operands in the other order. */
    private static void reordered(Case at, List<Law.Breach> breaches) {
        compare(at, breaches, new GraphBuilder() {
            @Override
            public List<Node> apply(Op op, List<Node> operands) {
                return super.apply(op, op == ChainRule.ADD ? List.of(operands.get(1), operands.get(0)) : operands);
            }
        }, "", true);
    }

    private static void compare(Case at, List<Law.Breach> breaches, GraphBuilder builder, String prefix,
            boolean rounding) {
        Graph graph = at.f.graph();
        List<Node> inputs = new ArrayList<>();
        Point there = Point.of();
        Point direction = Point.of();
        double[] v = at.direction();
        Point along = Directions.of(at.layout, v, 0, v.length);
        for (Node.Input input : graph.inputs()) {
            String name = prefix + input.name();
            inputs.add(builder.input(name, input.shape()));
            there = there.with(name, at.at.get(input.name()));
            direction = along.has(input.name()) ? direction.with(name, along.get(input.name())) : direction;
        }
        Graph other = builder.graph(graph.evaluate(builder, inputs).get(0));
        Derivative before = at.along(at.f, Operator.JVP, v);
        Derivative after = Derivative.of(at.engine, new Traced(at.f.source(), other, List.of()), there,
                Request.of(Operator.JVP, at.wrt.stream().map(name -> prefix + name).toList()), direction);
        for (int i = 0; i < before.size(); i++) {
            int element = i;
            at.same(breaches, "element " + i, before.get(i), after.get(i), rounding ? before.get(i) : 0,
                    () -> rounding ? before.bound(element) + after.bound(element) : 0);
        }
    }
}
