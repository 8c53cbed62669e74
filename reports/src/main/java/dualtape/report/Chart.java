package dualtape.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/** A line chart on two logarithmic axes, as SVG. */
public final class Chart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 440;
    private static final int LEFT = 90;
    private static final int RIGHT = 130;
    private static final int TOP = 56;
    private static final int BOTTOM = 60;
    private static final Map<String, String> COLOURS = Map.of("primal", "#666666", "forward", "#0b62a4", "reverse",
            "#c4500b");

    private final String title;
    private final String x;
    private final String y;
    private final DoubleFunction<String> unit;
    private final List<Series> series = new ArrayList<>();
    private double mark = Double.NaN;
    private String markLabel = "";

    private record Series(String label, double[] x, double[] y) {
        double last() {
            return y.length == 0 ? 0 : y[y.length - 1];
        }
    }

    /** With a title, labels of the axes, and the unit of the vertical one. */
    public Chart(String title, String x, String y, DoubleFunction<String> unit) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.unit = unit;
    }

    /** One line more. Points that are not positive are left out. */
    public Chart line(String label, double[] xs, double[] ys) {
        series.add(new Series(label, xs, ys));
        return this;
    }

    /** A vertical mark, if it is a number. */
    public Chart mark(double at, String label) {
        mark = at;
        markLabel = label;
        return this;
    }

    /** The drawing. */
    public String svg() {
        double[] xs = range(true);
        double[] ys = range(false);
        StringBuilder svg = new StringBuilder();
        svg.append(f("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                + "font-family=\"sans-serif\" font-size=\"13\">\n", WIDTH, HEIGHT, WIDTH, HEIGHT));
        svg.append(f("<title>%s</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n", escape(title)));
        svg.append(f("<text x=\"%d\" y=\"28\" font-size=\"17\" font-weight=\"bold\" fill=\"#222\">%s</text>\n", LEFT,
                escape(title)));
        grid(svg, xs, ys);
        if (mark > 0) {
            double at = place(mark, xs, LEFT, WIDTH - RIGHT);
            svg.append(
                    f("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#999\" stroke-dasharray=\"5 4\"/>\n",
                            at, TOP, at,
                            HEIGHT - BOTTOM));
            svg.append(f("<text x=\"%.1f\" y=\"%d\" fill=\"#555\">%s</text>\n", at + 6, TOP + 14, escape(markLabel)));
        }
        List<Double> taken = new ArrayList<>();
        List<Series> fromTheTop = new ArrayList<>(series); // so that the labels stand in the order of the lines' ends
        fromTheTop.sort(Comparator.comparingDouble(Series::last).reversed());
        for (Series line : fromTheTop) {
            line(svg, line, COLOURS.getOrDefault(line.label(), "#2a8f4f"), xs, ys, taken);
        }
        return svg.append("</svg>\n").toString();
    }

    private void line(StringBuilder svg, Series line, String colour, double[] xs, double[] ys, List<Double> taken) {
        StringBuilder path = new StringBuilder();
        double lastX = 0;
        double lastY = 0;
        for (int i = 0; i < line.x().length; i++) {
            if (line.y()[i] > 0) {
                lastX = place(line.x()[i], xs, LEFT, WIDTH - RIGHT);
                lastY = place(line.y()[i], ys, HEIGHT - BOTTOM, TOP);
                path.append(f("%s%.1f %.1f ", path.length() == 0 ? "M" : "L", lastX, lastY));
                svg.append(f("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n", lastX, lastY, colour));
            }
        }
        svg.append(f("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n", path.toString().strip(),
                colour));
        double label = lastY + 4;
        for (boolean moved = true; moved;) { // labels at the ends of lines keep their distance
            moved = false;
            for (double other : taken) {
                if (Math.abs(other - label) < 16) {
                    label = other + 16;
                    moved = true;
                }
            }
        }
        taken.add(label);
        svg.append(
                f("<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" font-weight=\"bold\">%s</text>\n", lastX + 8, label, colour,
                        escape(line.label())));
    }

    private void grid(StringBuilder svg, double[] xs, double[] ys) {
        for (int e = (int) Math.ceil(xs[0] - 1e-9); e <= xs[1] + 1e-9; e++) {
            double at = place(Math.pow(10, e), xs, LEFT, WIDTH - RIGHT);
            svg.append(f("<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"#e4e4e4\"/>\n", at, TOP, at,
                    HEIGHT - BOTTOM));
            svg.append(f("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#444\">%s</text>\n", at,
                    HEIGHT - BOTTOM + 20,
                    String.format(Locale.ROOT, "%,.0f", Math.pow(10, e))));
        }
        int step = Math.max(1, (int) Math.ceil((ys[1] - ys[0]) / 8));
        for (int e = (int) Math.ceil(ys[0] - 1e-9); e <= ys[1] + 1e-9; e += step) {
            double at = place(Math.pow(10, e), ys, HEIGHT - BOTTOM, TOP);
            svg.append(f("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#e4e4e4\"/>\n", LEFT, at,
                    WIDTH - RIGHT, at));
            svg.append(f("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#444\">%s</text>\n", LEFT - 8, at + 4,
                    unit.apply(Math.pow(10, e))));
        }
        svg.append(f("<path d=\"M%d %d L%d %d L%d %d\" fill=\"none\" stroke=\"#444\"/>\n", LEFT, TOP, LEFT,
                HEIGHT - BOTTOM,
                WIDTH - RIGHT, HEIGHT - BOTTOM));
        svg.append(f("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#222\">%s</text>\n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 16, escape(x)));
        svg.append(f("<text x=\"%d\" y=\"%d\" fill=\"#222\">%s</text>\n", LEFT, TOP - 10, escape(y)));
    }

    /** Powers of ten around all positive values. */
    private double[] range(boolean horizontal) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series line : series) {
            for (double v : horizontal ? line.x() : line.y()) {
                if (v > 0) {
                    low = Math.min(low, Math.log10(v));
                    high = Math.max(high, Math.log10(v));
                }
            }
        }
        return low > high ? new double[] {0, 1}
                : new double[] {Math.floor(low + 1e-9), Math.max(Math.ceil(high - 1e-9), Math.floor(low) + 1)};
    }

    private static double place(double value, double[] range, int from, int to) {
        return from + (to - from) * (Math.log10(value) - range[0]) / (range[1] - range[0]);
    }

    private static String f(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
