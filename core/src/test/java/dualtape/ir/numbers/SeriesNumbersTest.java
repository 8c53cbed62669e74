package dualtape.ir.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Numbers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every method of {@link SeriesNumbers}: found by reflection, none is listed. */
class SeriesNumbersTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final double[] POINTS = {0.3, 0.7, 1.6, -0.45, 2.5, -1.3};

    static Stream<String> names() {
        return Samples.names().stream().filter(name -> !name.equals("of"));
    }

    static Stream<String> unary() {
        return names().filter(name -> operands(name) == 1);
    }

    private static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods()).filter(m -> m.getName().equals(name)).findFirst().orElseThrow();
    }

    /** How many operands are numbers. */
    private static int operands(String name) {
        return (int) Arrays.stream(method(Numbers.class, name).getParameterTypes()).filter(t -> t == Object.class)
                .count();
    }

    /** The method at these numbers; an int operand is 1. */
    private static <N> N apply(Numbers<N> numbers, String name, List<N> operands) {
        List<Object> lifted = new ArrayList<>(operands);
        double[] point = new double[method(Numbers.class, name).getParameterCount()];
        Arrays.fill(point, 1);
        if (point.length > operands.size()) {
            lifted.add(0, null);
        }
        return Samples.apply(numbers, name, point, lifted.toArray());
    }

    /** A series without zeros: c + 0.2 / (1 − a t), with another a for the next operand. */
    private static <N> Series<N> curve(SeriesNumbers<N> numbers, double c, int which) {
        Series<N> line = numbers.line(numbers.of(1).value(), numbers.of(steepness(which)).value());
        return numbers.add(numbers.of(c), numbers.divide(numbers.of(0.2), line));
    }

    private static double steepness(int which) {
        return which % 2 == 0 ? -0.5 : 0.375;
    }

    @Test
    void agreesWithDerivativeStructuresUpToOrderSix() {
        SeriesNumbers<Double> numbers = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 6);
        List<String> compared = new ArrayList<>();
        for (String name : names().toList()) {
            int n = operands(name);
            Class<?>[] others = new Class<?>[n - 1];
            Arrays.fill(others, DerivativeStructure.class);
            Method theirs;
            try {
                theirs = DerivativeStructure.class.getMethod(name, others);
            } catch (NoSuchMethodException e) {
                continue;
            }
            int points = 0;
            for (double point : POINTS) {
                List<Series<Double>> x = new ArrayList<>();
                Object[] y = new Object[n];
                for (int i = 0; i < n; i++) {
                    double c = point + 0.9 * i;
                    x.add(curve(numbers, c, i));
                    y[i] = new DerivativeStructure(1, 6, 0, 0.0).multiply(steepness(i)).add(1).reciprocal()
                            .multiply(0.2).add(c);
                }
                DerivativeStructure expected = (DerivativeStructure) Samples.invoke(theirs, y[0],
                        Arrays.copyOfRange(y, 1, n));
                Series<Double> got = apply(numbers, name, x);
                double factorial = 1;
                double scale = 0;
                for (int k = 0; k <= 6 && !Double.isNaN(expected.getValue()); k++) {
                    factorial *= Math.max(k, 1);
                    double derivative = expected.getPartialDerivative(k);
                    scale = Math.max(scale, Math.abs(derivative));
                    assertTrue(scale >= 0, name + " at " + point + ", " + k + " is NaN");
                    assertEquals(derivative, got.get(k) * factorial, 1e-12 * scale, name + " at " + point + ", " + k);
                    points += k / 6;
                }
            }
            assertTrue(points > 0, name + " is NaN everywhere");
            compared.add(name);
        }
        System.out.println("compared with DerivativeStructure: " + compared);
        assertTrue(compared.containsAll(List.of("exp", "atan2", "pow", "hypot", "acosh")), compared.toString());
    }

    /** f(g(t)) is the series of f at g(0), composed with that of g. */
    @ParameterizedTest
    @MethodSource("unary")
    void seriesOfCompositionsAreCompositionsOfSeries(String outer) {
        SeriesNumbers<Dfp> numbers = new SeriesNumbers<>(DECIMALS, 8);
        int compared = 0;
        for (String inner : unary().toList()) {
            Series<Dfp> g = apply(numbers, inner, List.of(numbers.line(DECIMALS.of(0.4), DECIMALS.of(1))));
            Series<Dfp> got = apply(numbers, outer, List.of(g));
            Series<Dfp> f = apply(numbers, outer, List.of(numbers.line(g.value(), DECIMALS.of(1))));
            Series<Dfp> move = numbers.subtract(g, numbers.constant(g.value()));
            Series<Dfp> expected = numbers.of(0);
            for (int k = 8; k >= 0; k--) {
                expected = numbers.add(numbers.multiply(expected, move), numbers.constant(f.get(k)));
            }
            double scale = 1e-30;
            for (int k = 0; k <= 8; k++) {
                double value = DECIMALS.toDouble(expected.get(k));
                if (Double.isFinite(value)) {
                    scale = Math.max(scale, Math.abs(value));
                    double error = DECIMALS.toDouble(got.get(k).subtract(expected.get(k)).abs());
                    assertEquals(0, error, 1e-40 * scale, outer + " of " + inner + ", " + k);
                    compared++;
                }
            }
        }
        assertTrue(compared > 50, outer + ": " + compared + " coefficients compared");
    }

    /** Coefficients do not depend on how many more are asked for. */
    @ParameterizedTest
    @MethodSource("names")
    void coefficientsAreTheSameForEveryOrder(String name) {
        SeriesNumbers<Double> many = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 12);
        for (int order = 0; order < 12; order++) {
            SeriesNumbers<Double> few = new SeriesNumbers<>(DoubleNumbers.INSTANCE, order);
            for (double point : POINTS) {
                Series<Double> expected = apply(many, name, curves(many, name, point));
                Series<Double> got = apply(few, name, curves(few, name, point));
                assertTrue(got.length() <= order + 1, name);
                for (int k = 0; k <= order; k++) {
                    double tolerance = Double.isFinite(expected.get(k)) ? 1e-12 * Math.abs(expected.get(k)) : 0;
                    assertEquals(expected.get(k), got.get(k), tolerance, name + " at " + point);
                }
            }
        }
    }

    private static <N> List<Series<N>> curves(SeriesNumbers<N> numbers, String name, double point) {
        List<Series<N>> curves = new ArrayList<>();
        for (int i = 0; i < operands(name); i++) {
            curves.add(curve(numbers, point + 0.9 * i, i));
        }
        return curves;
    }

    /** Doubling the order takes four times the multiplications; composition with ψ 2²·⁵ times. */
    @Test
    void multiplicationsGrowQuadraticallyUpToOrderTwoHundred() {
        var counts = new TreeMap<String, String>();
        for (String name : names().toList()) {
            long before = multiplications(name, 100);
            long count = multiplications(name, 200);
            boolean composed = name.equals("lgamma") || name.equals("polygamma");
            counts.put(name, String.format(Locale.ROOT, "%.2f K²", count / 200.0 / 200));
            assertTrue(count <= (composed ? 5.9 : 4.1) * before + 500, name + ": " + before + ", then " + count);
            assertTrue(count <= (composed ? 15 : 5) * 200 * 200, name + ": " + count);
        }
        System.out.println("multiplications and divisions at K = 200: " + counts);
    }

    private static long multiplications(String name, int order) {
        long[] count = {0};
        SeriesNumbers<Double> numbers = new SeriesNumbers<>(counting(count), order);
        List<Series<Double>> x = curves(numbers, name, 1.25);
        count[0] = 0;
        apply(numbers, name, x);
        return count[0];
    }

    /** Doubles that count multiplications and divisions. */
    @SuppressWarnings("unchecked")
    private static Numbers<Double> counting(long[] count) {
        return (Numbers<Double>) Proxy.newProxyInstance(Numbers.class.getClassLoader(), new Class<?>[] {Numbers.class},
                (proxy, method, arguments) -> {
                    if (List.of("multiply", "multiplyAdd", "divide").contains(method.getName())) {
                        count[0]++;
                    }
                    try {
                        return method.invoke(DoubleNumbers.INSTANCE, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void roundingStaysSmallNextToTheZeroOfAPolynomial() {
        SeriesNumbers<Double> doubles = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 20);
        SeriesNumbers<Dfp> decimals = new SeriesNumbers<>(DECIMALS, 20);
        for (int n = 1; n <= 9; n++) {
            Series<Double> got = doubles.pow(doubles.sin(doubles.line(1e-3, 1.0)), doubles.of(n));
            Series<Dfp> expected = decimals.pow(decimals.sin(decimals.line(DECIMALS.of(1e-3), DECIMALS.of(1))),
                    decimals.of(n));
            for (int k = 0; k <= 20; k++) {
                double exact = DECIMALS.toDouble(expected.get(k));
                assertEquals(exact, got.get(k), 1e-12 * Math.abs(exact) + 1e-18, n + ", " + k);
            }
        }
    }

    @Test
    void polygammaGoesOnWhereFactorialsOverflow() {
        SeriesNumbers<Double> doubles = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 250);
        for (double at : new double[] {0.3, 1, 20.5, -2.3}) {
            Series<Double> y = doubles.lgamma(doubles.line(at, 1.0));
            for (int k = 180; k <= 250; k++) {
                double sum = 0;
                for (int i = 60; i >= 0; i--) {
                    sum += Math.pow(at + i, -k);
                }
                double expected = (k % 2 == 0 ? sum : -sum) / k; // (-1)ᵏ ζ(k, x) / k
                assertEquals(expected, y.get(k), 1e-11 * Math.abs(expected), at + ", " + k);
            }
        }
    }

    @Test
    void greatPowersOfWhatBeginsWithT() {
        SeriesNumbers<Double> n = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 1100);
        Series<Double> x = n.series(List.of(0.0, 1.0, 1.0));
        Series<Double> y = n.pow(x, n.of(1050)); // t¹⁰⁵⁰ (1 + t)¹⁰⁵⁰
        assertEquals(0, y.get(1049));
        assertEquals(1, y.get(1050));
        assertEquals(1050, y.get(1051), 1e-12);
        assertEquals(1050 * 1049 / 2, y.get(1052), 1e-9);
        assertTrue(n.pow(n.multiply(x, x), n.of(1050)).isConstant());
    }

    @Test
    void infiniteSlopesGiveInfiniteCoefficientsOfAlternatingSign() {
        double inf = Double.POSITIVE_INFINITY;
        SeriesNumbers<Double> n = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 4);
        Series<Double> x = n.line(0.0, 1.0);
        check(n.sqrt(x), 0, inf, -inf, inf, -inf);
        check(n.cbrt(x), 0, inf, -inf, inf, -inf);
        check(n.log(x), -inf, inf, -inf, inf, -inf);
        check(n.divide(n.of(1), x), inf, -inf, inf, -inf, inf);
        check(n.pow(x, n.of(-2)), inf, -inf, inf, -inf, inf);
        check(n.pow(x, n.of(1.5)), 0, 0, inf, -inf, inf);
        check(n.pow(x, n.of(2.5)), 0, 0, 0, inf, -inf);
        check(n.asin(n.line(1.0, 1.0)), Math.asin(1), inf, inf, inf, inf);
        Series<Double> square = n.multiply(x, x);
        check(n.sqrt(square), 0, 0, inf, 0, -inf);
        check(n.add(n.sqrt(n.of(0)), x), 0, 1, 0, 0, 0);
        check(n.multiply(n.sqrt(n.of(0)), x), 0, 0, 0, 0, 0);
        check(n.pow(x, n.of(0)), 1, 0, 0, 0, 0);
        check(n.pow(x, x), 1, 0, 0, 0, 0);
        check(n.pow(n.line(Double.NaN, 1.0), n.of(0)), 1, 0, 0, 0, 0);
        check(n.log(n.line(-1.0, 1.0)), Double.NaN, -1, -0.5, -1 / 3.0, -0.25);
    }

    private static void check(Series<Double> got, double... expected) {
        double[] coefficients = new double[expected.length];
        Arrays.setAll(coefficients, k -> got.get(k) + 0.0);
        assertEquals(Arrays.toString(expected), Arrays.toString(coefficients));
    }

    @Test
    void roundingStaysSmallToOrderTwenty() {
        SeriesNumbers<Double> doubles = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 20);
        SeriesNumbers<Dfp> decimals = new SeriesNumbers<>(DECIMALS, 20);
        Series<Double> got = doubles.exp(doubles.sin(doubles.line(0.3, 1.0)));
        Series<Dfp> expected = decimals.exp(decimals.sin(decimals.line(DECIMALS.of(0.3), DECIMALS.of(1))));
        for (int k = 0; k <= 20; k++) {
            double exact = DECIMALS.toDouble(expected.get(k));
            assertEquals(exact, got.get(k), 1e-12 * Math.abs(exact), "order " + k);
        }
    }

    /** Series over series: mixed derivatives. The variables are of two types, so that they cannot be confused. */
    @Test
    void seriesNest() {
        SeriesNumbers<Double> inner = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 2);
        SeriesNumbers<Series<Double>> outer = new SeriesNumbers<>(inner, 2);
        double a = 0.7;
        double b = 1.3;
        Series<Series<Double>> x = outer.constant(inner.line(a, 1.0));
        Series<Series<Double>> y = outer.line(inner.of(b), inner.of(1));
        Series<Series<Double>> f = outer.sin(outer.multiply(x, y));
        double sine = Math.sin(a * b);
        double cosine = Math.cos(a * b);
        assertEquals(sine, f.get(0).get(0), 1e-15);
        assertEquals(cosine - a * b * sine, f.get(1).get(1), 1e-15);
        assertEquals(-b * sine * 2 - a * b * b * cosine, f.get(1).get(2) * 2, 1e-14);
        assertEquals(-a * a * sine, f.get(2).get(0) * 2, 1e-15);
        // d/dx [x · d/dy (x + y)] = 1, also where x is 0
        Series<Series<Double>> zero = outer.constant(inner.line(0.0, 1.0));
        Series<Double> slope = outer.add(zero, y).get(1);
        assertEquals(inner.line(0.0, 1.0), inner.multiply(zero.value(), slope));
        assertEquals(1, outer.multiply(zero, y).get(1).get(1));
    }

    @Test
    void orderZeroIsTheValueAndANegativeOrderIsRefused() {
        SeriesNumbers<Double> none = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 0);
        assertTrue(none.exp(none.line(0.5, 1.0)).isConstant());
        assertEquals(Math.exp(0.5), none.exp(none.line(0.5, 1.0)).value(), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> new SeriesNumbers<>(DoubleNumbers.INSTANCE, -1));
    }

    @Test
    void seriesAreEqualWhenTheirCoefficientsAre() {
        SeriesNumbers<Double> n = new SeriesNumbers<>(DoubleNumbers.INSTANCE, 5);
        assertEquals(n.line(1.0, 0.0), n.of(1));
        assertEquals(n.series(List.of(1.0, 2.0, 0.0)), n.line(1.0, 2.0));
        assertEquals(n.line(1.0, 2.0).hashCode(), n.series(List.of(1.0, 2.0, 0.0)).hashCode());
        assertEquals("[1.0, 2.0]", n.line(1.0, 2.0).toString());
    }
}
