package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Numbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method at NaN, ±0, ±∞, subnormals and the ends of domains, in all combinations of operands. */
class EdgesTest {
    private static final double[] EDGES = {0.0, -0.0, 0.5, -0.5, 1, -1, 2, -2, 3, -3, Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL, -Double.MIN_NORMAL, Math.nextDown(1.0), Math.nextUp(1.0), Double.MAX_VALUE,
        -Double.MAX_VALUE,
        0x1p52 + 0.5, 0x1p53, 700, -700, 750, -750, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final Map<String, String> IN_MATH = Map.of("sign", "signum", "multiplyAdd", "fma");

    static Set<String> names() {
        return Samples.names();
    }

    private static Method method(Class<?> type, String name, int operands, Class<?> operand) {
        Class<?>[] types = new Class<?>[operands];
        Arrays.fill(types, operand);
        try {
            return type.getMethod(name, types);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Method declared(String name) {
        return Arrays.stream(Numbers.class.getMethods()).filter(m -> m.getName().equals(name)).findFirst()
                .orElseThrow();
    }

    /** All combinations of the edges; an int operand runs from 0 to 3. */
    private static List<double[]> points(String name) {
        Method method = declared(name);
        List<double[]> points = new ArrayList<>(List.of(new double[0]));
        for (Class<?> type : method.getParameterTypes()) {
            double[] choices = type == int.class ? new double[] {0, 1, 2, 3} : EDGES;
            points = points.stream().flatMap(p -> Arrays.stream(choices).mapToObj(c -> {
                double[] longer = Arrays.copyOf(p, p.length + 1);
                longer[p.length] = c;
                return longer;
            })).collect(Collectors.toList());
        }
        return points;
    }

    @Test
    void everyFunctionOfMathIsCompared() {
        Set<String> compared = new TreeSet<>();
        for (String name : names()) {
            int operands = declared(name).getParameterCount();
            if (method(Math.class, IN_MATH.getOrDefault(name, name), operands, double.class) != null) {
                compared.add(name);
            }
        }
        assertTrue(compared.containsAll(Set.of("exp", "atan2", "pow", "rint", "sign", "multiplyAdd", "hypot")),
                compared.toString());
    }

    @ParameterizedTest
    @MethodSource("names")
    void doublesHaveTheEdgesOfMath(String name) {
        Method math = method(Math.class, IN_MATH.getOrDefault(name, name), declared(name).getParameterCount(),
                double.class);
        if (math == null) {
            return;
        }
        for (double[] point : points(name)) {
            double expected = (double) Samples.invoke(math, null, Arrays.stream(point).boxed().toArray());
            double actual = Samples.apply(DoubleNumbers.INSTANCE, name, point, x -> x);
            String what = name + " at " + Arrays.toString(point);
            if (Double.isFinite(expected) && expected != 0) {
                assertEquals(expected, actual, 2 * Math.ulp(expected), what);
            } else {
                assertEquals(expected, actual, what);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void decimalsHaveTheEdgesOfDoubles(String name) {
        for (double[] point : points(name)) {
            double expected = Samples.apply(DoubleNumbers.INSTANCE, name, point, x -> x);
            Dfp decimal = Samples.apply(DECIMALS, name, point, DECIMALS::of);
            double actual = DECIMALS.toDouble(decimal);
            double tolerance = Double.isFinite(expected) ? 20 * Math.ulp(expected) : 0;
            if (expected == 0 && decimal.abs().lessThan(DECIMALS.of(Double.MIN_VALUE))) {
                continue;
            }
            assertTrue(
                    expected == actual || Math.abs(expected - actual) <= tolerance
                            || Double.isNaN(expected) && Double.isNaN(actual),
                    () -> name + " at " + Arrays.toString(point) + ": expected " + expected + ", got " + actual);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void complexNumbersHaveTheEdgesOfDoubles(String name) {
        for (double[] point : points(name)) {
            double expected = Samples.apply(DoubleNumbers.INSTANCE, name, point, x -> x);
            Complex actual = Samples.apply(ComplexNumbers.INSTANCE, name, point, x -> new Complex(x, 0));
            String what = name + " at " + Arrays.toString(point);
            assertEquals(expected + 0.0, actual.re() + 0.0, Double.isFinite(expected) ? 20 * Math.ulp(expected) : 0,
                    what);
            if (!Double.isNaN(expected)) {
                assertEquals(0, actual.im(), what);
            }
        }
    }

    @Test
    void inverseHyperbolicFunctionsKeepZerosAndInfinities() {
        for (double x : new double[] {0.0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN,
            Double.MIN_VALUE}) {
            assertEquals(x, Doubles.asinh(x));
        }
        assertEquals(-0.0, Doubles.atanh(-0.0));
        assertEquals(Double.NEGATIVE_INFINITY, Doubles.atanh(-1));
        assertEquals(Double.NaN, Doubles.atanh(1.5));
        assertEquals(0.0, Doubles.acosh(1));
        assertEquals(Double.NaN, Doubles.acosh(0.5));
        assertEquals(Double.NaN, Doubles.acosh(Double.NEGATIVE_INFINITY));
    }

    @Test
    void log2IsExactForPowersOfTwo() {
        for (int k = -1074; k <= 1023; k++) {
            assertEquals(k, Doubles.log2(Math.scalb(1.0, k)));
        }
    }

    @Test
    void erfKeepsTheSignOfZeroAndUnderflowsGradually() {
        assertEquals(-0.0, Doubles.erf(-0.0));
        assertEquals(1, Doubles.erf(Double.POSITIVE_INFINITY));
        assertEquals(2, Doubles.erfc(Double.NEGATIVE_INFINITY));
        assertTrue(Doubles.erfc(27.2) > 0);
        assertEquals(0, Doubles.erfc(27.3));
        assertTrue(Doubles.erf(Double.MIN_VALUE) > 0);
    }

    @Test
    void polygammaNamesABadOrder() {
        for (Numbers<?> numbers : List.of(DoubleNumbers.INSTANCE, DECIMALS, ComplexNumbers.INSTANCE)) {
            String message = assertThrows(IllegalArgumentException.class, () -> negativeOrder(numbers)).getMessage();
            assertTrue(message.contains("got -1"), message);
        }
    }

    private static <N> void negativeOrder(Numbers<N> numbers) {
        numbers.polygamma(-1, numbers.of(1));
    }

    @Test
    void slopesAreInfiniteWhereTheRealFunctionsAre() {
        ComplexNumbers n = ComplexNumbers.INSTANCE;
        Complex zero = new Complex(0, 1e-200);
        Complex one = new Complex(1, 1e-200);
        assertEquals(new Complex(0, Double.POSITIVE_INFINITY), n.sqrt(zero));
        assertEquals(new Complex(0, Double.POSITIVE_INFINITY), n.cbrt(zero));
        assertEquals(new Complex(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), n.log(zero));
        assertEquals(new Complex(0, Double.NEGATIVE_INFINITY), n.acos(one));
        assertEquals(new Complex(0, Double.POSITIVE_INFINITY), n.acosh(one));
        assertEquals(new Complex(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), n.atanh(one));
        assertEquals(new Complex(0, 1e-200), n.pow(zero, n.of(1)));
        assertEquals(new Complex(0, 0), n.pow(zero, n.of(2)));
        assertEquals(new Complex(1, 0), n.pow(zero, n.of(0)));
        assertEquals(new Complex(0, 0), n.abs(zero));
        assertTrue(Double.isNaN(n.log(new Complex(-1, 1e-200)).re()));
    }

    /** Moving along a line through an edge is no error, and does not change the value. */
    @ParameterizedTest
    @MethodSource("names")
    void seriesHaveTheValuesOfDoubles(String name) {
        SeriesNumbers<Double> series = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 3);
        for (double[] point : points(name)) {
            double expected = Samples.apply(DoubleNumbers.INSTANCE, name, point, x -> x);
            Series<Double> actual = Samples.apply(series, name, point, x -> series.line(x, 1.0));
            assertEquals(expected, actual.value(), () -> name + " at " + Arrays.toString(point));
        }
    }
}
