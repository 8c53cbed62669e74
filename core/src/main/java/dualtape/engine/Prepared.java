package dualtape.engine;

/**
 * A derivative that is ready to run at many points of the same shapes. Made once (derived and lowered), run often.
 * Belongs to one thread at a time: others run one {@link #forAnotherThread of their own}, which shares what was prepared.
 * The thread that it belongs to may have its sweeps, or points, spread over several {@link #threads}.
 */
public interface Prepared {
    /** The name of the engine that made it. */
    String engine();

    /** How the inputs lie in the flat point. */
    Layout inputs();

    /** How the derivatives by the requested inputs lie in a row of the result: n doubles. */
    Layout derivatives();

    /** What it gives. */
    Operator operator();

    /** How the seeds lie that the operator takes besides the point: see {@link Selection#seeds}. */
    Layout seeds();

    /**
     * The seeds for the runs from now on: tangents or an adjoint.
     *
     * @param seed laid out by {@link #seeds}. Not modified, not kept.
     */
    void seed(double[] seed);

    /** The number of elements of the derivative. */
    int derivativeSize();

    /** The number of elements of the function's result: m. 1 for a gradient. */
    int rows();

    /** The shape of the function's result. */
    dualtape.ir.Shape resultShape();

    /**
     * The value and the derivative at a point.
     *
     * @param x the inputs, laid out by {@link #inputs}. Not modified.
     * @param value receives the result, m doubles
     * @param derivative receives the derivative, {@link #derivativeSize} doubles: one part after the other, a matrix row by
     *     row
     * @throws LimitException if a deadline set with {@link #within} passes
     */
    void run(double[] x, double[] value, double[] derivative);

    /** The value of a scalar function; its gradient goes to {@code gradient}, n doubles. Allocates nothing. */
    double valueAndGradient(double[] x, double[] gradient);

    /**
     * Some columns of the derivative only: what a sample of the input elements costs and gives.
     *
     * @param columns flat indices in {@link #derivatives}
     * @param derivative receives m rows of {@code columns.length} numbers
     */
    default void runColumns(double[] x, int[] columns, double[] derivative) {
        double[] all = new double[rows() * derivatives().size()];
        run(x, new double[rows()], all);
        for (int row = 0; row < rows(); row++) {
            for (int c = 0; c < columns.length; c++) {
                derivative[row * columns.length + c] = all[row * derivatives().size() + columns[c]];
            }
        }
    }

    /**
     * The values and the derivatives at some points, which are spread over the {@link #threads}: a batch.
     *
     * @param x the points, one after the other, each laid out by {@link #inputs}. Not modified.
     * @param value receives m doubles for each point
     * @param derivative receives {@link #derivativeSize} doubles for each point
     */
    void runEach(int points, double[] x, double[] value, double[] derivative);

    /**
     * The same derivative with memory of its own, to run on another thread at the same time: what was derived and lowered is
     * shared. It has the seed that this one has now; its deadline and its number of threads are its own.
     */
    Prepared forAnotherThread();

    /**
     * From now on a run spreads its sweeps over so many threads: columns or rows of the derivative, or the points of
     * {@link #runEach}. The bits are those of one thread, since each sweep is the same whoever does it. More threads take as much
     * more memory, and handing out the work takes some microseconds and some garbage for each run. A derivative that takes one
     * sweep, or as many as run at once, stays with one thread.
     *
     * @param most the calling thread among them; 1 is the default
     * @throws IllegalArgumentException if it is less than 1
     */
    void threads(int most);

    /** @throws IllegalArgumentException if there is no such number of threads */
    static void checkThreads(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a derivative runs on 1 thread at least, got " + most);
        }
    }

    /** What one run costs. */
    Cost cost();

    /** How often the derivative's program runs: a part of the {@link #cost} that is known at once. */
    default long sweeps() {
        return cost().sweeps();
    }

    /** The elementary operations of all sweeps: a part of the {@link #cost} that is known soon. */
    default long operations() {
        return cost().operations();
    }

    /** The next thread that runs it owns it; until then it belongs to the first that ran it, and others are refused. */
    void transfer();

    /**
     * From now on it belongs to this thread, as after a run.
     *
     * @throws IllegalStateException if it belongs to another
     */
    void own();

    /** From now on a run checks this deadline between sweeps. */
    default void within(Deadline deadline) {}
}
