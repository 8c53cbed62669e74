package dualtape.demo;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.op.Operations;
import dualtape.program.Tensors;
import java.util.List;

/** z = ‖X w − y‖², decomposed. */
final class LeastSquaresLesson implements Lesson {
    @Override
    public String title() {
        return "least-squares.title";
    }

    @Override
    public void teach(Board board) {
        Point at = Point.of("X", new double[][] {{1, 2}, {3, 4}, {5, 6}}, "w", new double[] {1, -1}, "y",
                new double[] {1, 0, 1});
        board.show("X", at.get("X"));
        board.show("w, y", "[1, -1], [1, 0, 1]");
        board.head("lesson.one-at-a-time");
        Tensor a = call("matmul", at.get("X"), at.get("w"));
        Tensor b = call("-", a, at.get("y"));
        board.show("a = X w", a);
        board.show("b = a - y", b);
        board.show("z = ||b||^2", call("dot", b, b));
        board.head("least-squares.product");
        Tensor twice = call("*", Tensor.scalar(2), b);
        board.show(board.text("least-squares.outer"), twice);
        board.code(board.text("least-squares.inner"));
        board.show(board.text("least-squares.whole"), call("matmul", twice, at.get("X")));
        board.head("lesson.both-modes");
        Source f = Language.parse("norm(X @ w - y)^2");
        board.show(board.text("lesson.forward"), Engines.forward().gradient(f, at, List.of("w")).get("w"));
        board.show(board.text("lesson.reverse"), Engines.reverse().gradient(f, at, List.of("w")).get("w"));
    }

    private static Tensor call(String name, Tensor... operands) {
        return Operations.find(name).call(Tensors.INSTANCE, List.of(operands));
    }
}
