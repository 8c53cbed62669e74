package dualtape.op;

import dualtape.ir.Kernel;
import java.util.Arrays;

/** The kernels of {@link Gathering}: an index is looked up once for all that lies at it, or where it is used along the last axis. */
final class Indexed {
    private Indexed() {}

    /** An index counted from 0, or −1 where it is out of range or no integer. */
    static int fromStart(double index, int extent) {
        double from = index < 0 ? index + extent : index;
        int whole = (int) from;
        return whole == from && whole >= 0 && whole < extent ? whole : -1;
    }

    /** Reads {@code count} elements of an axis. */
    static Kernel gather(Axis all, int count, double fill) {
        int extent = all.extent();
        int inner = all.inner();
        if (inner == 1) {
            return (x, xAt, y, yAt) -> {
                for (int o = 0; o < all.outer(); o++) {
                    elements(x[0], xAt[0] + o * extent, extent, x[1], xAt[1], count, fill, y[0], yAt[0] + o * count);
                }
            };
        }
        return (x, xAt, y, yAt) -> {
            for (int j = 0; j < count; j++) {
                int k = fromStart(x[1][xAt[1] + j], extent);
                for (int o = 0; o < all.outer(); o++) {
                    int to = yAt[0] + (o * count + j) * inner;
                    if (k < 0) {
                        Arrays.fill(y[0], to, to + inner, fill);
                    } else {
                        System.arraycopy(x[0], xAt[0] + all.at(o, k, 0), y[0], to, inner);
                    }
                }
            }
        };
    }

    /** Adds all elements of an axis to zeros, {@code extent} along that axis. */
    static Kernel scatterAdd(Axis part, int extent) {
        int count = part.extent();
        int inner = part.inner();
        if (inner == 1) {
            return (x, xAt, y, yAt) -> {
                for (int o = 0; o < part.outer(); o++) {
                    addElements(x[0], xAt[0] + o * count, count, x[1], xAt[1], extent, y[0], yAt[0] + o * extent);
                }
            };
        }
        return (x, xAt, y, yAt) -> {
            Arrays.fill(y[0], yAt[0], yAt[0] + part.outer() * extent * inner, 0);
            for (int j = 0; j < count; j++) {
                int k = fromStart(x[1][xAt[1] + j], extent);
                for (int o = 0; k >= 0 && o < part.outer(); o++) {
                    int to = yAt[0] + (o * extent + k) * inner;
                    int from = xAt[0] + part.at(o, j, 0);
                    for (int i = 0; i < inner; i++) {
                        y[0][to + i] += x[0][from + i];
                    }
                }
            }
        };
    }

    /** {@link #fromStart}, quick for the usual index. */
    private static int place(double index, int extent) {
        int k = (int) index;
        return k == index && k >= 0 && k < extent ? k : fromStart(index, extent);
    }

    /** y[j] = x[index[j]], of vectors. */
    private static void elements(double[] x, int xAt, int extent, double[] index, int at, int count, double fill,
            double[] y, int yAt) {
        for (int j = 0; j < count; j++) {
            int k = place(index[at + j], extent);
            y[yAt + j] = k < 0 ? fill : x[xAt + k];
        }
    }

    /** y = 0, then y[index[j]] += x[j], of vectors. */
    private static void addElements(double[] x, int xAt, int count, double[] index, int at, int extent, double[] y,
            int yAt) {
        Arrays.fill(y, yAt, yAt + extent, 0);
        for (int j = 0; j < count; j++) {
            int k = place(index[at + j], extent);
            if (k >= 0) {
                y[yAt + k] += x[xAt + j];
            }
        }
    }
}
