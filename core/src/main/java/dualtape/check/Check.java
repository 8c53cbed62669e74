package dualtape.check;

import dualtape.engine.EdgeHit;
import dualtape.engine.Engine;
import dualtape.engine.LimitException;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Conventions;
import dualtape.ir.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks an engine's derivatives of a function at a point against witnesses, number by number. Immutable.
 *
 * <p>A number is right if it is no further from the witness than the rounding of the engine's own arithmetic explains
 * ({@link Balls}), and certified if that makes it right to a relative 10⁻⁸. There is no tolerance to set.
 *
 * @param engine whose derivatives
 * @param witnesses asked in turn until one can tell
 * @param order 1 for the gradient or the Jacobian, 2 for the Hessian (of a result that is no scalar: of a seeded sum of it)
 * @param seed for the directions in which a function of many inputs is probed
 * @param blame whether to look for the operation to blame
 * @param memory of what witnesses have said, which several checks of one function share
 */
public record Check(Engine engine, List<Witness> witnesses, int order, long seed, boolean blame, Memory memory) {
    /** How many edges of a point are listed. */
    private static final int MOST_EDGES = 20;

    /** Keeps its own list. */
    public Check {
        witnesses = List.copyOf(witnesses);
        if (order < 1 || order > 2) {
            throw new dualtape.engine.InputException("checks are of order 1 or 2, got " + order);
        }
    }

    /** First derivatives by this engine, all witnesses, with a search for what is to blame. */
    public static Check of(Engine engine) {
        return new Check(engine, Witnesses.all(), 1, 1, true, new Memory());
    }

    /** The same of another order. */
    public Check ofOrder(int other) {
        return new Check(engine, witnesses, other, seed, blame, memory);
    }

    /** The same by other witnesses, asked in this order. */
    public Check by(List<Witness> others) {
        return new Check(engine, others, order, seed, blame, memory);
    }

    /** The same with other directions. */
    public Check seeded(long other) {
        return new Check(engine, witnesses, order, other, blame, memory);
    }

    /** The same without looking for the operation to blame. */
    public Check withoutBlame() {
        return new Check(engine, witnesses, order, seed, false, memory);
    }

    /** The same by another engine, held against the same testimonies. */
    public Check on(Engine other) {
        return new Check(other, witnesses, order, seed, blame, memory);
    }

    /** The same with a memory of its own. */
    Check afresh() {
        return new Check(engine, witnesses, order, seed, blame, new Memory());
    }

    /**
     * Checks a function's derivative by some inputs. Where a limit of the thread's budget is reached, what was judged until then
     * counts, and the rest is unresolved.
     *
     * @param name of the function, for the report
     * @param f what runs at the point
     */
    public Finding run(String name, Traced f, Point at, List<String> wrt) {
        return run(name, 0, f, at, wrt);
    }

    /** {@link #run(String, Traced, Point, List)} at one of several points. */
    public Finding run(String name, int point, Traced f, Point at, List<String> wrt) {
        Finding.Builder builder = new Finding.Builder();
        List<EdgeHit> edges = new ArrayList<>();
        try {
            Watch.current().check(0);
            edges.addAll(EdgeHit.find(f.graph(), at, wrt, MOST_EDGES));
            Panel panel = new Panel(this, f, at, edges.isEmpty() ? Map.of() : edges(f, at, wrt), builder);
            if (order == 1) {
                new FirstOrder(this, panel, f, at, wrt).run();
            } else {
                new SecondOrder(this, panel, f, at, wrt).run();
            }
        } catch (LimitException limit) {
            builder.unfinished(limit.getMessage());
        }
        return builder.build(name, engine.name(), order, point, edges, wrong -> culprits(f, at, wrt, wrong));
    }

    /** What is to blame, if there is time to look for it. */
    private List<Culprit> culprits(Traced f, Point at, List<String> wrt, List<Component> wrong) {
        try {
            return blame ? Culprits.of(this, f, at, wrt, wrong) : List.of();
        } catch (LimitException limit) {
            return List.of();
        }
    }

    /** For each input the first edge on the way from it, in words. */
    private static Map<String, String> edges(Traced f, Point at, List<String> wrt) {
        Map<String, String> edges = new HashMap<>();
        for (String name : wrt) {
            List<EdgeHit> hits = EdgeHit.find(f.graph(), at, List.of(name), 1);
            if (!hits.isEmpty()) {
                edges.put(name, hits.get(0).text(Conventions.MINNORM));
            }
        }
        return edges;
    }
}
