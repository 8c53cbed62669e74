package dualtape.autograd;

import dualtape.ir.Algebra;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The algebra of variables: each operation runs at once and, where an operand wants a gradient, is recorded. */
final class Eager implements Algebra<Variable> {
    static final Eager INSTANCE = new Eager();

    private Eager() {}

    @Override
    public Shape shape(Variable value) {
        return value.shape();
    }

    @Override
    public Variable constant(Tensor tensor) {
        return new Variable(tensor);
    }

    @Override
    public Variable single(Op op, List<Variable> operands) {
        Context context = Context.current();
        if (op.whole() == null && op.results() == 1 && operands.size() <= 2 && context.tracer == null
                && !context.anomaly) {
            Variable x = operands.get(0);
            Variable y = operands.size() == 1 ? null : operands.get(1);
            if (x.isKnown() && (y == null || y.isKnown())) {
                return simple(op, x, y, context.recording);
            }
        }
        return apply(op, operands).get(0);
    }

    /** What most operations are, without what the others need. */
    private static Variable simple(Op op, Variable x, Variable y, boolean recording) {
        Variable result = new Variable(Tensors.INSTANCE.single(op,
                y == null ? List.of(x.value()) : List.of(x.value(), y.value())));
        if (recording && (x.slot() != null && op.rule(0) != Rule.NONE
                || y != null && y.slot() != null && op.rule(1) != Rule.NONE)) {
            result.record(new Step(op, x, y, result, null));
        }
        return result;
    }

    @Override
    public List<Variable> apply(Op op, List<Variable> operands) {
        Context context = Context.current();
        Tracer tracer = context.tracer;
        boolean[] varying = new boolean[operands.size()];
        boolean any = false;
        boolean known = true;
        for (int i = 0; i < varying.length; i++) {
            Variable operand = operands.get(i);
            varying[i] = operand.slot() != null;
            any |= varying[i];
            known &= operand.isKnown();
            tracer = tracer == null && !operand.isKnown() ? operand.tracer() : tracer;
        }
        boolean[] active = any && context.recording && known ? op.active(varying) : null;
        boolean record = false;
        for (int j = 0; active != null && j < active.length; j++) {
            record |= active[j];
        }
        Op run = record && op.whole() != null ? op.whole().recording() : op;
        List<Variable> results = known ? run(run, operands) : unknown(op, operands);
        if (tracer != null) {
            List<Node> nodes = tracer.apply(op, operands);
            for (int j = 0; j < nodes.size(); j++) {
                results.get(j).trace(tracer, nodes.get(j));
            }
        }
        if (context.anomaly && known) {
            Anomaly.forward(op, operands, results);
        }
        if (record) {
            Step step = new Step(op, operands, active, results, context.anomaly ? Callers.line() : null);
            for (int j = 0; j < active.length; j++) {
                results.get(j).record(step.result(j));
            }
        }
        return results.size() == op.results() ? results : results.subList(0, op.results());
    }

    private static List<Variable> run(Op op, List<Variable> operands) {
        List<Tensor> values = new ArrayList<>(operands.size());
        for (Variable operand : operands) {
            values.add(operand.value());
        }
        List<Variable> results = new ArrayList<>();
        for (Tensor value : Tensors.INSTANCE.apply(op, values)) {
            results.add(new Variable(value));
        }
        return results;
    }

    private static List<Variable> unknown(Op op, List<Variable> operands) {
        List<Variable> results = new ArrayList<>();
        for (Shape shape : op.shapes(operands.stream().map(Variable::shape).toList())) {
            results.add(new Variable(shape));
        }
        return results;
    }
}
