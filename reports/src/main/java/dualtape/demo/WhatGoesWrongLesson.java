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
        return "wrong.title";
    }

    @Override
    public void teach(Board board) {
        board.say("wrong.zero");
        Variable x = Variable.of(3.0).requiresGrad();
        x.times(x).backward();
        x.times(x).backward();
        board.show(board.text("wrong.twice"), x.grad());
        board.head("wrong.diamond");
        x.zeroGrad();
        Variable y = x.times(x);
        y.times(y).plus(y).backward();
        board.show("y = x^2, z = y^2 + y: 4 x^3 + 2 x", x.grad());
        board.head("wrong.in-place");
        Variable e = x.exp();
        Variable z = e.times(e);
        try (Scope scope = Autograd.noGrad()) {
            e.assign(Variable.of(1.0));
        }
        refused(board, z::backward);
        board.head("wrong.again");
        Variable once = x.times(x);
        once.backward();
        refused(board, once::backward);
        board.head("wrong.perturbation");
        Variable a = Variable.of(3.0).requiresGrad();
        Variable b = Variable.of(4.0).requiresGrad();
        Variable inner = Autograd.grad(a.plus(b), List.of(b), true).get(0);
        board.show(board.text("wrong.inner"), inner);
        board.show(board.text("wrong.outer"), Autograd.grad(a.times(inner), List.of(a), false).get(0));
        board.head("wrong.anomaly");
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
            board.message("lesson.not-refused");
        } catch (AutogradException e) {
            board.message("lesson.refused", e.getMessage());
        }
    }
}
