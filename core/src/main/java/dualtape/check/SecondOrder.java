package dualtape.check;

import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Reduction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The Hessian, element by element; of very many inputs the products with seeded directions, in a sample of elements. A result that is
 * no scalar is summed with seeded weights first.
 */
final class SecondOrder {
    /** Up to so many columns every element of the Hessian is checked. */
    static final int MOST_COLUMNS = 8;
    private static final int HESSIAN = 40;
    private static final int SAMPLED = 20;
    private static final int PROBES = 6;

    private final Check check;
    private final Panel panel;
    private final Traced f;
    private final Point at;
    private final Request request;
    private final SplittableRandom random;
    private final Layout layout;
    private final double[] point;

    SecondOrder(Check check, Panel panel, Traced f, Point at, List<String> wrt) {
        this.check = check;
        this.panel = panel;
        this.random = new SplittableRandom(check.seed());
        this.f = f.graph().output().shape().size() == 1 ? f : check.memory().summed(f, check.seed());
        this.at = at;
        this.request = Request.of(Operator.HESSIAN, wrt);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        wrt.forEach(name -> shapes.put(name, this.f.graph().input(name).shape()));
        this.layout = new Layout(shapes);
        this.point = layout.flatten(at);
    }

    /** ⟨u, f⟩ with seeded weights. */
    static Traced summed(Traced f, SplittableRandom random) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        f.graph().inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        Node y = f.graph().evaluate(builder, inputs).get(0);
        double[] weights = random.doubles(y.shape().size()).map(u -> Math.rint(16 + 16 * u) / 32).toArray();
        Graph sum = builder.graph(Reduction.inner(builder, y, builder.constant(Tensor.of(y.shape(), weights))));
        return new Traced(f.source(), sum, f.guards(), f.guarded());
    }

    void run() {
        int n = layout.size();
        if (n <= HESSIAN) {
            hessian(n);
        } else {
            random.ints(0, n).distinct().limit(PROBES).forEach(this::column);
            product();
        }
    }

    private void hessian(int n) {
        Derivative hessian = Derivative.of(check.engine(), f, at, request, Point.of());
        panel.builder().sweeps(hessian.sweeps());
        List<int[]> pairs = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                pairs.add(new int[] {i, j});
            }
        }
        if (n > MOST_COLUMNS) {
            java.util.Collections.shuffle(pairs, new java.util.Random(check.seed()));
            pairs.subList(SAMPLED, pairs.size()).clear();
        }
        List<Panel.Testimony> testimonies = new ArrayList<>();
        double largest = 0;
        try {
            for (int[] pair : pairs) {
                Panel.Testimony testimony = panel.second(f, Directions.unit(layout, pair[0]),
                        Directions.unit(layout, pair[1]));
                testimonies.add(testimony);
                double size = Math.abs(testimony.estimate().values()[0]);
                largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
            }
        } finally { // if a limit ends the questions, those that were answered are judged
            for (int p = 0; p < testimonies.size(); p++) {
                int[] pair = pairs.get(p);
                element(hessian, pair[0], pair[1], testimonies.get(p), largest);
                if (pair[0] != pair[1]) {
                    element(hessian, pair[1], pair[0], testimonies.get(p), largest);
                }
            }
        }
    }

    private void element(Derivative hessian, int i, int j, Panel.Testimony testimony, double largest) {
        int index = i * layout.size() + j;
        panel.builder().add(Judge.judge(layout.describe(i) + ", " + layout.describe(j), i, j, hessian.get(index),
                () -> hessian.bound(index), testimony.of(0), Math.max(largest, natural(i, j)), edge(i, j)));
    }

    private double natural(int i, int j) {
        return Panel.natural(Panel.natural(panel.value()[0], point[i]), point[j]);
    }

    private String edge(int i, int j) {
        String first = panel.edge(layout.names().get(layout.part(i)));
        return first != null ? first : panel.edge(layout.names().get(layout.part(j)));
    }

    /** A column of the Hessian as a product with it: its diagonal element and two others. */
    private void column(int j) {
        Point v = Directions.unit(layout, j);
        Derivative product = product(v);
        int[] rows = IntStream.concat(IntStream.of(j), random.ints(0, layout.size())).distinct().limit(3).toArray();
        List<Panel.Testimony> testimonies = new ArrayList<>();
        double largest = 0;
        for (int i : rows) {
            Panel.Testimony testimony = panel.second(f, v, Directions.unit(layout, i));
            testimonies.add(testimony);
            double size = Math.abs(testimony.estimate().values()[0]);
            largest = Double.isFinite(size) ? Math.max(largest, size) : largest;
        }
        for (int r = 0; r < rows.length; r++) {
            int i = rows[r];
            panel.builder().add(Judge.judge(layout.describe(i) + ", " + layout.describe(j), i, j, product.get(i),
                    () -> product.bound(i), testimonies.get(r).of(0),
                    Math.max(largest, natural(i, j)), edge(i, j)));
        }
    }

    /** All elements at once: the sum wᵀ H v in random directions. */
    private void product() {
        Point v = Directions.of(layout, Directions.random(random, layout, at), 0, layout.size());
        double[] w = Directions.random(random, layout, at);
        Derivative product = product(v);
        double sum = 0;
        double sizes = 0;
        for (int i = 0; i < w.length; i++) {
            sum += product.get(i) * w[i];
            sizes += Math.abs(product.get(i) * w[i]);
        }
        double rounding = sizes * w.length * 0x1p-53;
        Panel.Testimony testimony = panel.second(f, v, Directions.of(layout, w, 0, w.length));
        panel.builder().add(Judge.judge("a sum over the Hessian", -1, -1, sum,
                () -> IntStream.range(0, w.length).mapToDouble(i -> product.bound(i) * Math.abs(w[i])).sum() + rounding,
                testimony.of(0), sizes, panel.anyEdge()));
    }

    private Derivative product(Point v) {
        Point direction = v;
        for (String name : request.wrt()) {
            direction = direction.has(name) ? direction
                    : direction.with(name, Tensor.uniform(0, f.graph().input(name).shape()));
        }
        Derivative product = Derivative.of(check.engine(), f, at, request.with(Operator.HVP), direction);
        panel.builder().sweeps(product.sweeps());
        return product;
    }
}
