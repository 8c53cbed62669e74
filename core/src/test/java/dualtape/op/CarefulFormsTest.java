package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Values;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.lang.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/language.md says of forms that are numerically careful. */
class CarefulFormsTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "log1p(x)      | log(1 + x)          | 1e-20 | 1e-20",
        "expm1(x)      | exp(x) - 1          | 1e-20 | 1e-20",
        "erfc(x)       | 1 - erf(x)          | 6     | 2.1519736712498913e-17",
        "softplus(x)   | log(1 + exp(x))     | 800   | 800",
        "logit(x)      | log(x / (1 - x))    | 0.5000000001 | 4.0000003309614840e-10",
        "logsumexp([x, 0]) | log(sum(exp([x, 0]))) | 1000 | 1000",
        "log_softmax([x, 0])[1] | log(softmax([x, 0]))[1] | 1000 | -1000",
        "logdet(x * [[2, 1], [0, 2]]) | log(det(x * [[2, 1], [0, 2]])) | 1e200 | 922.42033155873814",
        "hypot(x, x)   | sqrt(x^2 + x^2)     | 1e200 | 1.4142135623730951e200",
        "norm([x, x])  | sqrt(sum([x, x]^2)) | 1e200 | 1.4142135623730951e200"})
    void theCarefulFormIsRightWhereTheObviousOneIsNot(String careful, String obvious, double x, double expected) {
        assertEquals(expected, value(careful, x), 4 * Math.ulp(expected));
        double other = value(obvious, x);
        assertTrue(!(Math.abs(other - expected) <= 1e-12 * Math.abs(expected)), obvious + " = " + other);
    }

    @Test
    void theQuotientWithASeriesHasTwelveDigitsInValueAndSlope() throws IOException {
        Matcher form = Pattern.compile("`(where\\(abs\\(x\\)[^`]*)`")
                .matcher(Files.readString(Path.of("../docs/language.md")));
        assertTrue(form.find());
        for (double x : new double[] {1e-8, 1e-3, -0.01, 0.0199999, 0.02, -0.0200001, 0.1, 1}) {
            Dfp exact = DECIMALS.of(x);
            Dfp sinc = DECIMALS.sin(exact).divide(exact);
            Dfp slope = DECIMALS.cos(exact).subtract(sinc).divide(exact);
            Values got = Engines.symbolic().gradient(Language.parse(form.group(1)), Point.of("x", x));
            close(DECIMALS.toDouble(sinc), got.value().value(), "value at " + x);
            close(DECIMALS.toDouble(slope), got.get("x").value(), "slope at " + x);
        }
        Values at0 = Engines.symbolic().gradient(Language.parse(form.group(1)), Point.of("x", 0.0));
        assertEquals(1, at0.value().value());
        assertEquals(0, at0.get("x").value());
    }

    private static double value(String text, double x) {
        return Engines.symbolic().gradient(Language.parse(text), Point.of("x", x)).value().value();
    }

    private static void close(double expected, double got, String what) {
        assertEquals(expected, got, 1e-12 * Math.abs(expected), what);
    }
}
