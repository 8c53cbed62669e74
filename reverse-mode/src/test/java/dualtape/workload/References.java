package dualtape.workload;

import dualtape.engine.Layout;
import dualtape.engine.Point;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.ComplexNumbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import dualtape.ir.numbers.DecimalNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.dfp.Dfp;

/**
 * What the functions of the modules give, by values alone: values by plain loops that know nothing of graphs, first derivatives by
 * the complex step of the graph's values, quotients of derivatives by central differences of them at 50 digits.
 */
final class References {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);

    /** Its square vanishes beside 1. */
    private static final double STEP = 1e-100;

    private References() {}

    static double[] of(String module, String function, Object sample, Problem problem) {
        Map<?, ?> in = sample instanceof Map<?, ?> fields ? fields : Map.of("x", sample);
        return switch (module + " " + function) {
            case "hello square" -> new double[] {number(in, "x") * number(in, "x")};
            case "llsq primal" -> PlainValues.llsq(array(in, "x"), (int) number(in, "n"));
            case "lse primal" -> PlainValues.lse(array(in, "x"));
            case "gmm objective" -> PlainValues.gmm(in);
            case "kmeans cost" -> PlainValues.kmeans(in);
            case "lstm objective" -> PlainValues.lstm(in);
            case "ode primal" -> PlainValues.ode(array(in, "x"), (int) number(in, "s"));
            case "ba objective" -> PlainModels.ba(in);
            case "ht objective" -> PlainModels.ht(in);
            case "det primal" -> new double[] {PlainModels.det(array(in, "A"), (int) number(in, "ell"))};
            case "kmeans dir" -> direction(problem);
            case "ba jacobian" -> rows(in, jacobian(problem.graph(), problem.point(), problem.wrt()));
            case "particle rr", "particle ff", "particle fr", "particle rf" -> PlainDescents.particle(number(in, "w"));
            case "saddle rr", "saddle ff", "saddle fr", "saddle rf" -> PlainDescents.saddle(array(in, "start"));
            case "hello double", "llsq gradient", "lse gradient", "gmm jacobian", "lstm jacobian", "ode gradient",
                    "ht jacobian",
                    "det gradient" ->
                jacobian(problem.graph(), problem.point(), problem.wrt());
            default -> null;
        };
    }

    static double number(Map<?, ?> in, String field) {
        return ((Number) in.get(field)).doubleValue();
    }

    static double[] array(Map<?, ?> in, String field) {
        return ((Tensor) in.get(field)).toArray();
    }

    /** The gradient over the diagonal of the Hessian, by first and second differences. */
    private static double[] direction(Problem problem) {
        double[] point = problem.point().get("centroids").toArray();
        double[] direction = new double[point.length];
        Dfp h = DECIMALS.parse("1e-12");
        for (int i = 0; i < direction.length; i++) {
            Dfp up = values(DECIMALS, problem.graph(), problem.point(), "centroids", i, h).get(0);
            Dfp here = values(DECIMALS, problem.graph(), problem.point(), "centroids", i, DECIMALS.of(0)).get(0);
            Dfp down = values(DECIMALS, problem.graph(), problem.point(), "centroids", i, h.negate()).get(0);
            Dfp first = up.subtract(down).divide(2).divide(h);
            Dfp second = up.add(down).subtract(here.multiply(2)).divide(h).divide(h);
            direction[i] = DECIMALS.toDouble(first.divide(second));
        }
        return direction;
    }

    /** The Jacobian of a bundle adjustment in compressed rows: of offsets, columns and values the first thirty and the last. */
    private static double[] rows(Map<?, ?> in, double[] jacobian) {
        int n = (int) number(in, "n");
        int m = (int) number(in, "m");
        int p = (int) number(in, "p");
        int columns = 11 * n + 3 * m + p;
        List<Double> starts = new ArrayList<>(List.of(0.0));
        List<Double> indices = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int row = 0; row < 3 * p; row++) {
            for (int column = 0; column < columns; column++) {
                int observation = row / 2;
                boolean camera = column / 11 == observation % n && column < 11 * n;
                boolean point = column >= 11 * n && (column - 11 * n) / 3 == observation % m && column < 11 * n + 3 * m;
                boolean weight = column == 11 * n + 3 * m + (row < 2 * p ? observation : row - 2 * p);
                if (weight || row < 2 * p && (camera || point)) {
                    indices.add((double) column);
                    values.add(jacobian[row * columns + column]);
                } else if (jacobian[row * columns + column] != 0) {
                    throw new AssertionError("an element outside of the pattern: row " + row + ", column " + column);
                }
            }
            starts.add((double) indices.size());
        }
        List<Double> shown = new ArrayList<>();
        for (List<Double> all : List.of(starts, indices, values)) {
            shown.addAll(all.subList(0, Math.min(30, all.size())));
            shown.add(all.get(all.size() - 1));
        }
        return shown.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The Jacobian of the first output by the complex step, row by row. */
    static double[] jacobian(Graph graph, Point at, List<String> wrt) {
        int rows = graph.output().shape().size();
        int columns = wrt.stream().mapToInt(name -> at.get(name).size()).sum();
        double[] jacobian = new double[rows * columns];
        int column = 0;
        for (String name : wrt) {
            for (int i = 0; i < at.get(name).size(); i++, column++) {
                List<Complex> moved = values(ComplexNumbers.INSTANCE, graph, at, name, i, new Complex(0, STEP));
                for (int row = 0; row < rows; row++) {
                    jacobian[row * columns + column] = moved.get(row).im() / STEP;
                }
            }
        }
        return jacobian;
    }

    /** The first output over these numbers, with one element of one input moved. */
    private static <N> List<N> values(Numbers<N> n, Graph graph, Point at, String moved, int index, N by) {
        Layout layout = Layout.of(graph.inputs());
        List<Array<N>> inputs = new ArrayList<>();
        for (int i = 0; i < layout.names().size(); i++) {
            Tensor value = at.get(layout.names().get(i));
            Array<N> input = new Array<>(value.shape());
            for (int k = 0; k < input.size(); k++) {
                N element = n.of(value.at(k));
                input.set(k, k == index && layout.names().get(i).equals(moved) ? n.add(element, by) : element);
            }
            inputs.add(input);
        }
        Array<N> output = graph.evaluate(new NumbersAlgebra<>(n), inputs).get(0);
        List<N> values = new ArrayList<>();
        for (int k = 0; k < output.size(); k++) {
            values.add(output.get(k));
        }
        return values;
    }
}
