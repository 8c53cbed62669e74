package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import java.util.List;

/** Operations that move elements and compute nothing. */
public final class Structure {
    private Structure() {}

    /** A scalar repeated to a shape. Its transpose is the sum over all elements. */
    public record Broadcast(Shape shape) implements Op, Rule.Linear {
        @Override
        public String symbol() {
            return "broadcast";
        }

        @Override
        public List<Shape> shapes(List<Shape> operands) {
            return List.of(shape);
        }

        @Override
        public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
            for (int i = 0; i < y.get(0).size(); i++) {
                y.get(0).set(i, x.get(0).get(0));
            }
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
            return new Reduction.SumAll().of(a, by);
        }
    }
}
