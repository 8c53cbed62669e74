package dualtape.autograd;

import dualtape.ir.Op;
import dualtape.ir.Tensor;
import java.util.List;

/** Looks for the first number that is none. */
final class Anomaly {
    private Anomaly() {}

    static void forward(Op op, List<Variable> operands, List<Variable> results) {
        for (Variable result : results) {
            int bad = bad(result.value());
            if (bad >= 0 && operands.stream().allMatch(operand -> bad(operand.value()) < 0)) {
                StackTraceElement caller = Callers.line();
                throw new AutogradException("\"" + op.symbol() + "\""
                        + (caller == null ? "" : " at " + caller.getFileName() + ":" + caller.getLineNumber())
                        + " gave "
                        + result.value().at(bad) + at(result.value(), bad) + " of finite operands "
                        + operands.stream().map(Variable::toString).toList());
            }
        }
    }

    static void backward(Step step, int operand, Variable adjoint, Variable part) {
        int bad = bad(part.value());
        if (bad >= 0 && (adjoint == null || bad(adjoint.value()) < 0)) {
            throw new AutogradException("on the way back, " + step + " gave operand " + operand + " the adjoint "
                    + part.value().at(bad) + at(part.value(), bad) + ", of finite adjoints");
        }
    }

    private static String at(Tensor tensor, int element) {
        return tensor.size() == 1 ? "" : " (element " + element + ")";
    }

    private static int bad(Tensor tensor) {
        for (int k = 0; k < tensor.size(); k++) {
            if (!Double.isFinite(tensor.at(k))) {
                return k;
            }
        }
        return -1;
    }
}
