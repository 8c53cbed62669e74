package dualtape.scenario;

import java.util.List;

/** Functions that the literature differentiates. */
public final class ClassicScenarios implements Scenario.Table {
    private static final String HELMHOLTZ = """
            n = 4
            bx = dot(b, x)
            s = 0
            for i in 0..n { s = s + x[i] * log(x[i] / (1 - bx)) }
            r * t * s - dot(x, A @ x) / (sqrt(8) * bx) * log((1 + (1 + sqrt(2)) * bx) / (1 + (1 - sqrt(2)) * bx))""";

    @Override
    public List<Scenario> scenarios() {
        return List.of(
                Scenario.of("classic/baydin", "log(x1) + x1 x2 - sin(x2)",
                        "Baydin, Pearlmutter, Radul, Siskind 2018, tables 2 and 3", "log(x1) + x1*x2 - sin(x2)",
                        "x1=2; x2=5")
                        .expecting("x1", "5.5"),
                Scenario.of("classic/speelpenning", "the product of all elements", "Speelpenning 1980", "prod(x)",
                        "x=[0.5, 1.5, -2, 0.25, 3]"),
                Scenario.of("classic/speelpenning-zero", "the product with a zero among the factors",
                        "Speelpenning 1980",
                        "prod(x)", "x=[2, 0, 3]").expecting("x", "[0, 6, 0]"),
                Scenario.of("classic/rosenbrock", "Rosenbrock's valley in 6 dimensions", "Rosenbrock 1960",
                        "sum(100 * (x[1:] - x[:-1]^2)^2 + (1 - x[:-1])^2)", "x=[-1.2, 1, 0.5, -0.3, 0.8, 1.1]"),
                Scenario.of("classic/rosenbrock-loop", "the same, element by element", "Rosenbrock 1960",
                        "s = 0; for i in 0..5 { s = s + 100 * (x[i+1] - x[i]^2)^2 + (1 - x[i])^2 }; s",
                        "x=[-1.2, 1, 0.5, -0.3, 0.8, 1.1]"),
                Scenario.of("classic/helmholtz", "the Helmholtz energy of a mixture of four gases",
                        "Griewank and Walther 2008, section 1", HELMHOLTZ,
                        "r=0.0821; t=300; x=[0.1, 0.2, 0.15, 0.05]; b=[0.02, 0.03, 0.01, 0.04];"
                                + "A=[[1, 0.5, 0.2, 0.1], [0.5, 2, 0.3, 0.2], [0.2, 0.3, 1.5, 0.4], [0.1, 0.2, 0.4, 1]]")
                        .by("x"),
                Scenario.of("classic/chain", "a chain of 1,000 links x <- x + 0.001 sin(x)", "made here",
                        "y = x; for i in 0..1000 { y = y + 0.001 * sin(y) }; y", "x=0.7"),
                Scenario.of("classic/wide-sum", "a sum of 200 terms", "made here", "sum(sin(x) * x)",
                        "x=" + numbers(200)),
                Scenario.of("classic/diamond", "x <- x + x, 60 times: 2^60 paths", "made here",
                        "y = x; for i in 0..60 { y = y + y }; y", "x=1").expecting("x", "1152921504606846976"),
                Scenario.of("classic/vector-map", "a map from three to three elements", "made here",
                        "[x[0] * x[1], sin(x[2]), exp(x[0]) + x[1] / x[2]]", "x=[0.5, 1.5, 2]"),
                Scenario.of("edge/infinite-slope", "sqrt(x) + y at x = 0", "an infinite slope beside a plain one",
                        "sqrt(x) + y",
                        "x=0; y=1").expecting("x", "inf").expecting("y", "1").atAnEdge(),
                Scenario.of("edge/square-at-zero", "x^2 + x^3 at 0", "powers at zero", "x^2 + x^3", "x=0")
                        .expecting("x", "0"),
                Scenario.of("edge/logsumexp", "logsumexp of thousands", "overflow", "logsumexp(x)",
                        "x=[1000, 1000, 999]"),
                Scenario.of("edge/softplus", "softplus and sigmoid far out", "overflow",
                        "softplus(800 * x) + sigmoid(-800 * x) + sigmoid(3 * x)", "x=1"));
    }

    private static String numbers(int count) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ").append((i * 37 % 101 - 50) / 25.0);
        }
        return text.append("]").toString();
    }
}
