package dualtape.workload;

import static dualtape.workload.Tasks.fields;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * {@code llsq}: a polynomial of m coefficients through the sign function at n points, tᵢ = −1 + 2i/(n−1):
 * ½ Σᵢ (sign(tᵢ) − Σⱼ xⱼ tᵢʲ)². The powers of t depend on sizes alone and are a constant of the graph.
 */
public final class LeastSquares implements Workload {
    @Override
    public String name() {
        return "llsq";
    }

    @Override
    public String summary() {
        return "1/2 sum over i of (sign(t_i) - sum over j of x_j t_i^j)^2";
    }

    @Override
    public List<String> functions() {
        return PRIMAL_GRADIENT;
    }

    /** {@code x}: m coefficients; {@code n}: the number of points, two at least. */
    @Override
    public Problem problem(Datum input) {
        Tensor x = input.at("x").vector();
        int n = input.at("n").whole(2);
        int m = x.size();
        return new Objective(functions(), List.of(m, n), Point.of("x", x), List.of("x"), () -> graph(m, n),
                Tasks::flat);
    }

    private static Graph graph(int m, int n) {
        double[] powers = new double[Math.multiplyExact(m, n)];
        double[] signs = new double[n];
        for (int i = 0; i < n; i++) {
            double t = -1 + 2.0 * i / (n - 1);
            signs[i] = Math.signum(t);
            powers[i * m] = 1;
            for (int j = 1; j < m; j++) {
                powers[i * m + j] = powers[i * m + j - 1] * t;
            }
        }
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.of(m));
        Node values = Nodes.call(b, "@", b.constant(Tensor.wrap(Shape.of(n, m), powers)), x);
        Node residual = Nodes.sub(b, b.constant(Tensor.wrap(Shape.of(n), signs)), values);
        return b.graph(Nodes.mul(b, 0.5, Nodes.call(b, "dot", residual, residual)));
    }

    @Override
    public Object sample(long seed) {
        return fields("x", new Seeded(seed).tensor(-1, 1, 5), "n", 12);
    }
}
