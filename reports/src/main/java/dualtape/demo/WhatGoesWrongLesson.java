package dualtape.demo;

import dualtape.autograd.Autograd;
import dualtape.autograd.AutogradException;
import dualtape.autograd.Scope;
import dualtape.autograd.Variable;
import java.util.List;

/** Mistakes that are easily made, and what keeps from them. */
@SuppressWarnings("try") // scopes only end
final class WhatGoesWrongLesson implements Lesson {
    @Override
    public String title() {
        return "What goes wrong";
    }

    @Override
    public void teach(Board board) {
        board.say("1. Forgetting to zero: two steps of the same loss give twice the gradient.");
        Variable x = Variable.of(3.0).requiresGrad();
        x.times(x).backward();
        x.times(x).backward();
        board.show("x^2 at 3, backward twice: x.grad()", x.grad());
        board.head("2. A diamond: y is used twice, and may only be gone through once its adjoint is whole.");
        x.zeroGrad();
        Variable y = x.times(x);
        y.times(y).plus(y).backward();
        board.show("y = x^2, z = y^2 + y: 4 x^3 + 2 x", x.grad());
        board.head("3. Changing a value in place that the way back needs:");
        Variable e = x.exp();
        Variable z = e.times(e);
        try (Scope scope = Autograd.noGrad()) {
            e.assign(Variable.of(1.0));
        }
        refused(board, z::backward);
        board.head("4. Going back twice:");
        Variable once = x.times(x);
        once.backward();
        refused(board, once::backward);
        board.head("5. Confusing perturbations: d/dx [x d/dy (x + y)] is 1, not 2.");
        Variable a = Variable.of(3.0).requiresGrad();
        Variable b = Variable.of(4.0).requiresGrad();
        Variable inner = Autograd.grad(a.plus(b), List.of(b), true).get(0);
        board.show("the inner derivative", inner);
        board.show("the outer derivative", Autograd.grad(a.times(inner), List.of(a), false).get(0));
        board.head("6. A number that is none, and where it was made:");
        Variable zero = Variable.of(0.0).requiresGrad();
        refused(board, () -> {
            try (Scope scope = Autograd.detectAnomaly()) {
                zero.times(2).log();
            }
        });
    }

    private static void refused(Board board, Runnable action) {
        try {
            action.run();
            board.message("(not refused)");
        } catch (AutogradException e) {
            board.message("refused: " + e.getMessage());
        }
    }
}
