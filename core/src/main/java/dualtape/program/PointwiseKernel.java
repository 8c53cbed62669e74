package dualtape.program;

import dualtape.ir.Kernel;

/** The loop of a pointwise operation, and the operation on single numbers. */
interface PointwiseKernel extends Kernel {
    /** The most operands that {@link #at} takes. */
    int MOST = 3;

    /** The result's element from the operands' elements; those beyond the operation's own are not read. */
    double at(double x, double y, double z);
}
