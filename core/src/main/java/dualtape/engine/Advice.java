package dualtape.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Which mode to use, and why: each way to get a derivative, the sweeps that it needs and what one costs. The cheapest is
 * advised; the first of equals.
 *
 * @param operator what is derived
 * @param n the number of input elements to differentiate by
 * @param m the number of elements of the result
 * @param costs what one sweep of each mode costs
 * @param options the ways
 */
public record Advice(Operator operator, int n, int m, SweepCosts costs, List<Option> options) {
    /**
     * One way.
     *
     * @param engine the name of the engine whose sweeps it uses
     * @param how the way, as in "reverse" or "forward, coloured columns"
     * @param sweeps how many
     * @param cost of one, in primals: times the cost of the function itself
     */
    public record Option(String engine, String how, long sweeps, double cost) {
        /** Of all sweeps together, in primals. */
        public double total() {
            return sweeps * cost;
        }
    }

    /** Keeps its own list. */
    public Advice {
        options = List.copyOf(options);
    }

    /** The ways that every function has: n sweeps forward, m in reverse, or one where that is natural. */
    public static Advice of(Operator operator, int n, int m, SweepCosts costs) {
        Option forward = new Option("forward", "forward", operator == Operator.JVP ? 1 : n, costs.forward());
        Option reverse = new Option("reverse", "reverse", operator == Operator.VJP ? 1 : m, costs.reverse());
        if (operator.second()) {
            long products = operator == Operator.HVP ? 1 : n;
            return new Advice(operator, n, m, costs,
                    List.of(new Option("reverse", "forward over reverse", products, costs.product())));
        }
        // Of equals forward, which stores nothing.
        List<Option> options = forward.sweeps() <= reverse.sweeps() ? List.of(forward, reverse)
                : List.of(reverse, forward);
        return new Advice(operator, n, m, costs, options);
    }

    /** With columns and rows coloured, so that several share a sweep. Of Jacobians; where it saves sweeps. */
    public Advice withColours(int columns, int rows) {
        List<Option> more = new ArrayList<>(options);
        if (columns < n) {
            more.add(new Option("forward", "forward, coloured columns", Math.max(1, columns), costs.forward()));
        }
        if (rows < m) {
            more.add(new Option("reverse", "reverse, coloured rows", Math.max(1, rows), costs.reverse()));
        }
        return new Advice(operator, n, m, costs, more);
    }

    /** With a star colouring of the columns. Of Hessians; where it saves sweeps. */
    public Advice withStarColours(int colours) {
        List<Option> more = new ArrayList<>(options);
        if (colours < n) {
            more.add(new Option("reverse", "forward over reverse, star-coloured", Math.max(1, colours),
                    costs.product()));
        }
        return new Advice(operator, n, m, costs, more);
    }

    /** The cheapest way. */
    public Option best() {
        Option best = options.get(0);
        for (Option option : options) {
            best = option.total() < best.total() ? option : best;
        }
        return best;
    }
}
