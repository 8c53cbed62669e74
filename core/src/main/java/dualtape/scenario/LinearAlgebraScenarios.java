package dualtape.scenario;

import java.util.List;

/** Functions of matrices: likelihoods, systems of equations, determinants. */
public final class LinearAlgebraScenarios implements Scenario.Table {
    private static final String KERNEL = """
            n = 4
            d = spread(x, axis=1, extent=n) - spread(x, axis=0, extent=n)
            K = s^2 * exp(-d^2 / (2 * l^2)) + diag(spread(v^2, extent=n))
            """;
    private static final String DATA = "x=[-1, 0.5, 1.25, 3]; y=[0.2, 1.1, 0.7, -0.4]; l=1.5; s=1.2; v=0.3";

    @Override
    public List<Scenario> scenarios() {
        return List.of(
                Scenario.of("matrix/gaussian-process",
                        "the log marginal likelihood of a Gaussian process, by logdet and solve",
                        "Rasmussen and Williams 2006, equation 2.30",
                        KERNEL + "-(dot(y, solve(K, y)) + logdet(K) + n * log(2 * pi)) / 2", DATA),
                Scenario.of("matrix/gaussian-cholesky", "the same by the Cholesky factor",
                        "Rasmussen and Williams 2006, algorithm 2.1",
                        KERNEL + "L = cholesky(K); a = triangular_solve(L, y)\n"
                                + "-dot(a, a) / 2 - sum(log(diag(L))) - n / 2 * log(2 * pi)",
                        DATA),
                Scenario.of("matrix/least-squares", "the squared residual of a linear fit, by normal equations",
                        "made here", "r = X @ solve(transpose(X) @ X, transpose(X) @ y) - y; dot(r, r)",
                        "X=[[1, 0.5], [1, -1], [1, 2], [1, 3.5]]; y=[1, 0.2, 2.5, 3]"),
                Scenario.of("matrix/product-solved", "solve(A, A x), which is x whatever A is", "made here",
                        "solve(A, A @ x)", "A=[[2, -1, 0.5], [0.25, 3, 1], [-1, 0.5, 1.5]]; x=[1, -2, 0.5]"),
                Scenario.of("matrix/singular-determinant",
                        "the determinant of a matrix of rank 2: its slope is the matrix of cofactors",
                        "where det(A) inv(A) is NaN", "det(A)", "A=[[4, 2, 8], [2, 1, 4], [1, 3, 2]]")
                        .expecting("A", "[[-10, 0, 5], [20, 0, -10], [0, 0, 0]]"));
    }
}
