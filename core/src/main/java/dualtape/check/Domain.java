package dualtape.check;

import dualtape.engine.InputException;
import dualtape.engine.Point;
import dualtape.ir.Numerals;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where random points are taken: an interval for each input, as in {@code x in (0, 10); w in [-1, 1]}, or one for all, as in
 * {@code (0, 10)}. Round brackets leave the end out, square ones may hit it; points are uniform.
 */
public final class Domain {
    private static final String NUMBER = "\\s*([+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)\\s*";
    private static final Pattern PART = Pattern.compile(
            "\\s*(?:(\\w+(?:\\s*,\\s*\\w+)*)\\s+in\\s+)?([(\\[])" + NUMBER + "," + NUMBER + "([)\\]])\\s*");

    private record Interval(double low, double high, boolean lowOpen, boolean highOpen) {
        double at(SplittableRandom random) {
            double x;
            do {
                x = low + (high - low) * random.nextDouble();
            } while (x == low && lowOpen || x == high && highOpen);
            return x;
        }
    }

    private final Map<String, Interval> intervals;
    private final Interval all;

    private Domain(Map<String, Interval> intervals, Interval all) {
        this.intervals = intervals;
        this.all = all;
    }

    /**
     * The domain that a text says.
     *
     * @throws InputException if it says none
     */
    public static Domain parse(String text) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        Interval all = null;
        for (String part : text.split(";")) {
            Matcher m = PART.matcher(part);
            if (!m.matches()) {
                throw new InputException(
                        "no domain: \"" + part.strip() + "\"; write x in (0, 10); w in [-1, 1], or (0, 10) "
                                + "for all inputs");
            }
            double low = Double.parseDouble(m.group(3));
            double high = Double.parseDouble(m.group(4));
            if (!(low < high) || Double.isInfinite(high - low)) {
                throw new InputException("the domain " + part.strip() + " is empty or not finite: "
                        + Numerals.text(low) + " must be below " + Numerals.text(high));
            }
            Interval interval = new Interval(low, high, m.group(2).equals("("), m.group(5).equals(")"));
            if (m.group(1) == null) {
                all = interval;
            } else {
                for (String name : m.group(1).split("\\s*,\\s*")) {
                    intervals.put(name, interval);
                }
            }
        }
        return new Domain(intervals, all);
    }

    /** The inputs that it names. */
    public List<String> names() {
        return List.copyOf(intervals.keySet());
    }

    /** An interval for inputs that are not named, or none. */
    public boolean isForAll() {
        return all != null;
    }

    /**
     * A random point: each element of an input with an interval anew, the others as in a point.
     *
     * @param at the shapes, and the values of what has no interval
     */
    public Point random(SplittableRandom random, Point at) {
        Point point = at;
        for (String name : at.names()) {
            Interval interval = intervals.getOrDefault(name, all);
            if (interval != null) {
                double[] x = new double[at.get(name).size()];
                for (int k = 0; k < x.length; k++) {
                    x[k] = interval.at(random);
                }
                point = point.with(name, Tensor.of(at.get(name).shape(), x));
            }
        }
        return point;
    }

    /** A random vector of some length from the interval for all. */
    public double[] random(SplittableRandom random, int length) {
        if (all == null) {
            throw new InputException("a domain for a vector is one interval, as in (0, 10)");
        }
        double[] x = new double[length];
        for (int k = 0; k < length; k++) {
            x[k] = all.at(random);
        }
        return x;
    }

    /** Some random points, always the same for one seed. */
    public List<Point> points(int count, long seed, Point at) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Point> points = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            points.add(random(random, at));
        }
        return points;
    }
}
