package dualtape.op;

import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;

/** Central differences of values in 50 digits: the derivatives that rules are held against. */
final class Differences {
    static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    static final NumbersAlgebra<Dfp> EXACT = new NumbersAlgebra<>(DECIMALS);

    private Differences() {}

    static List<Tensor> difference(Op op, List<Tensor> x, List<Tensor> direction) {
        Dfp step = DECIMALS.parse("1e-18");
        List<Array<Dfp>> right = Reached.results(EXACT, op, moved(x, direction, step));
        List<Array<Dfp>> left = Reached.results(EXACT, op, moved(x, direction, step.negate()));
        List<Tensor> difference = new ArrayList<>();
        for (int j = 0; j < right.size(); j++) {
            difference.add(quotient(right.get(j), left.get(j), step.multiply(2)));
        }
        return difference;
    }

    static List<Array<Dfp>> moved(List<Tensor> x, List<Tensor> direction, Dfp step) {
        List<Array<Dfp>> point = decimals(x);
        for (int i = 0; i < point.size(); i++) {
            point.set(i, moved(point.get(i), direction.get(i), step));
        }
        return point;
    }

    static Tensor difference(Graph graph, List<Tensor> x, List<Tensor> direction) {
        Dfp step = DECIMALS.parse("1e-18");
        return quotient(at(graph, x, direction, step, direction, step.getZero()),
                at(graph, x, direction, step.negate(), direction, step.getZero()), step.multiply(2));
    }

    static Tensor difference(Graph graph, List<Tensor> x, List<Tensor> first, List<Tensor> second) {
        Dfp step = DECIMALS.parse("1e-12");
        Dfp back = step.negate();
        Array<Dfp> same = sum(at(graph, x, first, step, second, step), at(graph, x, first, back, second, back));
        Array<Dfp> opposite = sum(at(graph, x, first, step, second, back), at(graph, x, first, back, second, step));
        return quotient(same, opposite, step.multiply(step).multiply(4));
    }

    static Array<Dfp> at(Graph graph, List<Tensor> x, List<Tensor> first, Dfp h, List<Tensor> second, Dfp k) {
        List<Array<Dfp>> point = decimals(x);
        for (int i = 0; i < point.size(); i++) {
            point.set(i, moved(moved(point.get(i), first.get(i), h), second.get(i), k));
        }
        return graph.evaluate(EXACT, point).get(0);
    }

    static Array<Dfp> moved(Array<Dfp> x, Tensor direction, Dfp step) {
        Array<Dfp> moved = new Array<>(x.shape());
        for (int k = 0; k < x.size(); k++) {
            moved.set(k, direction.at(k) == 0 ? x.get(k) : x.get(k).add(DECIMALS.of(direction.at(k)).multiply(step)));
        }
        return moved;
    }

    static Array<Dfp> sum(Array<Dfp> x, Array<Dfp> y) {
        Array<Dfp> sum = new Array<>(x.shape());
        for (int k = 0; k < x.size(); k++) {
            sum.set(k, x.get(k).add(y.get(k)));
        }
        return sum;
    }

    static Tensor quotient(Array<Dfp> right, Array<Dfp> left, Dfp width) {
        Array<Dfp> quotient = new Array<>(right.shape());
        for (int k = 0; k < right.size(); k++) {
            quotient.set(k, right.get(k).subtract(left.get(k)).divide(width));
        }
        return exact(quotient);
    }

    static Tensor exact(Array<Dfp> array) {
        return array.toTensor(DECIMALS::toDouble);
    }

    static List<Tensor> exact(List<Array<Dfp>> arrays) {
        return arrays.stream().map(Differences::exact).toList();
    }

    static List<Array<Dfp>> decimals(List<Tensor> x) {
        return new ArrayList<>(x.stream().map(EXACT::constant).toList());
    }
}
