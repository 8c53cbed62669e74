package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.program.Program;
import java.util.Arrays;

/** A plan's program, run for all unit seeds, a few at once, by one thread or several. */
final class PlannedPrepared implements Prepared {
    static final String WHAT = "differentiation";

    private final String engine;
    private final Selection selection;
    private final Plan plan;
    private final Lanes lanes;
    private final boolean pairs;
    private final Layout inputs;
    private final Layout derivatives;
    private final Layout seeds;
    private final int rows;
    /** How many inputs lie one after the other in one array, as {@link Program#packed} takes them. */
    private final int[] groups;
    private final Program program;
    /** Chunks of unit vectors with programs of their own; null if there are none. */
    private final UnitChunks chunks;
    /** Sweeps at once. */
    private final int chunk;
    private final double[] given;
    private final int size;
    /** Unit vectors that are swept: rows or columns of the derivative; 0 where one run gives everything. */
    private final int units;
    /** Runs whose results lie apart: chunks of sweeps, or rows of a symmetric matrix. */
    private final int items;
    /** The calling thread's, and as many others as were needed so far. */
    private Sweeper[] sweepers;
    private int threads = 1;
    private Deadline deadline = Deadline.NEVER;
    private Cost cost;

    PlannedPrepared(String engine, Selection selection, Plan whole, int lanesAtMost) {
        this.engine = engine;
        this.selection = selection;
        this.plan = whole.pruned();
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.seeds = selection.seeds();
        this.rows = selection.rows();
        this.lanes = Lanes.of(plan, lanesAtMost);
        this.pairs = plan.swept().size() == 2;
        this.groups = Sweeper.groups(plan, lanes, inputs.names().size());
        this.program = Program.packed(lanes.graph(), groups);
        this.size = selection.derivativeSize();
        this.units = plan.swept().isEmpty() ? 0 : plan.layout(plan.swept().get(0)).size();
        boolean first = !selection.operator().second() && selection.conventions().structuralZeros();
        this.chunks = first ? UnitChunks.of(plan, lanes, program, lanesAtMost) : null;
        this.chunk = chunks != null ? chunks.count() : lanes.count();
        this.items = units == 0 || size == 0 ? 1 : pairs ? units : (units + chunk - 1) / chunk;
        this.given = new double[seeds.size()];
        this.sweepers = new Sweeper[] {sweeper()};
    }

    private PlannedPrepared(PlannedPrepared shared) {
        this.engine = shared.engine;
        this.selection = shared.selection;
        this.plan = shared.plan;
        this.lanes = shared.lanes;
        this.inputs = shared.inputs;
        this.derivatives = shared.derivatives;
        this.seeds = shared.seeds;
        this.rows = shared.rows;
        this.pairs = shared.pairs;
        this.groups = shared.groups;
        this.program = shared.program;
        this.size = shared.size;
        this.units = shared.units;
        this.items = shared.items;
        this.chunks = shared.chunks;
        this.chunk = shared.chunk;
        this.given = shared.given.clone();
        this.sweepers = new Sweeper[] {sweeper()};
    }

    private Sweeper sweeper() {
        return new Sweeper(plan, lanes, program, groups, given, chunks);
    }

    @Override
    public Prepared forAnotherThread() {
        return new PlannedPrepared(this);
    }

