package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import java.util.List;

/** Operations that reduce a tensor, whole or along an axis. */
public final class Reduction {
    private Reduction() {}

    /** The sum over all elements. Its transpose is the broadcast of a scalar. */
    public record SumAll() implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "sum";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return List.of(Shape.SCALAR);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            N sum = n.of(0);
            for (int i = 0; i < x.get(0).size(); i++) {
                sum = n.add(sum, x.get(0).get(i));
            }
            y.get(0).set(0, sum);
        }

        @Override
        public Rule rule(int operand) {
            return this;
        }

        @Override
        public <V> V push(Algebra<V> a, List<V> x, V dx) {
            return of(a, dx);
        }

        @Override
        public <V> V pull(Algebra<V> a, List<V> x, V by) {
            return new Structure.Broadcast(a.shape(x.get(0))).of(a, by);
        }
    }
}
