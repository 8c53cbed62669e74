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
        return "The chain rule, of scalars and of vectors";
    }

    @Override
    public void teach(Board board) {
        board.say(
                "If y = f(u) and u = g(x), then dy/dx = dy/du du/dx. Of vectors these are matrices, and the shapes must fit:");
        board.say("(m, n) = (m, k) (k, n), with as many rows as y has elements and as many columns as x has.");
        board.head("A scalar of a scalar: y = sin(u), u = x^2, at x = 3");
        double du = derivative("x^2", "x", Point.of("x", 3.0)).value();
        double dy = derivative("sin(u)", "u", Point.of("u", 9.0)).value();
        board.show("du/dx = 2 x", du);
        board.show("dy/du = cos(u)", dy);
        board.show("dy/du du/dx", dy * du);
        board.show("d/dx sin(x^2)", derivative("sin(x^2)", "x", Point.of("x", 3.0)).value());
        board.head("Vectors: y = (W u)^2 has 2 elements, u = x * x has 3, at x = [1, 2, 3]");
        Point u = Point.of("W", new double[][] {{1, 0, -1}, {2, 1, 0}}, "u", new double[] {1, 4, 9});
        Tensor outer = derivative("(W @ u)^2", "u", u);
        Tensor inner = derivative("x * x", "x", Point.of("x", new double[] {1, 2, 3}));
        board.show("dy/du, of shape " + outer.shape(), outer);
        board.show("du/dx, of shape " + inner.shape(), inner);
        board.show("dy/du du/dx", Operations.find("matmul").call(Tensors.INSTANCE, List.of(outer, inner)));
        board.show("d/dx (W @ (x * x))^2", derivative("(W @ (x * x))^2", "x",
                Point.of("W", u.get("W"), "x", new double[] {1, 2, 3})));
    }

    private static Tensor derivative(String program, String by, Point at) {
        Source f = Language.parse(program);
        return Engines.forward().jacobian(f, at, List.of(by)).get(by);
    }
}
