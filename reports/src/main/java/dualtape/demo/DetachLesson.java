package dualtape.demo;

import dualtape.autograd.Functions;
import dualtape.autograd.Variable;

/** Moving a computation out of the record. */
final class DetachLesson implements Lesson {
    @Override
    public String title() {
        return "detach.title";
    }

    @Override
    public void teach(Board board) {
        Variable x = Variable.arange(4).requiresGrad();
        Variable y = x.times(x);
        Variable u = y.detach();
        Variable z = u.times(x);
        board.code("Variable x = Variable.arange(4).requiresGrad();");
        board.show("Variable y = x.times(x);", y);
        board.show("Variable u = y.detach();", u);
        board.show("Variable z = u.times(x);", z);
        z.sum().backward();
        board.code("z.sum().backward();      // " + board.text("detach.constant"));
        board.show("x.grad()", x.grad());
        board.show("Functions.equal(x.grad(), u)", Functions.equal(x.grad(), u));
        board.head("detach.remembers");
        x.zeroGrad();
        y.sum().backward();
        board.show("x.zeroGrad(); y.sum().backward(); x.grad()", x.grad());
        board.show("Functions.equal(x.grad(), x.times(2))", Functions.equal(x.grad(), x.times(2)));
    }
}
