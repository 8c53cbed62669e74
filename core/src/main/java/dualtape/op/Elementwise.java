package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.Shape;
import dualtape.kernel.Elementary;
import dualtape.kernel.Task;
import java.util.List;

/** Kernels of the pointwise operations that are one elementary function. The definition gives the same bits. */
final class Elementwise {
    /** With fewer elements a loop generated from the definition does as well. */
    private static final int FEW = 12;

    private Elementwise() {}

    static Kernel kernel(Elementary function, List<Shape> operands) {
        int n = operands.get(0).size();
        return n < FEW ? null : new ElementaryKernel(Task.of(function), function, n);
    }
}
