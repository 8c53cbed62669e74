package dualtape.check;

import dualtape.engine.Point;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.List;
import java.util.function.BiFunction;

/** Looks for what is to blame within the bodies of loops and branches, trip by trip, at the values that they have there. */
final class Inside implements Bodied.Visitor<Tensor> {
    private static final int MOST_RUNS = 200;

    private final BiFunction<Graph, Point, Culprit> search;
    private Culprit found;
    private int runs;

    private Inside(BiFunction<Graph, Point, Culprit> search) {
        this.search = search;
    }

    /**
     * What the search finds first; null where the operation has no bodies, or nothing is found in them.
     *
     * @param search is given a body and the point at which it runs
     */
    static Culprit of(Op op, List<Tensor> operands, BiFunction<Graph, Point, Culprit> search) {
        Inside inside = new Inside(search);
        if (op instanceof Bodied bodied) {
            bodied.visit(operands, inside);
        }
        return inside.found;
    }

    @Override
    public List<Tensor> run(Graph body, List<Tensor> inputs) {
        if (runs++ >= MOST_RUNS) {
            return null;
        }
        Point there = Point.of();
        for (int i = 0; i < inputs.size(); i++) {
            there = there.with(body.inputs().get(i).name(), inputs.get(i));
        }
        found = search.apply(body, there);
        return found == null ? body.evaluate(Tensors.INSTANCE, inputs) : null;
    }

    @Override
    public double number(Tensor single) {
        return single.at(0);
    }

    @Override
    public Tensor slice(Tensor sequence, int index) {
        return sequence.slice(index);
    }
}
