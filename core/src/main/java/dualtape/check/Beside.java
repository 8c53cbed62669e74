package dualtape.check;

import dualtape.engine.Guard;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Numbers;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A traced function at a point and at places beside it, in one evaluation over {@link Tuples}.
 *
 * @param <N> the kind of number
 */
final class Beside<N> {
    private final Tuples<N> tuples;
    private final Array<Tuple<N>> output;
    private final boolean flips;

    private Beside(Tuples<N> tuples, Array<Tuple<N>> output, boolean flips) {
        this.tuples = tuples;
        this.output = output;
        this.flips = flips;
    }

    /** Where an element of an input is, at each place; null where it stands still. */
    interface Move<N> {
        Object[] places(String input, int element, double x);
    }

    static <N> Beside<N> of(Traced f, Point at, Numbers<N> numbers, UnaryOperator<N> constant, int places,
            boolean close, Move<N> move) {
        Tuples<N> tuples = new Tuples<>(numbers, places, constant, close);
        Array<Tuple<N>> output = evaluate(f.graph(), at, tuples, move).get(0);
        boolean flips = false;
        if (!f.guards().isEmpty()) {
            List<Array<Tuple<N>>> guards = evaluate(f.guarded(), at, tuples, move);
            for (int g = 0; g < guards.size(); g++) {
                flips |= flips(numbers, f.guards().get(g), guards.get(g).get(0), places);
            }
        }
        return new Beside<>(tuples, output, flips);
    }

    private static <N> boolean flips(Numbers<N> n, Guard guard, Tuple<N> now, int places) {
        for (int i = 0; i < (now.isConstant() ? 1 : places); i++) {
            boolean holds = guard.kind() == Guard.Kind.CONDITION
                    ? n.holds(now.get(i)) == (guard.value() != 0)
                    : n.holds(n.equal(now.get(i), n.of(guard.value())));
            if (!holds) {
                return true;
            }
        }
        return false;
    }

    private static <N> List<Array<Tuple<N>>> evaluate(Graph graph, Point at, Tuples<N> tuples, Move<N> move) {
        List<Array<Tuple<N>>> x = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            Tensor value = at.get(input.name());
            Array<Tuple<N>> array = new Array<>(value.shape());
            for (int k = 0; k < value.size(); k++) {
                Object[] places = move.places(input.name(), k, value.at(k));
                array.set(k, places == null ? tuples.of(value.at(k)) : Tuple.of(places));
            }
            x.add(array);
        }
        return graph.evaluate(new NumbersAlgebra<>(tuples), x);
    }

    /** Why no difference quotient over these places means anything; null if they do. */
    String doubt() {
        return flips || tuples.steered() ? "a branch or the number of trips of a loop changes beside the point" : null;
    }

    /** Whether an operation decided in another way beside the point, so that there may be a kink or a jump. */
    boolean split() {
        return tuples.split();
    }

    int size() {
        return output.size();
    }

    /** An element of the result at each place. */
    Tuple<N> element(int k) {
        return output.get(k);
    }
}
