package dualtape.workload;

import static dualtape.workload.Tasks.fields;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/** {@code lse}: log Σ exp(x), computed from the greatest element on, so that nothing overflows or vanishes. */
public final class LogSumExp implements Workload {
    @Override
    public String name() {
        return "lse";
    }

    @Override
    public String summary() {
        return "log of the sum of exp(x[i])";
    }

    @Override
    public List<String> functions() {
        return PRIMAL_GRADIENT;
    }

    /** {@code x}: n numbers, one at least. */
    @Override
    public Problem problem(Datum input) {
        Tensor x = input.at("x").vector();
        return new Objective(functions(), x.size(), Point.of("x", x), List.of("x"), () -> graph(x.size()), Tasks::flat);
    }

    private static Graph graph(int n) {
        GraphBuilder b = GraphBuilder.asWritten();
        return b.graph(Nodes.call(b, "logsumexp", b.input("x", Shape.of(n))));
    }

    @Override
    public Object sample(long seed) {
        return fields("x", new Seeded(seed).tensor(-3, 2, 9));
    }
}
