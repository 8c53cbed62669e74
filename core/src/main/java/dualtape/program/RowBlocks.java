package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Array;
import dualtape.ir.Kernel;
import dualtape.ir.Numbers;
import dualtape.ir.Op;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.op.MatrixProduct.MatVec;
import java.util.ArrayList;
import java.util.List;

/**
 * A x, a map over its elements, and Aᵀ times one of the map's results, computed a block of rows at a time, so that the second product
 * finds the block in the cache: value and gradient of a sum over rows read a large matrix once. It has no derivative, since programs
 * are not differentiated.
 *
 * <p>Operands are A, x and those of the map but the product; results the product, the map's, and the second product.
 *
 * @param first the product with A
 * @param map what is done with its elements, stacks only
 * @param place which operand of the map the product is
 * @param second the product with Aᵀ
 * @param stack which result of the map that is of
 */
record RowBlocks(MatVec first, Scan map, int place, MatVec second, int stack) implements Op {
    @Override
    public String symbol() {
        return "@ by rows";
    }

    @Override
    public String toString() {
        return "rows[" + map.length() + "]";
    }

    @Override
    public int results() {
        return 2 + map.results();
    }

    @Override
    public List<Shape> shapes(List<Shape> operands) {
        List<Shape> shapes = new ArrayList<>(first.shapes(operands.subList(0, 2)));
        shapes.addAll(map.shapes(mapped(operands, shapes.get(0))));
        shapes.addAll(second.shapes(List.of(operands.get(0), shapes.get(1 + stack))));
        return shapes;
    }

    @Override
    public <N> void value(Numbers<N> n, List<Array<N>> x, List<Array<N>> y) {
        first.value(n, x.subList(0, 2), y.subList(0, 1));
        map.value(n, mapped(x, y.get(0)), y.subList(1, y.size() - 1));
        second.value(n, List.of(x.get(0), y.get(1 + stack)), y.subList(y.size() - 1, y.size()));
    }

    /** The operands of the map. */
    private <T> List<T> mapped(List<T> operands, T product) {
        List<T> mapped = new ArrayList<>(operands.subList(2, operands.size()));
        mapped.add(place, product);
        return mapped;
    }

    @Override
    public Rule rule(int operand) {
        return Rule.NONE;
    }

    @Override
    public long work(List<Shape> operands) {
        List<Shape> results = shapes(operands);
        return first.work(operands.subList(0, 2)) + map.work(mapped(operands, results.get(0)))
                + second.work(List.of(operands.get(0), results.get(1 + stack)));
    }

    @Override
    public Kernel kernel(List<Shape> operands) {
        return new RowKernel(this, operands.get(0).extent(0), operands.get(0).extent(1));
    }

    /** The map over some of the rows. */
    Scan over(int rows) {
        return new Scan(map.body(), map.consts(), 0, 0, rows, false);
    }
}
