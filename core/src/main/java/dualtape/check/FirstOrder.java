package dualtape.check;

import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The gradient or Jacobian, column by column; of very many columns a seeded sample, and sums over all of them in random
 * directions. A sum that is wrong is halved until the column is found.
 */
final class FirstOrder {
    /** Up to so many columns each is checked alone. */
    static final int MOST_COLUMNS = 48;
    private static final int SAMPLED = 16;
    private static final int PROBES = 4;

    private final Check check;
    private final Panel panel;
    private final Traced f;
    private final Point at;
    private final List<String> wrt;
    private final int rows;
    private final Derivative derivative;
    private final Layout layout;
    private final int columns;
    private final double[] value;
    private final double[] point;

    FirstOrder(Check check, Panel panel, Traced f, Point at, List<String> wrt) {
        this.check = check;
        this.panel = panel;
        this.f = f;
        this.at = at;
        this.wrt = wrt;
        this.rows = f.graph().output().shape().size();
        Operator operator = rows == 1 ? Operator.GRADIENT : Operator.JACOBIAN;
        this.derivative = Derivative.of(check.engine(), f, at, Request.of(operator, wrt), Point.of());
        this.layout = derivative.columns();
        this.columns = layout.size();
        this.value = panel.value();
        this.point = layout.flatten(at);
        panel.builder().sweeps(derivative.sweeps());
    }

    void run() {
        if (columns <= MOST_COLUMNS) {
            int[] all = new int[columns];
            for (int j = 0; j < columns; j++) {
                all[j] = j;
            }
            columns(all);
        } else {
            SplittableRandom random = new SplittableRandom(check.seed());
            int[] sample = random.ints(0, columns).distinct().limit(SAMPLED).sorted().toArray();
            columns(sample);
            for (int p = 0; p < PROBES; p++) {
                probe(p, Directions.random(random, layout, at));
            }
        }
    }

    /** Each of some columns alone; if a limit ends the questions, those that were answered. */
    private void columns(int[] chosen) {
        List<Panel.Testimony> testimonies = new ArrayList<>();
        double[] largest = new double[rows];
        try {
            for (int j : chosen) {
                Panel.Testimony testimony = panel.first(Directions.unit(layout, j));
                testimonies.add(testimony);
                for (int i = 0; i < rows; i++) {
                    double size = Math.abs(testimony.estimate().values()[i]);
                    largest[i] = Double.isFinite(size) ? Math.max(largest[i], size) : largest[i];
                }
            }
        } finally {
            for (int c = 0; c < testimonies.size(); c++) {
                for (int i = 0; i < rows; i++) {
                    panel.builder().add(judged(i, chosen[c], testimonies.get(c), largest[i]));
                }
            }
        }
    }

    private Component judged(int i, int j, Panel.Testimony testimony, double largest) {
        String by = layout.describe(j);
        int index = i * columns + j;
        return Judge.judge(rows == 1 ? by : "[" + i + "] by " + by, i, j, derivative.get(index),
                () -> derivative.bound(index), testimony.of(i), Math.max(largest, Panel.natural(value[i], point[j])),
                panel.edge(layout.names().get(layout.part(j))));
    }

    /** The sum over all columns in one direction. */
    private void probe(int p, double[] direction) {
        List<Component> sums = sums("probe " + p, direction, 0, columns);
        boolean wrong = sums.stream().anyMatch(sum -> sum.judgement() == Judgement.WRONG);
        if (!wrong) {
            sums.forEach(panel.builder()::add);
            return;
        }
        int from = 0;
        int to = columns;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            boolean left = sums("", direction, from, middle).stream()
                    .anyMatch(sum -> sum.judgement() == Judgement.WRONG);
            from = left ? from : middle;
            to = left ? middle : to;
        }
        int before = panel.builder().wrong();
        columns(new int[] {from});
        if (panel.builder().wrong() == before) {
            sums.forEach(panel.builder()::add); // nothing alone is to blame: only the sum shows it
        }
    }

    private List<Component> sums(String name, double[] direction, int from, int to) {
        Point v = Directions.of(layout, direction, from, to);
        Panel.Testimony testimony = panel.first(v);
        Derivative[] pushed = new Derivative[1];
        List<Component> sums = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            double sizes = 0;
            for (int j = from; j < to; j++) {
                double product = derivative.get(i * columns + j) * direction[j];
                sum += product;
                sizes += Math.abs(product);
            }
            int row = i;
            double rounding = sizes * (to - from) * 0x1p-53;
            sums.add(Judge.judge(rows == 1 ? name : "[" + i + "], " + name, i, -1, sum,
                    () -> bound(v, pushed, direction, row, from, to) + rounding, testimony.of(i), sizes,
                    panel.anyEdge()));
        }
        return sums;
    }

    /** How far rounding may have moved the sum over some columns of a row; {@code pushed} keeps the derivative along v, if needed. */
    private double bound(Point v, Derivative[] pushed, double[] direction, int row, int from, int to) {
        if (!derivative.hasCheapBounds()) {
            pushed[0] = pushed[0] != null ? pushed[0]
                    : Derivative.of(check.engine(), f, at, Request.of(Operator.JVP, wrt), v);
            return 2 * pushed[0].bound(row);
        }
        double bound = 0;
        for (int j = from; j < to; j++) {
            bound += derivative.bound(row * columns + j) * Math.abs(direction[j]);
        }
        return bound;
    }
}
