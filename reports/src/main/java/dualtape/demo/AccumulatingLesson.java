package dualtape.demo;

import dualtape.autograd.GradRequest;
import dualtape.autograd.Variable;

/** Gradients add up. */
final class AccumulatingLesson implements Lesson {
    @Override
    public String title() {
        return "Gradients add up: zeroing them";
    }

    @Override
    public void teach(Board board) {
        Variable x = Variable.arange(4).requiresGrad();
        x.dot(x).times(2).backward();
        board.code("Variable x = Variable.arange(4).requiresGrad();");
        board.code("x.dot(x).times(2).backward();");
        board.show("x.grad()", x.grad());
        board.head("The next gradient is added to it, unless it is zeroed first:");
        x.zeroGrad();
        board.code("x.zeroGrad();");
        Variable y = x.sum();
        board.show("Variable y = x.sum();", y);
        y.backward();
        board.code("y.backward();");
        board.show("x.grad()", x.grad());
        x.sum().backward();
        board.show("x.sum().backward(); x.grad()", x.grad());
        board.head("A variable may ask for the last gradient only (MXNet's grad_req):");
        x.gradRequest(GradRequest.WRITE).sum().backward();
        board.code("x.gradRequest(GradRequest.WRITE);");
        board.show("x.sum().backward(); x.grad()", x.grad());
    }
}
