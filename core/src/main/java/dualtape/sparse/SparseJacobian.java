package dualtape.sparse;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import java.util.List;

/**
 * A Jacobian in compressed rows. Columns that share no row go forwards together, or rows that share no column backwards,
 * whichever takes fewer sweeps; columns if both take as many.
 */
public final class SparseJacobian extends Compressed {
    private final boolean byRows;

    private SparseJacobian(Prepared sweep, Pattern pattern, Colouring columns) {
        super(sweep, pattern, columns, (i, j) -> columns.colour(j), (i, j) -> i);
        this.byRows = false;
    }

    private SparseJacobian(Pattern pattern, Colouring rows, Prepared sweep) {
        super(sweep, pattern, rows, (i, j) -> rows.colour(i), (i, j) -> j);
        this.byRows = true;
    }

    /**
     * Finds the pattern, colours it and prepares the sweeps.
     *
     * @param wrt the inputs to differentiate by: the columns, one input after the other
     * @throws dualtape.engine.InputException if a name is unknown
     */
    public static SparseJacobian prepare(Traced traced, List<String> wrt) {
        return prepare(traced, wrt, Patterns.jacobian(traced.graph(), wrt));
    }

    /**
     * {@link #prepare(Traced, List)} with a pattern that is known.
     *
     * @param pattern has every element that can differ from zero; one that is missing makes others wrong
     */
    public static SparseJacobian prepare(Traced traced, List<String> wrt, Pattern pattern) {
        Colouring rows = Colouring.ofRows(pattern);
        // A row's columns all have different colours, so a longer row settles it.
        Colouring columns = pattern.longestRow() > rows.count() ? null : Colouring.ofColumns(pattern);
        if (columns == null || columns.count() > rows.count()) {
            return new SparseJacobian(pattern, rows,
                    Engines.reverse().prepare(traced, Request.of(Operator.VJP, wrt)));
        }
        return new SparseJacobian(Engines.forward().prepare(traced, Request.of(Operator.JVP, wrt)), pattern, columns);
    }

    /** Whether a sweep gives rows, by reverse accumulation; else columns, by forward accumulation. */
    public boolean byRows() {
        return byRows;
    }

    @Override
    public String summary() {
        return byRows
                ? describe("reverse sweep", pattern().rows(), "row")
                : describe("forward sweep", pattern().columns(), "column");
    }
}
