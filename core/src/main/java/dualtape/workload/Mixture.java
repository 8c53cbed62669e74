package dualtape.workload;

import static dualtape.workload.Nodes.add;
import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.exp;
import static dualtape.workload.Nodes.log;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.square;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Nodes.sum;
import static dualtape.workload.Tasks.fields;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code gmm}: the posterior log-likelihood of a mixture of k Gaussians in d dimensions at n points, with a Wishart prior.
 * Component k has the weight exp(αₖ), the mean μₖ and the inverse covariance QₖᵀQₖ, where Qₖ is lower triangular with
 * exp(qₖ) on its diagonal and lₖ below it, column by column.
 *
 * <p>Qₖ(xᵢ − μₖ) is written as Qₖxᵢ − Qₖμₖ, so that one product of matrices serves all points and components.
 */
public final class Mixture implements Workload {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);

    private record Sizes(int d, int k, int n) {
        int below() {
            return d * (d - 1) / 2;
        }
    }

    @Override
    public String name() {
        return "gmm";
    }

    @Override
    public String summary() {
        return "log-likelihood of a Gaussian mixture with a Wishart prior";
    }

    @Override
    public String provenance() {
        return ADBENCH;
    }

    @Override
    public List<String> functions() {
        return OBJECTIVE_JACOBIAN;
    }

    /**
     * {@code d, k, n}; the points {@code x[n][d]}; the prior's {@code m} and {@code gamma} &gt; 0; {@code alpha[k]},
     * {@code mu[k][d]}, {@code q[k][d]}, {@code l[k][d(d−1)/2]}.
     */
    @Override
    public Problem problem(Datum input) {
        Sizes sizes = new Sizes(input.at("d").whole(1), input.at("k").whole(1), input.at("n").whole(1));
        int d = sizes.d();
        int k = sizes.k();
        Point point = Point.of("x", input.at("x").tensor(sizes.n(), d), "m", (double) input.at("m").whole(0), "gamma",
                input.at("gamma").number(), "alpha", input.at("alpha").tensor(k), "mu", input.at("mu").tensor(k, d),
                "q", input.at("q").tensor(k, d), "l", input.at("l").tensor(k, sizes.below()));
        return new Objective(functions(), sizes, point, List.of("alpha", "mu", "q", "l"), () -> graph(sizes),
                Tasks::byName);
    }

    private static Graph graph(Sizes sizes) {
        int d = sizes.d();
        int k = sizes.k();
        int n = sizes.n();
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.of(n, d));
        Node m = b.input("m", Shape.SCALAR);
        Node gamma = b.input("gamma", Shape.SCALAR);
        Node alpha = b.input("alpha", Shape.of(k));
        Node mu = b.input("mu", Shape.of(k, d));
        Node q = b.input("q", Shape.of(k, d));
        Node l = b.input("l", Shape.of(k, sizes.below()));
        Node matrices = matrices(b, sizes, q, l);
        Node centres = reshape(b, sum(b, mul(b, matrices, reshape(b, mu, k, 1, d)), 2), k * d);
        Node both = beside(b, reshape(b, matrices, k * d, d), call(b, "neg", reshape(b, centres, k * d, 1)));
        Node turned = call(b, "@", beside(b, x, b.fill(1, Shape.of(n, 1))), call(b, "transpose", both));
        Node squares = sum(b, square(b, reshape(b, turned, n, k, d)), 2);
        Node logDeterminants = sum(b, q, 1);
        Node terms = sub(b, add(b, alpha, logDeterminants), mul(b, 0.5, squares));
        Node likelihood = sub(b, sum(b, call(b, "logsumexp", Map.of("axis", 1.0), terms)),
                mul(b, n, call(b, "logsumexp", alpha)));
        Node scale = mul(b, 0.5, square(b, gamma));
        Node norms = add(b, sum(b, exp(b, mul(b, 2, q))), sum(b, square(b, l)));
        Node prior = sub(b, mul(b, scale, norms), mul(b, m, sum(b, q)));
        Node constant = sub(b, mul(b, k, wishart(b, d, m, gamma)), b.scalar(n * (d / 2.0) * LOG_2_PI));
        return b.graph(add(b, sub(b, likelihood, prior), constant));
    }

    private static Node beside(GraphBuilder b, Node x, Node y) {
        return call(b, "concat", Map.of("axis", 1.0), x, y);
    }

    /** Qₖ of all components, k×d×d. */
    private static Node matrices(GraphBuilder b, Sizes sizes, Node q, Node l) {
        int d = sizes.d();
        double[] unit = new double[d * d];
        double[] places = new double[d * d];
        Arrays.fill(places, sizes.below());
        int next = 0;
        for (int column = 0; column < d; column++) {
            unit[column * d + column] = 1;
            for (int row = column + 1; row < d; row++) {
                places[row * d + column] = next++;
            }
        }
        Node diagonal = mul(b, reshape(b, exp(b, q), sizes.k(), d, 1), b.constant(Tensor.wrap(Shape.of(d, d), unit)));
        return d == 1 ? diagonal : add(b, diagonal, Nodes.gather(b, l, 1, Tensor.wrap(Shape.of(d, d), places)));
    }

    /** C = N d (log γ − ½ log 2) − log Γ_d(N/2), N = d + m + 1, with the multivariate Γ_d. */
    private static Node wishart(GraphBuilder b, int d, Node m, Node gamma) {
        Node freedom = add(b, m, b.scalar(d + 1));
        double[] shifts = new double[d];
        Arrays.setAll(shifts, j -> -j / 2.0);
        Node gammas = sum(b, call(b, "lgamma", add(b, mul(b, 0.5, freedom), b.constant(Tensor.vector(shifts)))));
        Node logGamma = add(b, gammas, b.scalar(d * (d - 1) / 4.0 * Math.log(Math.PI)));
        Node scaled = mul(b, mul(b, d, freedom), sub(b, log(b, gamma), b.scalar(0.5 * Math.log(2))));
        return sub(b, scaled, logGamma);
    }

    @Override
    public Object sample(long seed) {
        Seeded random = new Seeded(seed);
        return fields("d", 3, "k", 2, "n", 4, "x", random.tensor(0, 1, 4, 3), "m", 0, "gamma", 1.0, "alpha",
                random.tensor(-1, 1, 2), "mu", random.tensor(0, 1, 2, 3), "q", random.tensor(-1, 1, 2, 3), "l",
                random.tensor(-1, 1, 2, 3));
    }
}
