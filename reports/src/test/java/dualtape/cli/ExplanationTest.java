package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.lang.Language;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    @Test
    void textbookTablesOfTheTextbookFunction() {
        Source f = Language.parse("log(x1) + x1*x2 - sin(x2)");
        Point at = Point.of("x1", 2.0, "x2", 5.0);
        assertThat(new Explanation(f.trace(at), at, at.names(), false).text()).contains("11.6521")
                .contains("so the derivative by x1 is 5.5")
                .contains("5 (from v2) + 0.5 (from v1)").contains("1.71634").contains("dropped, not needed: nothing");
    }

    @Test
    void whatIsNotNeededIsListed() {
        Source f = Language.parse("dot(x, w) + 0 * exp(y)");
        Point at = Point.of("x", new double[] {1, 2}, "w", new double[] {3, 4}, "y", 1.0);
        assertThat(new Explanation(f.trace(at), at, List.of("w"), false).text()).contains("dropped, not needed: x, y");
    }

    @Test
    void longTracesAreElidedInTheMiddle() {
        Source f = Language.parse("y = z; for i in 0..5000 { y = y + 1 }; y");
        Point at = Point.of("z", 1.0);
        String text = new Explanation(f.trace(at), at, List.of("z"), false).text();
        assertThat(text.lines().count()).isLessThan(700);
        assertThat(text).contains("rows; --all shows them").contains("adj z");
    }
}
