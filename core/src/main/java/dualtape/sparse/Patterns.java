package dualtape.sparse;

import dualtape.engine.Engines;
import dualtape.engine.LimitException;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.numbers.IndexSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Patterns of derivatives, found by evaluating one sweep's graph over sets of indices: element j of the swept tangents is
 * the set {j}, and what reaches element i of the sweep's result is row i. What is evaluated is what is run, so that every
 * rule counts as it is: detached values, steps and constant zeros pass nothing on, a user's own rule passes what it says.
 * Near-linear in the graph's operations while the rows are short.
 */
public final class Patterns {
    private static final long MOST = 50_000_000;

    private Patterns() {}

    /**
     * The pattern of the Jacobian of a graph's first output: m rows, a column for each element of the inputs in
     * {@code wrt}.
     *
     * @throws dualtape.engine.InputException if a name is unknown
     * @throws LimitException if it has more than 50 million elements
     */
    public static Pattern jacobian(Graph f, List<String> wrt) {
        Request request = Request.of(Operator.JVP, wrt);
        return of(f, request, Engines.forward().derive(f, request).graph());
    }

    /**
     * The pattern of the Hessian of a graph's first output, a scalar: that of the gradient's Jacobian, made symmetric.
     *
     * @throws dualtape.engine.InputException if a name is unknown or the result is no scalar
     * @throws LimitException if it has more than 50 million elements
     */
    public static Pattern hessian(Graph f, List<String> wrt) {
        Request request = Request.of(Operator.HVP, wrt).with(Nesting.FR);
        return of(f, request, Engines.reverse().derive(f, request).graph()).symmetric();
    }

    /** Which elements of a derivative's parts depend on which of its seeds. */
    private static Pattern of(Graph f, Request request, Graph derived) {
        Graph parts = derived.select(derived.outputs().subList(1, derived.outputs().size()));
        int n = Selection.of(f, request).derivatives().size();
        List<Array<PatternNumber>> values = new ArrayList<>();
        int column = 0;
        for (Node.Input input : parts.inputs()) {
            Array<PatternNumber> value = Array.filled(input.shape(), PatternNumber.UNKNOWN);
            if (values.size() >= f.inputs().size()) {
                for (int e = 0; e < value.size(); e++) {
                    value.set(e, PatternNumber.of(column++));
                }
            }
            values.add(value);
        }
        List<IndexSet> rows = new ArrayList<>();
        long size = 0;
        for (Array<PatternNumber> part : parts.evaluate(new NumbersAlgebra<>(PatternNumbers.INSTANCE), values)) {
            for (int e = 0; e < part.size(); e++) {
                rows.add(part.get(e).indices());
                size += part.get(e).indices().size();
            }
        }
        if (size > MOST) {
            throw new LimitException(String.format(Locale.ROOT,
                    "the pattern of the %s has %,d elements in %,d columns; at "
                            + "most %,d are kept: ask for products with vectors instead",
                    request.operator() == Operator.JVP ? "Jacobian" : "Hessian", size, n, MOST));
        }
        return Pattern.of(n, rows);
    }
}
