package dualtape.ir.numbers;

import dualtape.ir.Numbers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The one table for all tests of the kinds of number: where the arguments of each method of {@link Numbers} are drawn from, and
 * how far off its double result may be. Methods are found by reflection, so a new one without a row fails.
 */
final class Samples {
    static final int POINTS = Integer.getInteger("dualtape.samples", 120);
    private static final long SEED = 20260101;

    private Samples() {
    }

    /** Draws one argument. */
    interface Domain {
        double draw(Random random);
    }

    /**
     * A method over a part of its domain.
     *
     * @param label names that part
     * @param ulps the bound on the error of the double result
     * @param scale below it, ulps are those of the scale: 0 for an error that is relative everywhere
     * @param slopeScale the same for slopes; NaN where no slopes are compared
     */
    record Row(String name, String label, double ulps, double scale, double slopeScale, Domain... domains) {
        List<double[]> points() {
            Random random = new Random(SEED + name.hashCode());
            return IntStream.range(0, POINTS)
                    .mapToObj(i -> Arrays.stream(domains).mapToDouble(d -> d.draw(random)).toArray()).toList();
        }

        Row absolute(double floor, double slopeFloor) {
            return new Row(name, label, ulps, floor, slopeFloor, domains);
        }

        Row valuesOnly() {
            return absolute(scale, Double.NaN);
        }

        Row where(String part) {
            return new Row(name, part, ulps, scale, slopeScale, domains);
        }

        @Override
        public String toString() {
            return label.isEmpty() ? name : name + ", " + label;
        }
    }

    private static Row row(String name, double ulps, Domain... domains) {
        return new Row(name, "", ulps, 0, 0, domains);
    }

    static Stream<Row> rows() {
        Domain wide = r -> Math.scalb(1 + r.nextDouble(), r.nextInt(2098) - 1074) * (r.nextBoolean() ? 1 : -1);
        Domain tiny = r -> Math.scalb(1 + r.nextDouble(), -r.nextInt(1064) - 10) * (r.nextBoolean() ? 1 : -1);
        Domain any = mixed(wide, between(-5, 5));
        Domain positive = r -> Math.abs(any.draw(r));
        Domain belowOne = r -> 1 - Math.scalb(1 + r.nextDouble(), -r.nextInt(50) - 2);
        Domain unit = mixed(between(-1, 1), tiny, belowOne, r -> -belowOne.draw(r));
        Domain exponent = mixed(between(-744, 709), between(-2, 2), tiny);
        Domain angle = mixed(between(-7, 7), between(-1e5, 1e5), around(Math.PI), around(Math.PI / 2), tiny);
        Domain right = mixed(between(0, 3), between(0, 40), positive);
        Domain left = between(-12, 0);
        Domain ties = mixed(between(-5, 5), oneOf(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3, -4, 0x1p52, 0x1p53));
        Domain few = oneOf(-1, 0, 1, 2, Double.NaN);
        return Stream.of(
                row("of", 0, any), row("add", 0.5, any, any), row("subtract", 0.5, any, any),
                row("multiply", 0.5, any, any), row("divide", 0.5, any, any), row("negate", 0, any),
                row("multiplyAdd", 0.5, any, any, any), row("sqrt", 0.5, positive), row("abs", 0, any),
                row("sign", 0, any), row("floor", 0, ties), row("rint", 0, ties), row("isNaN", 0, few),
                row("less", 0, few, few), row("equal", 0, few, few), row("select", 0, few, any, any),
                row("ifZero", 0, few, any, any),

                row("exp", 1, exponent), row("log", 1, positive), row("log", 1, around(1)).where("near 1"),
                row("expm1", 1, exponent), row("log1p", 1, mixed(between(-1, 3), positive, tiny)),
                row("log2", 2, positive), row("log2", 2, around(1)).where("near 1"),
                row("log10", 2, positive), row("log10", 2, around(1)).where("near 1"), row("cbrt", 1, any),
                row("sin", 1, angle), row("cos", 1, angle), row("tan", 1, angle),
                row("sin", 1, wide).where("any size").valuesOnly(), row("cos", 1, wide).where("any size").valuesOnly(),
                row("tan", 1, wide).where("any size").valuesOnly(),
                row("asin", 1, unit), row("acos", 1, unit), row("atan", 1, any), row("atan2", 2, any, any),
                row("sinh", 2, exponent), row("cosh", 2, exponent), row("tanh", 2, mixed(between(-25, 25), unit)),
                row("asinh", 2, any), row("acosh", 2, mixed(between(1, 5), r -> 1 + positive.draw(r))),
                row("acosh", 2, r -> 1 + Math.abs(tiny.draw(r))).where("near 1"), row("atanh", 2, unit),
                row("hypot", 1, any, any), row("pow", 1, positive, between(-2, 2)),
                row("pow", 1, between(0, 3), between(-30, 30)).where("moderate"),
                row("pow", 1, between(-30, 30), oneOf(-7, -2, -1, 1, 2, 3, 10)).where("integer exponent"),

                row("erf", 2, mixed(between(-6, 6), between(-1, 1), tiny)),
                row("erfc", 4, mixed(between(-6, 27.2), between(-1, 1), tiny)),
                row("lgamma", 3, right).absolute(0, 1),
                row("lgamma", 3, mixed(around(1), around(2))).where("near its zeros").absolute(0, 1),
                row("lgamma", 3, left).where("x < 0").absolute(4, 10),
                row("polygamma", 4, oneOf(0), right).where("n = 0").absolute(0, 0),
                row("polygamma", 3, oneOf(0), around(1.4616321449683623)).where("n = 0, near its zero"),
                row("polygamma", 4, oneOf(0), left).where("n = 0, x < 0").absolute(20, 20),
                row("polygamma", 10, oneOf(1, 2, 3, 4, 5), right).where("n = 1 to 5"),
                row("polygamma", 12, oneOf(6, 7, 8, 9, 10), right).where("n = 6 to 10"),
                row("polygamma", 24, oneOf(1, 3, 5, 7, 9), left).where("n odd, x < 0").absolute(0, 1e4),
                row("polygamma", 10, oneOf(2), left).where("n = 2, x < 0").absolute(40, 40));
    }

