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
        return "Reverse accumulation: build, run and store, go back";
    }

    @Override
    public void teach(Board board) {
        board.say(
                "The product is multiplied from the left, dz/db first. The values go up and are stored; the adjoints come down,");
        board.say("each step reading what was stored. The logarithm of y does not depend on w: its branch is dropped.");
        Source f = Language.parse("a = dot(x, w); b = a - y; z = b^2; z + log(y)");
        Point at = Point.of("x", new double[] {1, 2, 3}, "w", new double[] {4, 5, 6}, "y", 30.0);
        board.block(Format.TEXT.print(Explanation.of(f.trace(at), at, List.of("w"), false)));
    }
}
