package dualtape.program;

import dualtape.ir.Kernel;
import dualtape.ir.Pointwise;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Kernels of pointwise operations. The first elements are computed by the definition over boxed doubles; an operation
 * that is used more gets a loop generated from the same definition. Both call the same functions, so the bits are the
 * same and the switch cannot be seen.
 */
final class PointwiseKernels {
    /** Elements computed by the definition before a loop is generated: about what generating it costs. */
    private static final int PATIENCE = 2_000;
    /** Runs of one kernel after which there will be more. */
    private static final int RUNS = 8;

    private static final Map<Pointwise, Entry> ENTRIES = new ConcurrentHashMap<>();

    private PointwiseKernels() {}

    static Kernel of(Pointwise op, int size) {
        Entry entry = entry(op);
        Kernel loop = entry.loop(size);
        return loop != null ? loop : new Patient(entry, size);
    }

    /** The operation on single numbers; those beyond its own operands are not read. */
    static double at(Pointwise op, double x, double y, double z) {
        Entry entry = entry(op);
        PointwiseKernel single = entry.last;
        if (single == null) {
            single = entry.after(1) == null ? null : entry.loop(1);
        }
        if (single != null) {
            return single.at(x, y, z);
        }
        List<Double> operands = List.of(x, y, z).subList(0, op.arity());
        return op.at(DoubleNumbers.INSTANCE, operands);
    }

    private static Entry entry(Pointwise op) {
        Entry known = ENTRIES.get(op);
        return known != null ? known : ENTRIES.computeIfAbsent(op, Entry::new);
    }

    /** What is known of one operation. */
    private static final class Entry {
        private final Pointwise op;
        private final AtomicInteger elements = new AtomicInteger();
        private volatile IntFunction<PointwiseKernel> loop;
        private volatile PointwiseKernel last;
        private volatile Sized sized;

        Entry(Pointwise op) {
            this.op = op;
        }

        /** The generated loop if it is time for one. */
        IntFunction<PointwiseKernel> after(int more) {
            if (loop == null && elements.addAndGet(more) > PATIENCE) {
                synchronized (this) {
                    if (loop == null) {
                        loop = PointwiseCode.generate(op);
                    }
                }
            }
            return loop;
        }

        /** The loop over so many elements; null while there is none. The last one is kept. */
        PointwiseKernel loop(int size) {
            Sized known = sized;
            if (known != null && known.size == size) {
                return known.kernel;
            } else if (loop == null) {
                return null;
            }
            PointwiseKernel made = loop.apply(size);
            sized = new Sized(size, made);
            last = made;
            return made;
        }
    }

    private record Sized(int size, PointwiseKernel kernel) {}

    /** The definition at first, the loop later. */
    private static final class Patient implements Kernel {
        private final Entry entry;
        private final int size;
        private Kernel loop;
        private int runs;

        Patient(Entry entry, int size) {
            this.entry = entry;
            this.size = size;
        }

        @Override
        public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            Kernel fast = loop;
            if (fast == null) {
                if (entry.after(++runs > RUNS ? PATIENCE + 1 : size) == null) {
                    define(x, xAt, y, yAt);
                    return;
                }
                fast = entry.loop(size);
                loop = fast;
            }
            fast.run(x, xAt, y, yAt);
        }

        private void define(double[][] x, int[] xAt, double[][] y, int[] yAt) {
            int arity = entry.op.arity();
            for (int k = 0; k < size; k++) {
                List<Double> operands = new ArrayList<>(arity);
                for (int i = 0; i < arity; i++) {
                    operands.add(x[i][xAt[i] + k]);
                }
                y[0][yAt[0] + k] = entry.op.at(DoubleNumbers.INSTANCE, operands);
            }
        }
    }
}
