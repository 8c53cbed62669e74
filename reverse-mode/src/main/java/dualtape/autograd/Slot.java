package dualtape.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the adjoint of one value accumulates: a result of a step, or a variable that was made by hand (a leaf). Identity matters.
 */
final class Slot {
    final Step step;
    final int index;
    final Variable leaf;
    private List<UnaryOperator<Variable>> hooks = List.of();

    /** Of a result of a step. */
    Slot(Step step, int index) {
        this.step = step;
        this.index = index;
        this.leaf = null;
    }

    /** Of a leaf. */
    Slot(Variable leaf) {
        this.step = null;
        this.index = 0;
        this.leaf = leaf;
    }

    void hook(UnaryOperator<Variable> hook) {
        List<UnaryOperator<Variable>> more = new ArrayList<>(hooks);
        more.add(hook);
        hooks = more;
    }

    /** The adjoint as the hooks leave it. */
    Variable hooked(Variable adjoint) {
        Variable now = adjoint;
        for (UnaryOperator<Variable> hook : hooks) {
            Variable next = hook.apply(now);
            if (next != null) {
                if (!next.shape().equals(now.shape())) {
                    throw new AutogradException("a hook gave an adjoint of shape " + next.shape() + " for one of shape "
                            + now.shape() + "; it may change the numbers, not the shape");
                }
                now = next;
            }
        }
        return now;
    }
}
