package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.Shape;
import java.util.Arrays;
import java.util.List;

/** Kernels of the operations that move elements. */
final class Moves {
    /** The side of the squares in which a matrix is transposed: two of them fit the first cache. */
    private static final int SQUARE = 32;

    private Moves() {}

    /** {@code lanes}: of the result. */
    static Kernel spread(Axis lanes) {
        int inner = lanes.inner();
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < lanes.outer(); o++) {
                if (inner == 1) {
                    int at = yAt[0] + o * lanes.extent();
                    Arrays.fill(y[0], at, at + lanes.extent(), x[0][xAt[0] + o]);
                } else {
                    for (int k = 0; k < lanes.extent(); k++) {
                        System.arraycopy(x[0], xAt[0] + o * inner, y[0], yAt[0] + lanes.at(o, k, 0), inner);
                    }
                }
            }
        };
    }

    /** {@code lanes}: of the operand. */
    static Kernel slice(Axis lanes, int from, int to) {
        int length = (to - from) * lanes.inner();
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < lanes.outer(); o++) {
                System.arraycopy(x[0], xAt[0] + lanes.at(o, from, 0), y[0], yAt[0] + o * length, length);
            }
        };
    }

    /** {@code lanes}: of the operand. */
    static Kernel pad(Axis lanes, int before, int after) {
        int length = lanes.extent() * lanes.inner();
        int head = before * lanes.inner();
        int tail = after * lanes.inner();
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < lanes.outer(); o++) {
                int at = yAt[0] + o * (head + length + tail);
                Arrays.fill(y[0], at, at + head, 0);
                System.arraycopy(x[0], xAt[0] + o * length, y[0], at + head, length);
                Arrays.fill(y[0], at + head + length, at + head + length + tail, 0);
            }
        };
    }

    static Kernel transpose(Shape shape) {
        if (shape.rank() != 2) {
            return (x, xAt, y, yAt) -> {
                for (int i = 0; i < shape.size(); i++) {
                    y[0][yAt[0] + reversed(shape, i)] = x[0][xAt[0] + i];
                }
            };
        }
        int rows = shape.extent(0);
        int columns = shape.extent(1);
        return (x, xAt, y, yAt) -> {
            for (int i0 = 0; i0 < rows; i0 += SQUARE) {
                for (int j0 = 0; j0 < columns; j0 += SQUARE) {
                    for (int i = i0; i < Math.min(i0 + SQUARE, rows); i++) {
                        for (int j = j0; j < Math.min(j0 + SQUARE, columns); j++) {
                            y[0][yAt[0] + j * rows + i] = x[0][xAt[0] + i * columns + j];
                        }
                    }
                }
            }
        };
    }

    /** Where element {@code index} of a tensor of this shape stands once its axes are reversed. */
    static int reversed(Shape shape, int index) {
        int rest = index;
        int position = 0;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            position = position * shape.extent(axis) + rest % shape.extent(axis);
            rest /= shape.extent(axis);
        }
        return position;
    }

    static Kernel flip(Axis lanes) {
        int inner = lanes.inner();
        return (x, xAt, y, yAt) -> {
            for (int o = 0; o < lanes.outer(); o++) {
                for (int k = 0; k < lanes.extent(); k++) {
                    System.arraycopy(x[0], xAt[0] + lanes.at(o, lanes.extent() - 1 - k, 0), y[0],
                            yAt[0] + lanes.at(o, k, 0), inner);
                }
            }
        };
    }

    /** For each element of the result, where it stands in the operand; axis k of the result is axis {@code axes[k]} of it. */
    static int[] permuted(Shape operand, List<Integer> axes) {
        int[] from = {0};
        for (int axis : axes) {
            int extent = operand.extent(axis);
            int stride = operand.stride(axis);
            int[] longer = new int[from.length * extent];
            for (int i = 0; i < longer.length; i++) {
                longer[i] = from[i / extent] + i % extent * stride;
            }
            from = longer;
        }
        return from;
    }

    /** {@code lanes}: of the operands, which are laid end to end along the axis. */
    static Kernel concat(List<Axis> lanes) {
        int[] length = lanes.stream().mapToInt(axis -> axis.extent() * axis.inner()).toArray();
        int row = Arrays.stream(length).sum();
        int outer = lanes.get(0).outer();
        return (x, xAt, y, yAt) -> {
            int at = yAt[0];
            for (int i = 0; i < length.length; i++) {
                for (int o = 0; o < outer; o++) {
                    System.arraycopy(x[i], xAt[i] + o * length[i], y[0], at + o * row, length[i]);
                }
                at += length[i];
            }
        };
    }
}