    static Domain between(double low, double high) {
        return r -> low + (high - low) * r.nextDouble();
    }

    static Domain around(double centre) {
        return r -> centre + r.nextGaussian() * Math.pow(10, -1 - r.nextInt(14));
    }

    static Domain oneOf(double... choices) {
        return r -> choices[r.nextInt(choices.length)];
    }

    static Domain mixed(Domain... domains) {
        return r -> domains[r.nextInt(domains.length)].draw(r);
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Method method : Numbers.class.getMethods()) {
            if (method.getReturnType() != boolean.class) { // those say something to the host
                names.add(method.getName());
            }
        }
        return names;
    }

    /** The method of this name, its arguments given as doubles. */
    static <N> N apply(Numbers<N> numbers, String name, double[] point, DoubleFunction<N> lift) {
        Object[] lifted = Arrays.stream(point).mapToObj(lift).toArray();
        return apply(numbers, name, point, lifted);
    }

    /** The method of this name at lifted arguments; of doubles and ints the point's own are taken. */
    @SuppressWarnings("unchecked")
    static <N> N apply(Numbers<N> numbers, String name, double[] point, Object[] lifted) {
        for (Method method : Numbers.class.getMethods()) {
            if (method.getName().equals(name)) {
                Object[] arguments = new Object[point.length];
                for (int i = 0; i < arguments.length; i++) {
                    Class<?> type = method.getParameterTypes()[i];
                    arguments[i] = type == double.class ? (Object) point[i]
                            : type == int.class ? (Object) (int) point[i] : lifted[i];
                }
                return (N) invoke(method, numbers, arguments);
            }
        }
        throw new AssertionError("no method " + name);
    }

    static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " at " + Arrays.toString(arguments), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
