package dualtape.demo;

import dualtape.autograd.AutogradException;
import dualtape.autograd.Variable;

/** backward of what is no scalar. */
final class NonScalarLesson implements Lesson {
    @Override
    public String title() {
        return "non-scalar.title";
    }

    @Override
    public void teach(Board board) {
        Variable x = Variable.arange(4).requiresGrad();
        board.code("Variable x = Variable.arange(4).requiresGrad();");
        Variable y = x.times(x);
        board.show("Variable y = x.times(x);", y);
        try {
            y.backward();
        } catch (AutogradException e) {
            board.code("y.backward();");
            board.message("lesson.refused", e.getMessage());
        }
        board.head("non-scalar.sum");
        x.times(x).sum().backward();
        board.show("y.sum().backward(); x.grad()", x.grad());
        x.zeroGrad();
        x.times(x).backward(Variable.ones(4));
        board.show("y.backward(Variable.ones(4)); x.grad()", x.grad());
    }
}
