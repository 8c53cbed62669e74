package dualtape.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.numbers.DecimalNumbers;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The elementary functions against 50-digit decimals, over the whole range. */
@Tag("compiled")
class ElementaryTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final int POINTS = Integer.getInteger("dualtape.samples", 120) * 4;
    private static final double[] SPECIAL = {0, Double.MIN_VALUE, Double.MIN_NORMAL, Math.nextDown(Double.MIN_NORMAL),
        0x1p-60, 0x1p-27, 1, Math.nextDown(1.0), Math.nextUp(1.0), Math.sqrt(0.5), Math.sqrt(2), 18.9, 19.1, 22,
        Math.nextUp(22.0), 708, Math.nextUp(708.0), 709.782712893384, Math.nextUp(709.782712893384), 745.1, 745.2,
        0x1p20,
        Math.nextUp(0x1p20), 1e22, Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NaN};

    private static Dfp exact(Elementary f, Dfp x) {
        return switch (f) {
            case EXP -> DECIMALS.exp(x);
            case LOG -> DECIMALS.log(x);
            case TANH -> DECIMALS.tanh(x);
            case SIGMOID -> DECIMALS.divide(DECIMALS.of(1), DECIMALS.add(DECIMALS.of(1), DECIMALS.exp(x.negate())));
            case SIN -> DECIMALS.sin(x);
            case COS -> DECIMALS.cos(x);
        };
    }

    /** Any bits, usual sizes, the neighbourhoods of 0, 1 and multiples of π/2, and where the forms change over. */
    private static DoubleStream points() {
        SplittableRandom random = new SplittableRandom(20260101);
        DoubleStream drawn = DoubleStream.generate(() -> switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextDouble() * 1500 - 750;
            case 2 -> Math.scalb(random.nextDouble() - 0.5, -random.nextInt(40));
            case 3 -> 1 + Math.scalb(random.nextDouble() - 0.5, -random.nextInt(50));
            case 4 -> (random.nextInt(1_300_000) - 650_000) * (Math.PI / 2) * (1 + (random.nextInt(5) - 2) * 0x1p-53);
            default -> random.nextDouble() * 8 - 4;
        }).limit(POINTS);
        return DoubleStream.concat(drawn, Arrays.stream(SPECIAL).flatMap(x -> DoubleStream.of(x, -x)));
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreWithinTheirUlps(Elementary f) {
        double[] worst = {0, 0};
        points().forEach(x -> {
            double y = f.applyAsDouble(x);
            if (x == 0 || !Double.isFinite(x)) {
                return; // below
            }
            Dfp exact = exact(f, DECIMALS.of(x));
            double rounded = DECIMALS.toDouble(exact);
            if (!Double.isFinite(rounded) || rounded == 0) {
                assertEquals(rounded, y, f + " of " + x);
                return;
            }
            double error = DECIMALS
                    .toDouble(DECIMALS.of(y).subtract(exact).abs().divide(DECIMALS.of(Math.ulp(rounded))));
            boolean outside = !(Math.abs(x) <= Exponentials.RANGE);
            assertTrue(error <= (outside ? Math.max(1, f.ulps()) : f.ulps()), f + " of " + x + ": " + error + " ulp");
            if (error > worst[0]) {
                worst[0] = error;
                worst[1] = x;
            }
        });
        System.out.printf(Locale.ROOT, "%-8s %.3f ulp of at most %.1f, at %s%n", f, worst[0], f.ulps(), worst[1]);
    }

    /** The special cases are those of {@link StrictMath}, signs of zeros and NaN included. */
    @ParameterizedTest
    @EnumSource
    void specialCasesAreThoseOfMathematics(Elementary f) {
        for (double x : new double[] {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
            -1e-300}) {
            double expected = switch (f) {
                case EXP -> StrictMath.exp(x);
                case LOG -> StrictMath.log(x);
                case TANH -> StrictMath.tanh(x);
                case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
                case SIN -> StrictMath.sin(x);
                case COS -> StrictMath.cos(x);
            };
            assertEquals(expected, f.applyAsDouble(x), f + " of " + x);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SIN", "TANH"})
    void oddFunctionsAreOddToTheLastBit(Elementary f) {
        points().forEach(x -> assertEquals(-f.applyAsDouble(x), f.applyAsDouble(-x)));
    }
}
