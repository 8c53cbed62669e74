package dualtape.check;

import dualtape.check.Laws.Case;
import dualtape.control.Scan;
import dualtape.engine.Checkpoints;
import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Generation;
import java.util.Arrays;
import java.util.List;

/** Laws of how a derivative is run: several sweeps at once or one by one, generated or interpreted, from checkpoints or not. */
public final class OtherWays implements Law.Table {
    /** Runs after which whatever can be generated has been. */
    private static final int RUNS = 3;
    private static final int MOST_COLUMNS = 200;

    /** For the {@link java.util.ServiceLoader}. */
    public OtherWays() {}

    @Override
    public List<Law> laws() {
        return List.of(
                Laws.law("chunk size", "sweeps run 8, 3 or 1 at once give the same bits, but for the sign of zeros",
                        OtherWays::chunks),
                Laws.law("code generation", "generated code gives the interpreter's bits", OtherWays::generated),
                Laws.law("checkpoints", "loops that store less change no more than rounding", OtherWays::checkpoints));
    }

    private static void chunks(Case at, List<Law.Breach> breaches) {
        if (!(Once.within(at.engine) instanceof DerivingEngine deriving) || at.layout.size() > MOST_COLUMNS) {
            return;
        }
        Request request = Request.of(Operator.JACOBIAN, at.wrt);
        double[] eight = run(at, deriving.prepare(at.f, request, 8));
        for (int chunk : new int[] {3, 1}) {
            alike(at, breaches, unsigned(eight), unsigned(run(at, deriving.prepare(at.f, request, chunk))));
        }
    }

    /** Where nothing is computed because it is zero, it is +0; computed it may be −0. */
    private static double[] unsigned(double[] numbers) {
        return Arrays.stream(numbers).map(x -> x == 0 ? 0 : x).toArray();
    }

    private static void generated(Case at, List<Law.Breach> breaches) {
        if (at.layout.size() > MOST_COLUMNS) {
            return;
        }
        Request request = Request.of(Operator.JACOBIAN, at.wrt);
        Engine engine = Once.within(at.engine); // it is prepared in another way each time
        double[] interpreted = Generation.OFF.during(() -> run(at, engine.prepare(at.f, request)));
        alike(at, breaches, interpreted, Generation.ALWAYS.during(() -> {
            Prepared prepared = engine.prepare(at.f, request);
            for (int i = 1; i < RUNS; i++) {
                run(at, prepared);
            }
            return run(at, prepared);
        }));
    }

    private static double[] run(Case at, Prepared prepared) {
        double[] derivative = new double[prepared.derivativeSize()];
        prepared.run(prepared.inputs().flatten(at.at), new double[prepared.rows()], derivative);
        return derivative;
    }

    /** The same to the last bit. */
    private static void alike(Case at, List<Law.Breach> breaches, double[] left, double[] right) {
        for (int i = 0; i < left.length; i++) {
            if (Double.doubleToLongBits(left[i]) != Double.doubleToLongBits(right[i])) {
                breaches.add(new Law.Breach(at.law, "element " + i, left[i], right[i], 0));
            }
        }
    }

    private static void checkpoints(Case at, List<Law.Breach> breaches) {
        Point seed = Point.of(Selection.SEED, Tensor.of(at.f.graph().output().shape(),
                at.random.doubles(at.f.graph().output().shape().size()).map(r -> Math.rint(64 * r) / 32 - 1)
                        .toArray()));
        Request request = Request.of(Operator.VJP, at.wrt);
        long[] budgets = budgets(at.f.graph());
        Derivative whole = null;
        for (long budget : budgets) {
            Graph cut = Checkpoints.within(at.f.graph(), budget);
            if (cut == at.f.graph()) {
                continue;
            }
            whole = whole != null ? whole : Derivative.of(at.engine, at.f, at.at, request, seed);
            Derivative stored = whole;
            Derivative again = Derivative.of(at.engine, new Traced(at.f.source(), cut, List.of()), at.at, request,
                    seed);
            for (int i = 0; i < stored.size(); i++) {
                int element = i;
                at.same(breaches, "element " + i, stored.get(i), again.get(i), stored.get(i),
                        () -> stored.bound(element) + again.bound(element));
            }
        }
    }

    /** Bytes for carries with which loops are cut into blocks, and with which they run from snapshots. */
    private static long[] budgets(Graph graph) {
        long blocks = 0;
        long snapshots = 0;
        for (Application application : graph.applications()) {
            if (application.op() instanceof Scan scan && scan.carries() > 0) {
                long carry = Checkpoints.carryBytes(scan);
                blocks = Math.max(blocks, carry * (2 * (long) Math.ceil(Math.sqrt(scan.length())) + 1));
                snapshots = Math.max(snapshots, 3 * carry); // the fewest there are
            }
        }
        return new long[] {blocks, snapshots};
    }
}
