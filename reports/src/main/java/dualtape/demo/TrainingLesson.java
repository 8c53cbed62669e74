package dualtape.demo;

import dualtape.autograd.Autograd;
import dualtape.autograd.Functions;
import dualtape.autograd.Scope;
import dualtape.autograd.Variable;
import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.report.Table;
import dualtape.report.Units;
import java.util.List;
import java.util.SplittableRandom;

/** Training a linear model and a small network, and why it is done in reverse. */
final class TrainingLesson implements Lesson {
    private static final int HIDDEN = 8;

    @Override
    public String title() {
        return "training.title";
    }

    @Override
    @SuppressWarnings("try") // the scope only ends
    public void teach(Board board) {
        SplittableRandom random = new SplittableRandom(3);
        Variable data = Variable.of(random(random, 50, 2));
        Variable truth = data.matmul(Variable.of(new double[] {2, -3.4})).plus(4.2);
        Variable w = Variable.zeros(2).requiresGrad();
        Variable b = Variable.zeros().requiresGrad();
        board.say("training.linear");
        for (int step = 0; step <= 60; step++) {
            Variable loss = Functions.mse(data.matmul(w).plus(b), truth);
            if (step % 20 == 0) {
                board.show(board.text("training.after", step),
                        board.text("training.loss", String.format(java.util.Locale.ROOT, "%.1e", loss.item())));
            }
            loss.backward();
            try (Scope scope = Autograd.noGrad()) {
                w.subtractInPlace(w.grad().times(0.3));
                b.subtractInPlace(b.grad().times(0.3));
            }
            w.zeroGrad();
            b.zeroGrad();
        }
        board.show("w, b", rounded(w.value()) + ", " + rounded(b.value()));
        board.head("training.network", HIDDEN, 4 * HIDDEN + 1);
        Source network = Autograd.source("network", List.of("V", "c", "u", "d"), p -> Functions.mse(
                data.matmul(p.get(0)).plus(Functions.spread(p.get(1), dualtape.autograd.Keywords.of("extent", 50)))
                        .tanh()
                        .matmul(p.get(2)).plus(p.get(3)),
                truth));
        Point at = Point.of("V", random(random, 2, HIDDEN), "c", Tensor.uniform(0, Shape.of(HIDDEN)), "u",
                random(random, HIDDEN, 1).reshape(Shape.of(HIDDEN)), "d", 0.0);
        Traced traced = network.trace(at);
        Table table = new Table(board.text("training.mode"), board.text("lesson.sweeps"),
                board.text("training.operations"), board.text("training.memory"));
        for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
            Cost cost = engine.prepare(traced, network.inputs(), Operator.GRADIENT).cost();
            table.row(board.text("mode." + engine.name()), Units.number(cost.sweeps()), Units.number(cost.operations()),
                    Units.bytes(cost.workspaceBytes()));
        }
        board.block(table.text());
        board.say("training.why");
    }

    private static String rounded(Tensor tensor) {
        double[] elements = tensor.toArray();
        for (int k = 0; k < elements.length; k++) {
            elements[k] = Math.rint(elements[k] * 1e4) / 1e4;
        }
        return dualtape.report.TensorText.of(Tensor.of(tensor.shape(), elements), 9);
    }

    private static Tensor random(SplittableRandom random, int rows, int columns) {
        return Tensor.of(Shape.of(rows, columns), random.doubles((long) rows * columns, -1, 1).toArray());
    }
}
