package dualtape.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the adjoint of one value accumulates: a result of a step, or a variable that was made by hand (a leaf). Identity matters.
 * A way back keeps what it finds in the slots themselves; see {@link Backward}.
 */
class Slot {
    final Variable leaf;
    private final Step step;
    private List<UnaryOperator<Variable>> hooks = List.of();

    /** The way back that the adjoint belongs to; null between them. */
    Backward owner;
    /** The adjoint so far; null where none came. */
    Variable adjoint;
    /** Whether a variable of interest is led to. */
    boolean reaching;

    /** Of a step's further result, or of a step that is its own slot. */
    Slot(Step step) {
        this.step = step;
        this.leaf = null;
    }

    /** Of a leaf. */
    Slot(Variable leaf) {
        this.step = null;
        this.leaf = leaf;
    }

    /** The step that has this result; null of a leaf. */
    Step step() {
        return step;
    }

    void hook(UnaryOperator<Variable> hook) {
        List<UnaryOperator<Variable>> more = new ArrayList<>(hooks);
        more.add(hook);
        hooks = more;
    }

    /** The adjoint as the hooks leave it. */
    Variable hooked(Variable whole) {
        Variable now = whole;
        for (int i = 0; i < hooks.size(); i++) {
            Variable next = hooks.get(i).apply(now);
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
