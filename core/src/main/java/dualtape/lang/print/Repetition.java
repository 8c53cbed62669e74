package dualtape.lang.print;

import dualtape.ir.Application;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import dualtape.op.Structure;

/**
 * Numbers that stand for tensors: an elementwise operation repeats a scalar to the shape of its other operands, so the
 * repetition need not be written where another operand has that shape.
 */
final class Repetition {
    private Repetition() {}

    /** Whether operands of an application that {@link #is repeat} a number may be written as the number. */
    static boolean clear(Application application) {
        return application.op() instanceof Pointwise
                && Written.operands(application).stream().anyMatch(operand -> !is(operand));
    }

    /** Whether a node is one number, repeated. */
    static boolean is(Node node) {
        return node.shape().rank() > 0 && (node instanceof Node.Constant constant && constant.value().isUniform()
                || number(node) != null);
    }

    /** The scalar that a node repeats, or null. */
    static Node number(Node node) {
        if (node instanceof Node.Result result && result.application().op() instanceof Structure.Broadcast) {
            Node operand = result.application().operands().get(0);
            return operand.shape().isScalar() ? operand : null;
        }
        return null;
    }
}
