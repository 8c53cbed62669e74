package dualtape.demo;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.lang.Language;
import java.util.List;

/** z = (⟨x, w⟩ − y)², decomposed. */
final class RegressionLesson implements Lesson {
    @Override
    public String title() {
        return "regression.title";
    }

    @Override
    public void teach(Board board) {
        Point at = Point.of("x", new double[] {1, 2, 3}, "w", new double[] {4, 5, 6}, "y", 30.0);
        board.show("x, w, y", "[1, 2, 3], [4, 5, 6], 30");
        board.head("lesson.one-at-a-time");
        double a = 1 * 4 + 2 * 5 + 3 * 6;
        double b = a - 30;
        board.show("a = <x, w>", a);
        board.show("b = a - y", b);
        board.show("z = b^2", b * b);
        board.head("regression.product");
        board.show("dz/db = 2 b", 2 * b);
        board.show("db/da", 1.0);
        board.show("da/dw = x'", at.get("x"));
        board.show("2 b x'", dualtape.ir.Tensor.vector(2 * b, 2 * b * 2, 2 * b * 3));
        board.head("lesson.both-modes");
        Source f = Language.parse("a = dot(x, w); b = a - y; b^2");
        board.show(board.text("lesson.forward"), Engines.forward().gradient(f, at, List.of("w")).get("w"));
        board.show(board.text("lesson.reverse"), Engines.reverse().gradient(f, at, List.of("w")).get("w"));
    }
}
