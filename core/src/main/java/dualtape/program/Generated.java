package dualtape.program;

import dualtape.ir.Kernel;
import dualtape.kernel.Elementary;
import dualtape.kernel.Forms;
import dualtape.kernel.Task;
import java.util.Arrays;
import java.util.List;

/** What generated loops extend: their constants, the kernels that they call, and the helpers that their code calls. */
abstract class Generated implements Kernel {
    /** The number of partial sums, as everywhere. */
    static final int WIDTH = 32;

    final double[] constants;
    final Call[] calls;
    private final int workspace;

    Generated(double[] constants, Call[] calls, int workspace) {
        this.constants = constants;
        this.calls = calls;
        this.workspace = workspace;
    }

    @Override
    public final int workspace() {
        return workspace;
    }

    /** A call of another kernel, its operands and results set by the code before each run. */
    static final class Call {
        private final Kernel kernel;
        private final double[][] x;
        private final int[] xAt;
        private final double[][] y;
        private final int[] yAt;

        /** {@code results}: with the scratch; one at least. */
        Call(Kernel kernel, int operands, int results) {
            this.kernel = kernel;
            this.x = new double[operands][];
            this.xAt = new int[operands];
            this.y = new double[results][];
            this.yAt = new int[results];
        }

        /** Place i: the operands come first, then the results. */
        void bind(int i, double[] array, int at) {
            if (i < x.length) {
                bind(x, xAt, i, array, at);
            } else {
                bind(y, yAt, i - x.length, array, at);
            }
        }

        /** The array is the same in most calls; a store of it would cost the collector's bookkeeping. */
        private static void bind(double[][] arrays, int[] offsets, int i, double[] array, int at) {
            if (arrays[i] != array) {
                arrays[i] = array;
            }
            offsets[i] = at;
        }

        /** Runs the kernel on its last places, the others bound before. */
        void run(double[] array, int at) {
            bind(x.length + y.length - 1, array, at);
            kernel.run(x, xAt, y, yAt);
        }

        void run(double[] array, int at, double[] next, int nextAt) {
            bind(x.length + y.length - 2, array, at);
            run(next, nextAt);
        }

        void run(double[] array, int at, double[] next, int nextAt, double[] third, int thirdAt) {
            bind(x.length + y.length - 3, array, at);
            run(next, nextAt, third, thirdAt);
        }

        void run(double[] array, int at, double[] next, int nextAt, double[] third, int thirdAt, double[] fourth,
                int fourthAt) {
            bind(x.length + y.length - 4, array, at);
            run(next, nextAt, third, thirdAt, fourth, fourthAt);
        }

        Call instance() {
            return new Call(kernel.instance(), x.length, y.length);
        }

        long held() {
            return kernel.held();
        }
    }

    /** A loop that calls kernels: each thread needs calls of its own. */
    record Calling(Loop loop, double[] constants, List<Call> calls, int workspace) implements Kernel {
        /** Makes an instance of a generated class. */
        interface Loop {
            Kernel make(double[] constants, Call[] calls, int workspace);
        }

        @Override
        public Kernel instance() {
            return loop.make(constants, calls.stream().map(Call::instance).toArray(Call[]::new), workspace);
        }

        @Override
        public long held() {
            return calls.stream().mapToLong(Call::held).sum();
        }

