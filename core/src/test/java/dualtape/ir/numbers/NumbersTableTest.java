package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import dualtape.ir.numbers.Samples.Row;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every method of {@link Numbers}, over the table of {@link Samples}. */
class NumbersTableTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final ComplexNumbers COMPLEX = ComplexNumbers.INSTANCE;
    private static final double SLOPE_TOLERANCE = 1e-14;

    static Stream<Row> rows() {
        return Samples.rows();
    }

    @Test
    void everyMethodHasARow() {
        assertEquals(Samples.names(), Samples.rows().map(Row::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyMethodIsStaticInDoubles() {
        for (String name : Samples.names()) {
            Method method = Arrays.stream(Numbers.class.getMethods()).filter(m -> m.getName().equals(name)).findFirst()
                    .orElseThrow();
            Method same = doubles(name);
            assertEquals(method.getParameterCount(), same.getParameterCount(), name);
            assertEquals(double.class, same.getReturnType(), name);
        }
    }

    private static Method doubles(String name) {
        return Arrays.stream(Doubles.class.getMethods()).filter(m -> m.getName().equals(name)).findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doubleNumbersAreDoubles(Row row) {
        Method method = doubles(row.name());
        for (double[] point : row.points()) {
            Object[] arguments = new Object[point.length];
            for (int i = 0; i < point.length; i++) {
                arguments[i] = method.getParameterTypes()[i] == int.class ? (Object) (int) point[i] : (Object) point[i];
            }
            Object expected = Samples.invoke(method, null, arguments);
            assertEquals(expected, Samples.apply(DoubleNumbers.INSTANCE, row.name(), point, x -> x));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doublesAreWithinTheirUlps(Row row) {
        double worst = 0;
        double[] where = {};
        for (double[] point : row.points()) {
            double actual = Samples.apply(DoubleNumbers.INSTANCE, row.name(), point, x -> x);
            double error = ulps(actual, Samples.apply(DECIMALS, row.name(), point, DECIMALS::of), row.scale());
            if (!(error <= worst)) {
                worst = error;
                where = point;
            }
        }
        System.out.printf(Locale.ROOT, "%-32s %7.3f ulp of at most %4.1f, at %s%n", row, worst, row.ulps(),
                Arrays.toString(where));
        assertTrue(worst <= row.ulps() + 1e-9, row + ": " + worst + " ulps at " + Arrays.toString(where));
    }

    /** The error in ulps of the reference, or of the scale where that is larger. */
    private static double ulps(double actual, Dfp reference, double scale) {
        double rounded = DECIMALS.toDouble(reference);
        if (actual == rounded || Double.isNaN(actual) && Double.isNaN(rounded)) {
            if (Double.isInfinite(actual) || Double.isNaN(actual)) {
                return 0;
            }
        } else
            if (Double.isInfinite(actual) || Double.isNaN(actual) || Double.isInfinite(rounded)
                    || Double.isNaN(rounded)) {
                        return Double.POSITIVE_INFINITY;
                    }
        Dfp ulp = DECIMALS.of(Math.ulp(Math.max(Math.abs(rounded), scale)));
        return DECIMALS.toDouble(DECIMALS.of(actual).subtract(reference).abs().divide(ulp));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void complexStepIsTheSlopeOfTheDecimals(Row row) {
        if (Double.isNaN(row.slopeScale())) {
            return;
        }
        double worst = 0;
        String where = "";
        int compared = 0;
        for (double[] point : row.points()) {
            IndexSet dependence = dependence(row, point);
            for (int i = 0; i < point.length; i++) {
                double h = step(point[i]);
                double im = stepped(row, point, i, h).im();
                if (!dependence.contains(i)) {
                    assertEquals(0, im, row + " does not depend on operand " + i);
                    continue;
                }
                double slope = slope(row, point, i);
                if (Double.isInfinite(Samples.apply(DoubleNumbers.INSTANCE, row.name(), point, x -> x))) {
                    continue;
                }
                double size = Math.max(Math.abs(slope), row.slopeScale());
                if (!(Math.abs(slope) * h > 1e-290 && Math.abs(slope) * h < 1e290)) {
                    continue;
                }
                compared++;
                double error = Math.abs(im / h - slope) / size;
                if (!(error <= worst)) {
                    worst = error;
                    where = "operand " + i + " of " + Arrays.toString(point) + ": " + im / h + ", expected " + slope;
                }
            }
        }
        assertTrue(worst <= SLOPE_TOLERANCE, row + ": " + worst + " at " + where);
        assertTrue(compared == 0 == dependence(row, row.points().get(0)).equals(IndexSet.EMPTY),
                row + " compared nothing");
    }

    private static IndexSet dependence(Row row, double[] point) {
        Object[] singles = new Object[point.length];
        Arrays.setAll(singles, IndexSet::of);
        return Samples.apply(IndexSets.INSTANCE, row.name(), point, singles);
    }

    /** 1e-200 next to 1, else tiny against x. */
    private static double step(double x) {
        double size = Math.abs(x);
        return size > 1e-3 && size < 1e3 ? 1e-200 : Math.scalb(Math.max(size, Double.MIN_NORMAL), -300);
    }

    private static Complex stepped(Row row, double[] point, int operand, double h) {
        Object[] lifted = new Object[point.length];
        Arrays.setAll(lifted, i -> new Complex(point[i], i == operand ? h : 0));
        return Samples.apply(COMPLEX, row.name(), point, lifted);
    }

    /** The central difference of the decimals with a step of 1e-27 of x; NaN where the other operands hide it. */
    private static double slope(Row row, double[] point, int operand) {
        Dfp x = DECIMALS.of(point[operand]);
        Dfp h = x.abs().multiply(DECIMALS.parse("1e-27"));
        Dfp[] values = new Dfp[2];
        for (int side = 0; side < 2; side++) {
            Object[] lifted = Arrays.stream(point).mapToObj(DECIMALS::of).toArray();
            lifted[operand] = side == 0 ? x.subtract(h) : x.add(h);
            values[side] = Samples.apply(DECIMALS, row.name(), point, lifted);
        }
        Dfp difference = values[1].subtract(values[0]);
        boolean hidden = difference.abs().lessThan(values[0].abs().multiply(DECIMALS.parse("1e-55")));
        return hidden ? Double.NaN : DECIMALS.toDouble(difference.divide(h.multiply(2)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void complexNumbersContinueDoubles(Row row) {
        for (double[] point : row.points()) {
            double expected = Samples.apply(DoubleNumbers.INSTANCE, row.name(), point, x -> x);
            Complex actual = Samples.apply(COMPLEX, row.name(), point, x -> new Complex(x, 0));
            double ulp = Math.ulp(Math.max(Math.abs(expected), row.scale()));
            assertEquals(expected, actual.re(), 8 * (Double.isFinite(ulp) ? ulp : 0),
                    () -> row + " at " + Arrays.toString(point));
            assertEquals(0, actual.im(), () -> row + " at " + Arrays.toString(point));
        }
    }
}
