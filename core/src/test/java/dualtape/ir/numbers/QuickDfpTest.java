package dualtape.ir.numbers;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick arithmetic of decimals against that of Commons Math: the same digits. */
class QuickDfpTest {
    private static final int PAIRS = 3_000;

    private final Random random = new Random(7);

    @ParameterizedTest
    @ValueSource(ints = {50, 77, 80, 81, 230})
    void sumsProductsAndQuotientsHaveTheDigitsOfDfp(int digits) {
        DfpField field = new DfpField(digits);
        for (int i = 0; i < PAIRS; i++) {
            String first = text(digits);
            String second = i % 5 == 0 ? near(first) : text(digits);
            same("+", Dfp::add, field, first, second);
            same("-", Dfp::subtract, field, first, second);
            same("*", Dfp::multiply, field, first, second);
            same("/", Dfp::divide, field, first, second);
        }
    }

    private static void same(String name, BinaryOperator<Dfp> operation, DfpField field, String x, String y) {
        QuickDfp quick = new QuickDfp(field);
        Dfp expected = operation.apply(field.newDfp(x), field.newDfp(y));
        Dfp got = operation.apply(quick.newInstance(x), quick.newInstance(y));
        assertThat(got).isInstanceOf(QuickDfp.class);
        assertThat(got.log10K()).isEqualTo(expected.log10K());
        if (name.equals("+") || name.equals("-")) { // Dfp rounds a sum that grows a digit twice
            BigDecimal sum = name.equals("+") ? new BigDecimal(x).add(new BigDecimal(y))
                    : new BigDecimal(x).subtract(new BigDecimal(y));
            assertThat(new BigDecimal(got.toString()).subtract(sum).abs()).as("%s %s %s", x, name, y)
                    .isLessThanOrEqualTo(new BigDecimal(expected.toString()).subtract(sum).abs());
        } else {
            assertThat(got.toString()).as("%s %s %s", x, name, y).isEqualTo(expected.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 77, 80, 81, 230})
    void rootsAreThoseOfDfpToTheLastDigitAndOfSquaresExact(int digits) {
        DfpField field = new DfpField(digits);
        QuickDfp quick = new QuickDfp(field);
        for (int i = 0; i < PAIRS / 10; i++) {
            String text = text(digits).replace("-", "");
            Dfp root = quick.newInstance(text).sqrt();
            Dfp expected = field.newDfp(text).sqrt();
            Dfp off = root.subtract(expected).abs();
            assertThat(off.lessThan(expected.multiply(expected.power10(8 - digits)))).as(text).isTrue();
            Dfp whole = quick.newInstance(random.nextInt(1, Integer.MAX_VALUE)).multiply(quick.power10(i % 40 - 20));
            assertThat(whole.multiply(whole).sqrt()).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1", "Infinity", "-Infinity", "NaN", "1e-131060", "1e131060"})
    void specialCasesAreThoseOfDfp(String x) {
        DfpField field = new DfpField(80);
        for (String y : new String[] {"0", "-0", "1", "-3", "Infinity", "-Infinity", "NaN", "1e-131060", "1e131060"}) {
            QuickDfp quick = new QuickDfp(field);
            assertThat(quick.newInstance(x).add(quick.newInstance(y)).toString())
                    .isEqualTo(field.newDfp(x).add(field.newDfp(y)).toString());
            assertThat(quick.newInstance(x).multiply(quick.newInstance(y)).toString())
                    .isEqualTo(field.newDfp(x).multiply(field.newDfp(y)).toString());
            assertThat(quick.newInstance(x).divide(quick.newInstance(y)).toString())
                    .isEqualTo(field.newDfp(x).divide(field.newDfp(y)).toString());
        }
    }

    /** Digits with long runs of zeros and nines, an exponent, a sign. */
    private String text(int digits) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "").append(1 + random.nextInt(9))
                .append('.');
        int length = 1 + random.nextInt(digits);
        while (text.length() < length) {
            char digit = random.nextInt(4) == 0 ? '0' : random.nextInt(3) == 0 ? '9' : 0;
            for (int run = random.nextInt(12); run >= 0 && text.length() < length; run--) {
                text.append(digit != 0 ? digit : (char) ('0' + random.nextInt(10)));
            }
        }
        return text.append("0e").append(random.nextInt(3) == 0 ? random.nextInt(200) - 100 : random.nextInt(9) - 4)
                .toString();
    }

    /** The same number but for one digit. */
    private String near(String text) {
        int at = 3 + random.nextInt(Math.max(1, text.indexOf('e') - 3));
        return at >= text.indexOf('e') ? text
                : text.substring(0, at) + (char) ('0' + random.nextInt(10)) + text.substring(at + 1);
    }
}
