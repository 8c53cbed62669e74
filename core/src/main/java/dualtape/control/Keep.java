package dualtape.control;

import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import java.util.List;

/**
 * The value of its operand. In the body of an outermost loop it is stored on the way, trip by trip, so that the reverse sweep reads it
 * instead of computing it again from the carries: time for memory, 8 bytes a number and trip. Elsewhere it changes nothing.
 */
public record Keep() implements Op {
    @Override
    public String symbol() {
        return "keep";
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        return List.of(operands.get(0));
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Scan.copy(x.get(0), y.get(0), 0);
    }

    @Override
    public Rule rule(int operand) {
        return Rule.ONE;
    }

    @Override
    public int view(List<Shape> operands) {
        return 0;
    }

    @Override
    public long work(List<Shape> operands) {
        return 0;
    }
}
