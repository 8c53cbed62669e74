package dualtape.bench;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.lang.Language;
import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.List;

/** Rows of {@link Limits} in which scalars depend on scalars: chains, Rosenbrock's function, Speelpenning's product. */
final class ChainLimits {
    private ChainLimits() {}

    static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }

    static Graph parsed(String text, Object... point) {
        return Language.parse(text).trace(Point.of(point)).graph();
    }

    /** x ← 1.01 sin x + 0.1 x, n times, as a scan. */
    record Sine(int n, Graph graph, double[] tape) implements LimitRow {
        Sine(int n) {
            this(n, build(n), new double[n]);
        }

        private static Graph build(int n) {
            GraphBuilder builder = GraphBuilder.asWritten();
            Node x = builder.input("x", Shape.SCALAR);
            return builder.graph(Control.scan(builder, List.of(x), List.of(), n, false, (b, carry, slices) -> {
                Node wave = call(b, "*", b.scalar(1.01), call(b, "sin", carry.get(0)));
                Node next = call(b, "+", wave, call(b, "*", b.scalar(0.1), carry.get(0)));
                return new Trip(List.of(next), List.of(), List.of());
            }).carries().get(0));
        }

        @Override
        public String name() {
            return "sine-" + n;
        }

        @Override
        public List<String> wrt() {
            return List.of("x");
        }

        @Override
        public double primal(double[] x) {
            double y = x[0];
            for (int i = 0; i < n; i++) {
                y = 1.01 * Math.sin(y) + 0.1 * y;
            }
            return y;
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            double y = x[0];
            for (int i = 0; i < n; i++) {
                tape[i] = y;
                y = 1.01 * Math.sin(y) + 0.1 * y;
            }
            double by = 1;
            for (int i = n - 1; i >= 0; i--) {
                by *= 1.01 * Math.cos(tape[i]) + 0.1;
            }
            gradient[0] = by;
            return y;
        }
    }

    /** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)². */
    record Rosenbrock(int n, boolean slices, Graph graph, List<String> wrt) implements LimitRow {
        static Rosenbrock bySlices(int n) {
            return new Rosenbrock(n, true,
                    parsed("a = x[:-1]; b = x[1:]; sum(100 * (b - a^2)^2 + (1 - a)^2)", "x", new double[n]),
                    List.of("x"));
        }

        static Rosenbrock scalars(int n) {
            GraphBuilder b = GraphBuilder.asWritten();
            List<String> names = new ArrayList<>();
            Node sum = null;
            Node x = null;
            for (int i = 0; i < n; i++) {
                names.add("x" + i);
                Node next = b.input("x" + i, Shape.SCALAR);
                if (x != null) {
                    Node bend = call(b, "-", next, call(b, "*", x, x));
                    Node rest = call(b, "-", b.scalar(1), x);
                    Node term = call(b, "+", call(b, "*", b.scalar(100), call(b, "*", bend, bend)),
                            call(b, "*", rest, rest));
                    sum = sum == null ? term : call(b, "+", sum, term);
                }
                x = next;
            }
            return new Rosenbrock(n, false, b.graph(sum), names);
        }

        @Override
        public String name() {
            return "rosenbrock-" + (slices ? "slices-" : "scalars-") + n;
        }

        @Override
        public double primal(double[] x) {
            double sum = 0;
            for (int i = 0; i + 1 < n; i++) {
                double bend = x[i + 1] - x[i] * x[i];
                double rest = 1 - x[i];
                sum += 100 * bend * bend + rest * rest;
            }
            return sum;
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            double sum = 0;
            gradient[0] = 0;
            for (int i = 0; i + 1 < n; i++) {
                double bend = x[i + 1] - x[i] * x[i];
                double rest = 1 - x[i];
                sum += 100 * bend * bend + rest * rest;
                gradient[i] += -400 * bend * x[i] - 2 * rest;
                gradient[i + 1] = 200 * bend;
            }
            return sum;
        }
    }

    /** Π xᵢ: the derivatives by hand are prefix products times suffix products. */
    record Speelpenning(int n, Graph graph) implements LimitRow {
        Speelpenning(int n) {
            this(n, parsed("prod(x)", "x", new double[n]));
        }

        @Override
        public String name() {
            return "speelpenning-" + n;
        }

        @Override
        public List<String> wrt() {
            return List.of("x");
        }

        @Override
        public double[] point() {
            double[] x = LimitRow.super.point();
            for (int i = 0; i < n; i++) {
                x[i] = 1 + x[i] / n;
            }
            return x;
        }

        @Override
        public double primal(double[] x) {
            double product = 1;
            for (int i = 0; i < n; i++) {
                product *= x[i];
            }
            return product;
        }

        @Override
        public double gradient(double[] x, double[] gradient) {
            double before = 1;
            for (int i = 0; i < n; i++) {
                gradient[i] = before;
                before *= x[i];
            }
            double after = 1;
            for (int i = n - 1; i >= 0; i--) {
                gradient[i] *= after;
                after *= x[i];
            }
            return before;
        }
    }
}
