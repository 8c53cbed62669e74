package dualtape.demo;

import dualtape.autograd.GradRequest;
import dualtape.autograd.Variable;

/** Gradients add up. */
final class AccumulatingLesson implements Lesson {
    @Override
    public String title() {
        return "accumulating.title";
    }

    @Override
    public void teach(Board board) {
        Variable x = Variable.arange(4).requiresGrad();
        x.dot(x).times(2).backward();
        board.code("Variable x = Variable.arange(4).requiresGrad();");
        board.code("x.dot(x).times(2).backward();");
        board.show("x.grad()", x.grad());
        board.head("accumulating.next");
        x.zeroGrad();
        board.code("x.zeroGrad();");
        Variable y = x.sum();
        board.show("Variable y = x.sum();", y);
        y.backward();
        board.code("y.backward();");
        board.show("x.grad()", x.grad());
        x.sum().backward();
        board.show("x.sum().backward(); x.grad()", x.grad());
        board.head("accumulating.request");
        x.gradRequest(GradRequest.WRITE).sum().backward();
        board.code("x.gradRequest(GradRequest.WRITE);");
        board.show("x.sum().backward(); x.grad()", x.grad());
    }
}
