package dualtape.scenario;

import java.util.List;

/** The examples of the lecture on the chain rule and automatic differentiation. */
public final class LectureScenarios implements Scenario.Table {
    private static final String FROM = "the lecture";
    private static final String LOOP = "b = a * 2; while norm(b) < 1000 { b = b * 2 }; if sum(b) > 0 { c = b } else { c = 100 * b }; c";

    @Override
    public List<Scenario> scenarios() {
        return List.of(
                Scenario.of("lecture/regression", "(<x,w> - y)^2 in the lecture's steps", FROM,
                        "a = dot(x, w); b = a - y; z = b^2", "x=[1, 2, 3]; w=[0.5, -1, 2]; y=2")
                        .expecting("w", "[5, 10, 15]").expecting("x", "[2.5, -5, 10]").expecting("y", "-5"),
                Scenario.of("lecture/least-squares", "||Xw - y||^2 in the lecture's steps", FROM,
                        "a = X @ w; b = a - y; z = norm(b)^2", "X=[[1, 2], [3, 4], [5, 6]]; w=[1, 1]; y=[1, 2, 3]")
                        .expecting("w", "[114, 144]"),
                Scenario.of("lecture/square", "2 <x,x>: the gradient is 4x", FROM, "2 * dot(x, x)", "x=[0, 1, 2, 3]")
                        .expecting("x", "[0, 4, 8, 12]"),
                Scenario.of("lecture/sum", "the sum: the gradient is 1", FROM, "sum(x)", "x=[0, 1, 2, 3]")
                        .expecting("x", "[1, 1, 1, 1]"),
                Scenario.of("lecture/sum-of-squares", "the sum of x·x: the gradient is 2x", FROM, "y = x * x; sum(y)",
                        "x=[0, 1, 2, 3]").expecting("x", "[0, 2, 4, 6]"),
                Scenario.of("lecture/detach", "u·x with u = x² taken out of the graph: the gradient is u", FROM,
                        "y = x * x; u = detach(y); z = u * x; sum(z)", "x=[0, 1, 2, 3]").expecting("x", "[0, 1, 4, 9]")
                        .atAnEdge(),
                Scenario.of("lecture/control-flow", "a while and an if, a above zero", FROM, LOOP, "a=0.75")
                        .expecting("a", "2048"),
                Scenario.of("lecture/control-flow-negative", "a while and an if, a below zero", FROM, LOOP, "a=-0.75")
                        .expecting("a", "204800"),
                Scenario.of("lecture/polynomial", "4x³ + x² + 3: the derivative is 2x + 12x²", FROM, "4*x^3 + x^2 + 3",
                        "x=1.5")
                        .expecting("x", "30"));
    }
}
