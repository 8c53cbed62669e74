package dualtape.demo;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.explain.Explanation;
import dualtape.explain.Format;
import dualtape.lang.Language;
import java.util.List;

/** Reverse accumulation: build, run and store, go back and drop what is not needed. */
final class ReverseLesson implements Lesson {
    @Override
    public String title() {
        return "reverse.title";
    }

    @Override
    public void teach(Board board) {
        board.say("reverse.order");
        board.say("reverse.branch");
        Source f = Language.parse("a = dot(x, w); b = a - y; z = b^2; z + log(y)");
        Point at = Point.of("x", new double[] {1, 2, 3}, "w", new double[] {4, 5, 6}, "y", 30.0);
        board.block(Format.TEXT.print(Explanation.of(f.trace(at), at, List.of("w"), false), board.messages()));
    }
}
