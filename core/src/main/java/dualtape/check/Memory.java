package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * What witnesses have said already of functions at points: several engines are held against one testimony. For one thread, and no
 * longer than its functions are of interest.
 */
public final class Memory {
    private final Map<Traced, Map<Question, Estimate>> estimates = new IdentityHashMap<>();
    private final Map<Traced, Traced> sums = new IdentityHashMap<>();
    private long seed;

    /** An empty one. */
    public Memory() {}

    private record Question(String witness, Point at, Point v, Point w) {}

    /** Whether a witness has been asked already; else it is asked now. */
    Estimate estimate(Traced f, String witness, Point at, Point v, Point w, Supplier<Estimate> asked) {
        return estimates.computeIfAbsent(f, key -> new HashMap<>())
                .computeIfAbsent(new Question(witness, at, v, w), key -> asked.get());
    }

    /** The sum, with seeded weights, that makes a scalar of a function: the same for all engines. */
    Traced summed(Traced f, long weights) {
        if (weights != seed) {
            sums.clear();
            seed = weights;
        }
        return sums.computeIfAbsent(f, key -> SecondOrder.summed(f, new SplittableRandom(weights)));
    }
}
