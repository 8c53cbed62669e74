package dualtape.op;

import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.kernel.Task;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of parts that lie in zeros along an axis, each from a place of its own on: the adjoint of what several slices are read
 * from. It costs what the parts have elements, where the sum of padded parts costs their number times the whole. It has no
 * derivative, since programs are not differentiated.
 *
 * @param extent of the axis in the result
 * @param before for each operand where it begins
 */
public record PaddedSum(int axis, int extent, List<Integer> before) implements Op {
    /** Where what an operation pads begins; −1 if it does not pad along this axis. */
    public static int before(Op op, int axis) {
        return op instanceof Slicing.Pad pad && pad.axis() == axis ? pad.before() : -1;
    }

    /** The axis along which an operation pads, −1 if it does not. */
    public static int axis(Op op) {
        return op instanceof Slicing.Pad pad ? pad.axis() : -1;
    }

    @Override
    public String symbol() {
        return "sum of padded";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        return List.of(operands.get(0).without(axis).with(axis, extent));
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Array<N> sum = y.get(0);
        for (int e = 0; e < sum.size(); e++) {
            sum.set(e, n.of(0));
        }
        Axis all = Axis.of(sum.shape(), axis);
        for (int part = 0; part < x.size(); part++) {
            Axis own = Axis.of(x.get(part).shape(), axis);
            for (int o = 0; o < own.outer(); o++) {
                int to = all.at(o, before.get(part), 0);
                int from = own.at(o, 0, 0);
                for (int e = 0; e < own.extent() * own.inner(); e++) {
                    N element = x.get(part).get(from + e);
                    sum.set(to + e, part == 0 ? element : n.add(sum.get(to + e), element));
                }
            }
        }
    }

    @Override
    public Rule rule(int operand) {
        return Rule.NONE;
    }

    @Override
    public long work(List<Shape> operands) {
        return operands.stream().mapToLong(Shape::size).sum();
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        Axis all = Axis.of(shapes(operands).get(0), axis);
        int whole = all.extent() * all.inner();
        int[] begin = before.stream().mapToInt(place -> place * all.inner()).toArray();
        int[] length = operands.stream().mapToInt(shape -> shape.extent(axis) * all.inner()).toArray();
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < all.outer(); o++) {
                int at = yAt[0] + o * whole;
                int end = begin[0] + length[0];
                Arrays.fill(y[0], at, at + begin[0], 0);
                System.arraycopy(x[0], xAt[0] + o * length[0], y[0], at + begin[0], length[0]);
                Arrays.fill(y[0], at + end, at + whole, 0);
                for (int part = 1; part < length.length; part++) {
                    Forms.of(Task.ADD_TO, length[part]).addTo(x[part], xAt[part] + o * length[part], y[0],
                            at + begin[part],
                            length[part]);
                }
            }
        };
    }
}
