package dualtape.demo;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.op.Operations;
import dualtape.program.Tensors;
import java.util.List;

/** The chain rule of scalars and of vectors, with shapes. */
final class ChainRuleLesson implements Lesson {
    @Override
    public String title() {
        return "chain-rule.title";
    }

    @Override
    public void teach(Board board) {
        board.say("chain-rule.rule");
        board.say("chain-rule.shapes");
        board.head("chain-rule.scalar");
        double du = derivative("x^2", "x", Point.of("x", 3.0)).value();
        double dy = derivative("sin(u)", "u", Point.of("u", 9.0)).value();
        board.show("du/dx = 2 x", du);
        board.show("dy/du = cos(u)", dy);
        board.show("dy/du du/dx", dy * du);
        board.show("d/dx sin(x^2)", derivative("sin(x^2)", "x", Point.of("x", 3.0)).value());
        board.head("chain-rule.vector");
        Point u = Point.of("W", new double[][] {{1, 0, -1}, {2, 1, 0}}, "u", new double[] {1, 4, 9});
        Tensor outer = derivative("(W @ u)^2", "u", u);
        Tensor inner = derivative("x * x", "x", Point.of("x", new double[] {1, 2, 3}));
        board.show(board.text("chain-rule.of-shape", "dy/du", outer.shape()), outer);
        board.show(board.text("chain-rule.of-shape", "du/dx", inner.shape()), inner);
        board.show("dy/du du/dx", Operations.find("matmul").call(Tensors.INSTANCE, List.of(outer, inner)));
        board.show("d/dx (W @ (x * x))^2", derivative("(W @ (x * x))^2", "x",
                Point.of("W", u.get("W"), "x", new double[] {1, 2, 3})));
    }

    private static Tensor derivative(String program, String by, Point at) {
        Source f = Language.parse(program);
        return Engines.forward().jacobian(f, at, List.of(by)).get(by);
    }
}