    @Override
    public void threads(int most) {
        Prepared.checkThreads(most);
        threads = most;
        cost = null;
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public Layout inputs() {
        return inputs;
    }

    @Override
    public Layout derivatives() {
        return derivatives;
    }

    @Override
    public Layout seeds() {
        return seeds;
    }

    @Override
    public Operator operator() {
        return selection.operator();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int derivativeSize() {
        return size;
    }

    @Override
    public Shape resultShape() {
        return selection.graph().output().shape();
    }

    @Override
    public void within(Deadline limit) {
        this.deadline = limit;
    }

    @Override
    public void transfer() {
        sweepers[0].transfer();
    }

    @Override
    public void own() {
        sweepers[0].own();
    }

    @Override
    public void seed(double[] seed) {
        System.arraycopy(seed, 0, given, 0, given.length);
    }

    @Override
    public void run(double[] x, double[] value, double[] derivative) {
        spread(x, derivative);
        sweepers[0].value(value, 0);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        if (operator() != Operator.GRADIENT) {
            throw new IllegalStateException("prepared for a " + operator().label() + ", not for a gradient");
        }
        Sweeper sweeper = sweepers[0];
        if (units == 0 && size > 0 && !pairs) { // one run gives everything: small gradients feel each detour
            sweeper.own();
            sweeper.at(x, 0);
            deadline.check(WHAT);
            sweeper.once(gradient, 0);
        } else {
            spread(x, gradient);
        }
        return sweeper.value();
    }

    @Override
    public void runEach(int points, double[] x, double[] value, double[] derivative) {
        over(workers(points), points, (worker, point) -> {
            sweepers[worker].at(x, point * inputs.size());
            for (int item = 0; item < items; item++) {
                item(worker, item, derivative, point * size);
            }
            sweepers[worker].value(value, point * rows);
        });
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        if (plan.rows() || size == 0 || units == 0 || pairs) {
            Prepared.super.runColumns(x, columns, derivative);
            return;
        }
        int several = (columns.length + chunk - 1) / chunk;
        int workers = workers(several);
        at(workers, x);
        if (workers == 1) {
            for (int item = 0; item < several; item++) {
                columns(0, item, columns, derivative);
            }
        } else {
            over(workers, several, (worker, item) -> columns(worker, item, columns, derivative));
        }
    }

    private void columns(int worker, int item, int[] columns, double[] derivative) {
        deadline.check(WHAT);
        int first = item * chunk;
        int used = Math.min(chunk, columns.length - first);
        sweepers[worker].columns(columns, first, used, derivative, 0, columns.length);
    }

    /** All sweeps at a point. */
    private void spread(double[] x, double[] derivative) {
        int workers = workers(items);
        at(workers, x);
        if (workers == 1) { // without a word to anybody: this allocates nothing
            for (int item = 0; item < items; item++) {
                item(0, item, derivative, 0);
            }
        } else {
            over(workers, items, (worker, item) -> item(worker, item, derivative, 0));
        }
    }

    private void item(int worker, int item, double[] derivative, int offset) {
        Sweeper sweeper = sweepers[worker];
        if (size == 0) {
            sweeper.run();
        } else if (pairs) {
            sweeper.pairs(item, derivative, offset, deadline);
        } else {
            deadline.check(WHAT);
            if (units == 0) {
                sweeper.once(derivative, offset);
                return;
            }
            int first = item * chunk;
            int used = Math.min(chunk, units - first);
            if (plan.rows()) {
                sweeper.rows(first, used, derivative, offset);
            } else {
                sweeper.columns(null, first, used, derivative, offset, units);
            }
        }
    }

    private void at(int workers, double[] x) {
        for (int worker = 0; worker < workers; worker++) {
            sweepers[worker].at(x, 0);
        }
    }

    /** How many threads do so many items; there is memory for each afterwards. */
    private int workers(int items) {
        own();
        int workers = Math.max(1, Math.min(threads, items));
        if (workers > sweepers.length) {
            Sweeper[] more = Arrays.copyOf(sweepers, workers);
            for (int worker = sweepers.length; worker < workers; worker++) {
                more[worker] = sweeper();
            }
            sweepers = more;
        }
        return workers;
    }

    private void over(int workers, int items, Spread.Work work) {
        for (int worker = 1; worker < workers; worker++) {
            sweepers[worker].transfer(); // another thread may come this time
        }
        Spread.over(workers, items, work);
    }

    @Override
    public Cost cost() {
        Cost known = cost;
        if (known == null) {
            known = counted();
            cost = known;
        }
        return known;
    }

    @Override
    public long sweeps() {
        return Math.max(1, pairs ? unitPairs() : plan.sweeps());
    }

    private long unitPairs() {
        long n = derivatives.size();
        return n * (n + 1) / 2;
    }

    @Override
    public long operations() {
        if (chunks != null && size > 0) {
            return chunks.operations(lanes.count(), program.operations());
        }
        long runs = pairs ? sweeps() : (sweeps() + lanes.count() - 1) / lanes.count();
        return Math.multiplyExact(program.operations(), runs);
    }

    private Cost counted() {
        int workers = Math.min(threads, items);
        long unitBytes = 8L * sweepers[0].unitSize();
        long operations = operations(); // makes the programs of chunks, which then have bytes
        long programs = program.graph().bytes() + program.programBytes() + (chunks == null ? 0 : chunks.bytes());
        long workspace = program.workspaceBytes() + unitBytes + (chunks == null ? 0 : chunks.workspaceBytes());
        return new Cost(selection.graph().work(), operations, sweeps(), workers * workspace + 8L * given.length,
                workers * program.bytesAcross(lanes.boundary()), programs);
    }
}
