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
        return "z = ||X w - y||^2, decomposed";
    }

    @Override
    public void teach(Board board) {
        Point at = Point.of("X", new double[][] {{1, 2}, {3, 4}, {5, 6}}, "w", new double[] {1, -1}, "y",
                new double[] {1, 0, 1});
        board.show("X", at.get("X"));
        board.show("w, y", "[1, -1], [1, 0, 1]");
        board.head("One operation at a time");
        Tensor a = call("matmul", at.get("X"), at.get("w"));
        Tensor b = call("-", a, at.get("y"));
        board.show("a = X w", a);
        board.show("b = a - y", b);
        board.show("z = ||b||^2", call("dot", b, b));
        board.head("The derivative by w: dz/dw = dz/db db/da da/dw = 2 b' I X");
        Tensor twice = call("*", Tensor.scalar(2), b);
        board.show("dz/db = 2 b', of shape (1, 3)", twice);
        board.code("db/da = I, da/dw = X, of shape (3, 2)");
        board.show("2 b' X, of shape (1, 2)", call("matmul", twice, at.get("X")));
        board.head("The same by both modes");
        Source f = Language.parse("norm(X @ w - y)^2");
        board.show("forward accumulation", Engines.forward().gradient(f, at, List.of("w")).get("w"));
        board.show("reverse accumulation", Engines.reverse().gradient(f, at, List.of("w")).get("w"));
    }

    private static Tensor call(String name, Tensor... operands) {
        return Operations.find(name).call(Tensors.INSTANCE, List.of(operands));
    }
}
