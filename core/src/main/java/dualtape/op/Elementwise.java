package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.Shape;
import dualtape.kernel.Elementary;
import dualtape.kernel.Forms;
import dualtape.kernel.Task;
import java.util.List;

/** Kernels of the pointwise operations that are one elementary function. The definition gives the same bits. */
final class Elementwise {
    /** With fewer elements a loop generated from the definition does as well. */
    private static final int FEW = 12;

    private Elementwise() {}

    static Kernel kernel(Elementary function, List<Shape> operands) {
        int n = operands.get(0).size();
        Task task = Task.of(function);
        return n < FEW ? null
                : (x, xAt, y, yAt) -> Forms.of(task, n).map(function, x[0], xAt[0], y[0], yAt[0], n);
    }
}