        @Override
        public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            instance().run(x, xAt, y, yAt);
        }
    }

    /** y = f(x), n elements. */
    static void map(double[] x, int xAt, double[] y, int yAt, Task task, Elementary f, int n) {
        Forms.of(task, n).map(f, x, xAt, y, yAt, n);
    }

    /** The product of the chain rule: an exact zero in either factor gives zero. One comparison where nothing is zero or NaN. */
    static double scale(double slope, double tangent) {
        double product = slope * tangent;
        return Math.abs(product) > 0 ? product : vanishing(slope, tangent, product);
    }

    private static double vanishing(double slope, double tangent, double product) {
        return slope == 0 || tangent == 0 ? 0 : product;
    }

    /** The element of a vector at an index, as {@link dualtape.op.Gathering.Gather} reads it. */
    static double pick(double[] vector, int at, int extent, double index, double fill) {
        int place = (int) index;
        if (place != index || place < 0 || place >= extent) {
            place = place(extent, index);
        }
        return place < 0 ? fill : vector[at + place];
    }

    /** Where the element at an index begins, of vectors that lie element by element; anywhere in them if there is none. */
    static int picked(int at, int extent, double index, int lanes) {
        return at + Math.max(0, place(extent, index)) * lanes;
    }

    /** What leaves a number as it is, or NaN if there is no element at the index. */
    static double missing(int extent, double index) {
        return place(extent, index) < 0 ? Double.NaN : -0.0;
    }

    private static int place(int extent, double index) {
        double from = index < 0 ? index + extent : index;
        int whole = (int) from;
        return whole == from && whole >= 0 && whole < extent ? whole : -1;
    }

    static void clear(double[] a, int at, int size) {
        Arrays.fill(a, at, at + size, 0);
    }

    /** a[at …] += b[from …], {@code size} elements. */
    static void add(double[] a, int at, double[] b, int from, int size) {
        for (int e = 0; e < size; e++) {
            a[at + e] += b[from + e];
        }
    }

    /** a[at + e · beside] += b[from + e], {@code size} elements. */
    static void addBeside(double[] a, int at, int beside, double[] b, int from, int size) {
        for (int e = 0; e < size; e++) {
            a[at + e * beside] += b[from + e];
        }
    }

    /**
     * {@link #tree} of partial sums that a loop on vectors has made: element e of partial sum p lies at (p − p mod beside) · size +
     * e · beside + p mod beside. The sum goes to the first {@code size} doubles.
     */
    static void treeBeside(double[] a, int at, int size, int length, int beside) {
        for (int half = WIDTH / 2; half > 0; half /= 2) {
            if (half >= beside && 2 * half <= length) {
                add(a, at, a, at + half * size, half * size);
                continue;
            }
            for (int p = 0; p < half && p + half < length; p++) {
                int q = p + half;
                int to = at + (p - p % beside) * size + p % beside;
                int from = at + (q - q % beside) * size + q % beside;
                for (int e = 0; e < size; e++) {
                    a[to + e * beside] += a[from + e * beside];
                }
            }
        }
        for (int e = 0; e < size; e++) {
            a[at + e] = a[at + e * beside];
        }
    }

    /** From row to row: lane l of element e, {@code lanes} doubles each, is element e of row l. */
    static void interleave(double[] rows, int at, int size, double[] to, int toAt, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int e = 0; e < size; e++) {
                to[toAt + e * lanes + lane] = rows[at + lane * size + e];
            }
        }
    }

    /** The inverse of {@link #interleave}. */
    static void rows(double[] from, int fromAt, double[] rows, int at, int size, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            for (int e = 0; e < size; e++) {
                rows[at + lane * size + e] = from[fromAt + e * lanes + lane];
            }
        }
    }

    /** Whether one of some doubles is not zero. */
    static boolean doubtful(double[] a, int at, int size) {
        boolean doubtful = false;
        for (int e = 0; e < size; e++) {
            doubtful |= a[at + e] != 0;
        }
        return doubtful;
    }

    /** Whether one is NaN. */
    static boolean anyNaN(double[] a, int at, int size) {
        boolean any = false;
        for (int e = 0; e < size; e++) {
            any |= a[at + e] != a[at + e];
        }
        return any;
    }

    /** Repeats each of {@code size} doubles {@code lanes} times. */
    static void spread(double[] from, int fromAt, double[] to, int toAt, int size, int lanes) {
        for (int e = 0; e < size; e++) {
            Arrays.fill(to, toAt + e * lanes, toAt + (e + 1) * lanes, from[fromAt + e]);
        }
    }

    static void copy(double[] from, int fromAt, double[] to, int toAt, int size) {
        System.arraycopy(from, fromAt, to, toAt, size);
    }

    /** Adds up partial sums of {@code size} elements each, those that {@code length} terms reach, into the first. */
    static void tree(double[] a, int at, int size, int length) {
        for (int half = WIDTH / 2; half > 0; half /= 2) {
            for (int p = 0; p < half && p + half < length; p++) {
                add(a, at + p * size, a, at + (p + half) * size, size);
            }
        }
    }
}
