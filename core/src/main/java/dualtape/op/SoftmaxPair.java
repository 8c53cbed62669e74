package dualtape.op;

import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * log Σ exp(x) and the softmax of the same lanes, from the same exponentials: what a program computes where both are wanted, as
 * in every gradient. It has no derivative, since programs are not differentiated.
 */
public record SoftmaxPair(Op logSumExp, Op softmax, int axis) implements Op {
    /** The pair of two operations on one operand of shape {@code x}; null if they are others. */
    public static SoftmaxPair of(Op logSumExp, Op softmax, Shape x) {
        int first = Softmax.logSumExpAxis(logSumExp);
        int second = Softmax.softmaxAxis(softmax);
        boolean same = first != Softmax.OTHER && second != Softmax.OTHER
                && Axis.of(x, first).equals(Axis.of(x, second));
        return same ? new SoftmaxPair(logSumExp, softmax, second) : null;
    }

    /** Whether an operation is a logsumexp. */
    public static boolean isSum(Op op) {
        return Softmax.logSumExpAxis(op) != Softmax.OTHER;
    }

    /**
     * What an operation makes of one row of neighbours.
     *
     * @param logSumExp the number of the result that is log Σ exp(x), or −1
     * @param softmax the number of the result that is the softmax, or −1
     */
    public record Row(int logSumExp, int softmax) {}

    /** The results of a logsumexp, a softmax or both of one row that is the whole operand; null for all others. */
    public static Row row(Op op, Shape x) {
        int sum = Softmax.logSumExpAxis(op instanceof SoftmaxPair pair ? pair.logSumExp() : op);
        int soft = Softmax.softmaxAxis(op instanceof SoftmaxPair pair ? pair.softmax() : op);
        int axis = sum != Softmax.OTHER ? sum : soft;
        if (axis == Softmax.OTHER || Axis.of(x, axis).extent() != x.size()) {
            return null;
        }
        return new Row(sum != Softmax.OTHER ? 0 : -1, soft == Softmax.OTHER ? -1 : op instanceof SoftmaxPair ? 1 : 0);
    }

    @Override
    public String symbol() {
        return "logsumexp and softmax";
    }

    @Override
    public int results() {
        return 2;
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        List<Shape> shapes = new ArrayList<>(logSumExp.shapes(operands));
        shapes.addAll(softmax.shapes(operands));
        return shapes;
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        logSumExp.value(n, x, y.subList(0, 1));
        softmax.value(n, x, y.subList(1, 2));
    }

    @Override
    public Rule rule(int operand) {
        return Rule.NONE;
    }

    @Override
    public long work(List<Shape> operands) {
        return 6L * operands.get(0).size();
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        Axis lanes = Axis.of(operands.get(0), axis);
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                for (int o = 0; o < lanes.outer(); o++) {
                    for (int i = 0; i < lanes.inner(); i++) {
                        int at = lanes.at(o, 0, i);
                        y[0][yAt[0] + o * lanes.inner() + i] = Reductions.softmax(x[0], xAt[0] + at, lanes.extent(),
                                y[1], yAt[1] + at, lanes.inner(), y[2], yAt[2]);
                    }
                }
            }

            @Override
            public int workspace() {
                return Sums.WIDTH;
            }
        };
    }
}
