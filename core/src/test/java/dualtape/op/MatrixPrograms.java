package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Point;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.lang.Language;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;

/** Programs over matrices: traced, evaluated in doubles and in 50 digits, and differentiated. */
final class MatrixPrograms {
    static final NumbersAlgebra<Double> DOUBLES = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    private MatrixPrograms() {}

    static Graph shared(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        return builder.graph(graph.evaluate(builder, Chain.inputs(builder, graph)));
    }

    static Tensor matrix(int n, double... elements) {
        return Tensor.of(Shape.of(n, n), elements);
    }

    static Tensor call(String name, Tensor... operands) {
        return Operations.find(name).call(Tensors.INSTANCE, List.of(operands));
    }

    static Graph graph(String program, Object... point) {
        return Language.parse(program).trace(Point.of(used(program, point))).graph();
    }

    /** Only the inputs that a program reads. */
    static Object[] used(String program, Object... point) {
        List<Object> used = new ArrayList<>();
        for (int i = 0; i < point.length; i += 2) {
            if (program.matches("(?s).*\\b" + point[i] + "\\b.*")) {
                used.add(point[i]);
                used.add(point[i + 1]);
            }
        }
        return used.toArray();
    }

    static Tensor value(String program) {
        return tensor(graph(program), List.of());
    }

    static Tensor tensor(Graph graph, List<Tensor> point) {
        return graph.evaluate(Tensors.INSTANCE, point).get(0);
    }

    static Tensor exact(String program, Tensor a) {
        return exact(graph(program, "A", a), List.of(a));
    }

    static Tensor exact(Graph graph, List<Tensor> point) {
        DecimalNumbers decimals = DecimalNumbers.digits(50);
        NumbersAlgebra<Dfp> algebra = new NumbersAlgebra<>(decimals);
        return graph.evaluate(algebra, point.stream().map(algebra::constant).toList()).get(0)
                .toTensor(decimals::toDouble);
    }

    static double distance(Tensor x, Tensor y) {
        double distance = 0;
        for (int i = 0; i < x.size(); i++) {
            distance = Math.max(distance, Math.abs(x.at(i) - y.at(i)));
        }
        return distance;
    }

    static double largest(Tensor x) {
        double largest = 0;
        for (int i = 0; i < x.size(); i++) {
            largest = Double.isNaN(x.at(i)) ? largest : Math.max(largest, Math.abs(x.at(i)));
        }
        return largest;
    }

    /** A row for each element of the result, a column for each of the inputs; by reverse and by forward, which agree. */
    static double[][] jacobian(Graph graph, List<Tensor> point) {
        List<Array<Double>> x = point.stream().map(DOUBLES::constant).toList();
        int rows = graph.output().shape().size();
        int columns = point.stream().mapToInt(Tensor::size).sum();
        double[][] jacobian = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            Array<Double> seed = Array.filled(graph.output().shape(), 0.0);
            seed.set(row, 1.0);
            int at = 0;
            for (Array<Double> adjoint : Chain.reverse(DOUBLES, graph, x, seed)) {
                for (int k = 0; k < adjoint.size(); k++) {
                    jacobian[row][at++] = adjoint.get(k) + 0.0;
                }
            }
        }
        int column = 0;
        for (int i = 0; i < point.size(); i++) {
            for (int k = 0; k < point.get(i).size(); k++) {
                List<Array<Double>> dx = new ArrayList<>(Collections.nCopies(point.size(), null));
                dx.set(i, Array.filled(point.get(i).shape(), 0.0));
                dx.get(i).set(k, 1.0);
                Array<Double> tangent = Chain.forward(DOUBLES, graph, x, dx);
                for (int row = 0; row < rows; row++) {
                    double scale = Math.max(1, Math.abs(tangent.get(row)));
                    boolean both = Math.abs(tangent.get(row) - jacobian[row][column]) <= 1e-12 * scale
                            || Double.compare(tangent.get(row) + 0.0, jacobian[row][column]) == 0;
                    assertTrue(both || !Double.isFinite(tangent.get(row)) && !Double.isFinite(jacobian[row][column]),
                            "element " + row + " by " + column + ": forward " + tangent.get(row) + ", reverse "
                                    + jacobian[row][column]);
                }
                column++;
            }
        }
        return jacobian;
    }

    static List<Tensor> points(Graph graph, Tensor a, Tensor b) {
        return graph.inputs().stream().map(input -> input.name().equals("A") ? a : b).toList();
    }
}
