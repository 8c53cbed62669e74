package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.kernel.Elementary;
import dualtape.kernel.Forms;
import dualtape.kernel.Task;

/**
 * One elementary function of each of some numbers, in the form that serves now.
 *
 * @param n how many
 */
public record ElementaryKernel(Task task, Elementary function, int n) implements Kernel {
    @Override
    public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
        Forms.of(task, n).map(function, x[0], xAt[0], y[0], yAt[0], n);
    }
}
