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
        Entry known = ENTRIES.get(op);
        Entry entry = known != null ? known : ENTRIES.computeIfAbsent(op, Entry::new);
        IntFunction<Kernel> loop = entry.loop;
        return loop != null ? loop.apply(size) : new Patient(entry, size);
    }

    /** What is known of one operation. */
    private static final class Entry {
        private final Pointwise op;
        private final AtomicInteger elements = new AtomicInteger();
        private volatile IntFunction<Kernel> loop;

        Entry(Pointwise op) {
            this.op = op;
        }

        /** The generated loop if it is time for one. */
        IntFunction<Kernel> after(int more) {
            if (loop == null && elements.addAndGet(more) > PATIENCE) {
                synchronized (this) {
                    if (loop == null) {
                        loop = PointwiseCode.generate(op);
                    }
                }
            }
            return loop;
        }
    }

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
                IntFunction<Kernel> generated = entry.after(++runs > RUNS ? PATIENCE + 1 : size);
                if (generated == null) {
                    define(x, xAt, y, yAt);
                    return;
                }
                fast = generated.apply(size);
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
