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
        return "Forward accumulation";
    }

    @Override
    public void teach(Board board) {
        board.say(
                "A dual number is a value and its tangent: how fast it moves when one input moves. Every operation computes both,");
        board.say(
                "so the product of the chain rule is multiplied from the right, du1/dx first. Nothing is stored for later.");
        double[] w = {4, 5, 6};
        for (int i = 0; i < 3; i++) {
            double[] direction = new double[3];
            direction[i] = 1;
            board.head("Pass " + (i + 1) + ": w[" + i + "] moves");
            Dual<Tensor> moving = duals.seed(Tensor.vector(w), Tensor.vector(direction));
            Dual<Tensor> a = apply("dot", List.of(duals.lift(Tensor.vector(1, 2, 3)), moving));
            Dual<Tensor> b = apply("-", List.of(a, duals.lift(Tensor.scalar(30))));
            Dual<Tensor> z = apply("square", List.of(b));
            Table table = new Table("", "value", "tangent");
            row(table, "w", moving);
            row(table, "a = <x, w>", a);
            row(table, "b = a - y", b);
            row(table, "z = b^2", z);
            board.block(table.text());
        }
        board.say("Three inputs, three passes: dz/dw = [4, 8, 12].");
    }

    private Dual<Tensor> apply(String name, List<Dual<Tensor>> operands) {
        return Operations.find(name).call(duals, operands);
    }

    private void row(Table table, String name, Dual<Tensor> dual) {
        table.row(name, dualtape.report.TensorText.of(dual.primal(), 9),
                dualtape.report.TensorText.of(duals.tangent(dual), 9));
    }
}
