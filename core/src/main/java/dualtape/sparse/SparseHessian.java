package dualtape.sparse;

import dualtape.engine.Engines;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import java.util.List;

/**
 * A Hessian in compressed rows, both halves of it, by products with sums of unit vectors, forward over reverse. Its columns
 * have a star colouring: of an element and its mirror image one stands alone in a compressed column, and is taken for both.
 */
public final class SparseHessian extends Compressed {
    private SparseHessian(Prepared sweep, Pattern pattern, Colouring star, PairTable counts) {
        super(sweep, pattern, star,
                (i, j) -> star.colour(alone(counts, star, i, j) ? j : i),
                (i, j) -> alone(counts, star, i, j) ? i : j);
    }

    /** Whether column j is the only one of its colour with an element in row i. */
    private static boolean alone(PairTable counts, Colouring star, int i, int j) {
        return counts.get(i, star.colour(j)) == 1;
    }

    /**
     * Finds the pattern, colours it and prepares the sweeps.
     *
     * @param wrt the inputs to differentiate by: rows and columns, one input after the other
     * @throws dualtape.engine.InputException if a name is unknown or the result is no scalar
     */
    public static SparseHessian prepare(Traced traced, List<String> wrt) {
        return prepare(traced, wrt, Patterns.hessian(traced.graph(), wrt));
    }

    /**
     * {@link #prepare(Traced, List)} with a pattern that is known.
     *
     * @param pattern symmetric, with every element that can differ from zero; one that is missing makes others wrong
     */
    public static SparseHessian prepare(Traced traced, List<String> wrt, Pattern pattern) {
        Colouring star = Colouring.star(pattern);
        PairTable counts = new PairTable(pattern.size());
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.start(i); k < pattern.start(i + 1); k++) {
                int colour = star.colour(pattern.column(k));
                counts.put(i, colour, Math.max(0, counts.get(i, colour)) + 1);
            }
        }
        Request request = Request.of(Operator.HVP, wrt).with(Nesting.FR);
        return new SparseHessian(Engines.reverse().prepare(traced, request), pattern, star, counts);
    }

    @Override
    public String summary() {
        return describe("product", pattern().columns(), "column");
    }
}
