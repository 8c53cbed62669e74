package dualtape.demo;

import dualtape.forward.Dual;
import dualtape.forward.Duals;
import dualtape.ir.Tensor;
import dualtape.op.Operations;
import dualtape.program.Tensors;
import dualtape.report.Table;
import java.util.List;

/** Forward accumulation: values and tangents go up together. */
final class ForwardLesson implements Lesson {
    private final Duals<Tensor> duals = new Duals<>(Tensors.INSTANCE);

    @Override
    public String title() {
        return "forward.title";
    }

    @Override
    public void teach(Board board) {
        board.say("forward.dual");
        board.say("forward.order");
        double[] w = {4, 5, 6};
        for (int i = 0; i < 3; i++) {
            double[] direction = new double[3];
            direction[i] = 1;
            board.head("forward.pass", i + 1, i);
            Dual<Tensor> moving = duals.seed(Tensor.vector(w), Tensor.vector(direction));
            Dual<Tensor> a = apply("dot", List.of(duals.lift(Tensor.vector(1, 2, 3)), moving));
            Dual<Tensor> b = apply("-", List.of(a, duals.lift(Tensor.scalar(30))));
            Dual<Tensor> z = apply("square", List.of(b));
            Table table = new Table("", board.text("forward.value"), board.text("forward.tangent"));
            row(table, "w", moving);
            row(table, "a = <x, w>", a);
            row(table, "b = a - y", b);
            row(table, "z = b^2", z);
            board.block(table.text());
        }
        board.say("forward.sum");
    }

    private Dual<Tensor> apply(String name, List<Dual<Tensor>> operands) {
        return Operations.find(name).call(duals, operands);
    }

    private void row(Table table, String name, Dual<Tensor> dual) {
        table.row(name, dualtape.report.TensorText.of(dual.primal(), 9),
                dualtape.report.TensorText.of(duals.tangent(dual), 9));
    }
}
