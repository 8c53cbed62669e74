package dualtape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Point;
import dualtape.forward.Taylor;
import dualtape.lang.Language;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TaylorCommandTest {
    private static TaylorText along(String program, Point at, Point direction, int order) {
        return new TaylorText(Taylor.along(Language.parse(program), at, direction, order), at, direction);
    }

    /** What a wrong call says on standard error. */
    private static String refused(String... args) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err, true));
        String[] all = new String[args.length + 1];
        all[0] = "taylor";
        System.arraycopy(args, 0, all, 1, args.length);
        assertThat(command.execute(all)).isEqualTo(ExitCode.USAGE.code());
        return err.toString();
    }

    @Test
    void tableOfCoefficientsAndDerivatives() {
        String text = along("x^2 * y", Point.of("x", 1.0, "y", 2.0), Point.of("x", 1.0, "y", -3.0), 3).text();
        assertThat(text).isEqualTo("""
                Taylor series in t at x = 1 + t, y = 2 - 3 t

                  k  coefficient f^(k) / k!  derivative f^(k)
                  -  ----------------------  ----------------
                  0                       2                 2
                  1                       1                 1
                  2                      -4                -8
                  3                      -3               -18
                """);
    }

    @Test
    void aTableForEachElementAndTheRestElided() {
        Point at = Point.of("x", new double[] {1, 2, 3, 4, 5, 6, 7});
        Point direction = Point.of("x", new double[] {1, 1, 1, 1, 1, 1, 1});
        String text = along("2 * x", at, direction, 1).text();
        assertThat(text).contains("x = [1, 2, 3, 4, 5, 6, ... (7 elements, shape [7])]").contains("\nf[0]\n")
                .contains("\nf[5]\n").doesNotContain("f[6]")
                .contains("... and 1 more elements; --format json has them");
    }

    @Test
    void linesFitTheTerminal() {
        String text = along("exp(sin(x))", Point.of("x", 0.3), Point.of("x", 1.0), 20).text();
        assertThat(text.lines()).hasSize(25).allMatch(line -> line.length() <= 100);
        assertThat(text).contains("20    -7.731819876335266e-8   -188107601039.9613");
    }

    @Test
    void edgesAreNamedWithTheirPlaceAndConvention() {
        Point zero = Point.of("x", 0.0);
        assertThat(along("abs(x)", zero, Point.of("x", 1.0), 2).text())
                .contains("The point is at an edge").contains("abs at program:1:1: kink, x = 0: slope 0");
        assertThat(along("if x > 0 { x } else { 2*x }", zero, Point.of("x", 1.0), 2).text())
                .contains("condition at program:1:6: another beside the point; what ran at the point was followed");
        String many = String.join(" + ", Collections.nCopies(50, "relu(x)"));
        assertThat(along(many, zero, Point.of("x", 1.0), 2).text()).contains("... and 30 more");
    }

    @Test
    void jsonHasEverything() {
        assertThat(along("[x, 1 / x]", Point.of("x", 0.0), Point.of("x", 2.0), 1).json()).isEqualTo(
                "{\"value\":[0.0,\"Infinity\"],\"order\":1,\"direction\":{\"x\":2.0},"
                        + "\"coefficients\":[[0.0,\"Infinity\"],[2.0,\"-Infinity\"]],"
                        + "\"derivatives\":[[0.0,\"Infinity\"],[2.0,\"-Infinity\"]],\"edges\":[]}");
        assertThat(along("abs(x)", Point.of("x", 0.0), Point.of("x", 1.0), 1).json())
                .contains("\"edges\":[\"abs at program:1:1: kink, x = 0: slope 0\"]");
    }

    @Test
    void wrongCallsAreRefusedWithTheMend() {
        assertThat(refused("x*y", "--at", "x=1; y=2")).contains("2 inputs, x, y").contains("--wrt x")
                .contains("--direction 'x=1; y=1'");
        assertThat(refused("3")).contains("no input");
        assertThat(refused("x", "--at", "x=1", "--order", "1001")).contains("from 0 to 1000, got 1001");
        assertThat(refused("x", "--at", "x=1", "--wrt", "x", "--direction", "x=1")).contains("give one of them");
        assertThat(refused("x", "--at", "x=1", "--direction", "x")).contains("--direction:").contains("write x=1");
        assertThat(refused("x", "--at", "x=1", "--format", "xml")).contains("text, json");
        assertThat(refused("x", "--at", "x=[1,2]", "--wrt", "x")).contains("--direction");
        assertThat(refused("x")).contains("has no value");
    }
}
