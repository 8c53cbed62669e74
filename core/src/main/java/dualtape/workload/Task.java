package dualtape.workload;

import dualtape.engine.Point;

/** A function of a module that is ready to run at many points of the same sizes. Belongs to one thread. */
public interface Task {
    /** The values for the runs from now on. */
    void load(Point at);

    /** Computes, and nothing else: no reading, no layout of results. */
    void run();

    /**
     * What the last run gave: numbers ({@link Double}, {@link Integer}), {@link dualtape.ir.Tensor}s, {@code int[]}, and
     * {@link java.util.Map}s of these by name.
     */
    Object output();
}
