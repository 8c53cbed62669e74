package dualtape.ir;

import java.util.List;

/**
 * An operation that works element by element on operands of one shape. Its definition is a formula over one element of
 * each; the double form of it is generated from that.
 */
public abstract class Pointwise implements Op {
    private final String symbol;
    private final int arity;

    /** With this symbol, taking this many operands. */
    protected Pointwise(String symbol, int arity) {
        this.symbol = symbol;
        this.arity = arity;
    }

    /** The result's element from the operands' elements. */
    public abstract <N> N at(Numbers<N> n, List<N> x);

    @Override
    public final String symbol() {
        return symbol;
    }

    /** The number of operands. */
    public final int arity() {
        return arity;
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        if (operands.size() != arity) {
            throw new ShapeException(symbol + " takes " + arity + (arity == 1 ? " operand" : " operands") + ", got "
                    + operands.size());
        }
        for (int i = 1; i < arity; i++) {
            if (!operands.get(i).equals(operands.get(0))) {
                throw new ShapeException(symbol + " works element by element: its operands must have one shape, got "
                        + operands);
            }
        }
        return List.of(operands.get(0));
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        Array<N> result = y.get(0);
        for (int i = 0; i < result.size(); i++) {
            int index = i;
            result.set(i, at(n, x.stream().map(operand -> operand.get(index)).toList()));
        }
    }

    @Override
    public String toString() {
        return symbol;
    }
}
