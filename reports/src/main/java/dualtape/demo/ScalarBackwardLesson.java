package dualtape.demo;

import dualtape.autograd.Functions;
import dualtape.autograd.Variable;

/** The gradient of 2 ⟨x, x⟩. */
final class ScalarBackwardLesson implements Lesson {
    @Override
    public String title() {
        return "backward.title";
    }

    @Override
    public void teach(Board board) {
        Variable x = Variable.arange(4);
        board.show("Variable x = Variable.arange(4);", x);
        x.requiresGrad();
        board.code("x.requiresGrad();");
        board.show("x.grad()", x.grad());
        Variable y = x.dot(x).times(2);
        board.show("Variable y = x.dot(x).times(2);", y);
        y.backward();
        board.code("y.backward();");
        board.show("x.grad()", x.grad());
        board.show("Functions.equal(x.grad(), x.times(4))", Functions.equal(x.grad(), x.times(4)));
    }
}
