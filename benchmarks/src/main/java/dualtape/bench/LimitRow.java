package dualtape.bench;

import dualtape.ir.Graph;
import java.util.List;
import java.util.Random;

/** A function with a gradient that a careful person wrote by hand in plain Java: what a derived gradient is measured by. */
public interface LimitRow {
    /** What it is and how large, as in {@code sine-1000}. */
    String name();

    /** The function as a graph. Its inputs, one after the other, are the flat point. */
    Graph graph();

    /** The inputs by which it is differentiated, in the order in which their parts lie in the gradient. */
    List<String> wrt();

    /** The value, by hand. */
    double primal(double[] x);

    /** The value and the gradient, by hand. Allocates nothing. */
    double gradient(double[] x, double[] gradient);

    /** A point: the same at every call. */
    default double[] point() {
        Random random = new Random(17);
        double[] x = new double[graph().inputs().stream().mapToInt(input -> input.shape().size()).sum()];
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextDouble() - 0.5;
        }
        return x;
    }
}
