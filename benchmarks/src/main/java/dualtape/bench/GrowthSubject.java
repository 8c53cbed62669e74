package dualtape.bench;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A function of a family made ready to time: its value, or its gradient by one engine, checked against another. */
final class GrowthSubject {
    private final Prepared prepared;
    private final Workspace primal;
    private final double[] x;
    private final double[] gradient;

    /** Prepares, and refuses to go on if the engine's gradient is not the other engine's. */
    GrowthSubject(Source source, String engine) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, Tensor> values = new LinkedHashMap<>();
        source.inputs().forEach(input -> values.put(input, Tensor.scalar(0.5 + random.nextDouble())));
        Point at = Point.of(values);
        Traced traced = source.trace(at);
        List<String> wrt = traced.graph().inputs().stream().map(Node.Input::name).toList();
        this.prepared = Engines.named(engine).prepare(traced, wrt, Operator.GRADIENT);
        this.x = prepared.inputs().flatten(at);
        this.gradient = new double[prepared.derivatives().size()];
        this.primal = Program.sharing(traced.rerolled()).workspace();
        for (int i = 0; i < wrt.size(); i++) {
            primal.bind(i, x, prepared.inputs().offset(i));
        }
        double[] other = new double[gradient.length];
        gradient();
        Engines.named(engine.equals("reverse") ? "forward" : "reverse").prepare(traced, wrt, Operator.GRADIENT)
                .valueAndGradient(x, other);
        Agreement agreement = Agreement.of(gradient, other);
        if (agreement.relative() > 1e-10) {
            throw new IllegalStateException(engine + " is wrong by " + agreement.relative() + ": nothing is timed");
        }
    }

    double primal() {
        primal.run();
        return primal.scalar(0);
    }

    double gradient() {
        return prepared.valueAndGradient(x, gradient);
    }
}
