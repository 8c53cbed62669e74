package dualtape.engine;

import dualtape.ir.ChainRule;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.op.MatrixProduct.MatMul;
import dualtape.op.MatrixProduct.MatVec;
import dualtape.op.VectorProduct.Dot;
import dualtape.op.VectorProduct.Outer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of vectors and matrices, one of which depends on the seeds, by the chain rule. All are products of two matrices: of their
 * inner axis, one index gives one term of each sum.
 */
final class SlabProducts {
    private final Slabs slabs;
    private final GraphBuilder builder;

    SlabProducts(Slabs slabs) {
        this.slabs = slabs;
        this.builder = slabs.builder;
    }

    /** The result's parts in the lanes of a group, null where there is no rule. */
    List<Part> parts(Op op, Swept x, Swept y, int g) {
        boolean left = y.isShared();
        if (left == x.isShared()) {
            return null;
        }
        Swept own = left ? x : y;
        Node other = left ? y.shared() : x.shared();
        List<Part> parts = own.groups().get(g);
        if (parts.size() != 1) {
            return null;
        }
        Part part = parts.get(0);
        int count = slabs.lanes[g];
        if (op instanceof Dot dot && dot.chain()) {
            return product(part, -1, 0, other, -1, 0, count, left);
        } else if (op instanceof Outer outer && outer.chain()) {
            return product(part, 0, -1, other, 0, -1, count, left);
        } else if (op instanceof MatVec product && product.chain()) {
            int free = product.transposed() ? 1 : 0;
            return left ? product(part, free, 1 - free, other, -1, 0, count, true)
                    : product(part, -1, 0, other, free, 1 - free, count, false);
        } else if (op instanceof MatMul product && product.chain()) {
            int first = product.left() ? 1 : 0;
            int second = product.right() ? 0 : 1;
            return left ? product(part, first, 1 - first, other, second, 1 - second, count, true)
                    : product(part, second, 1 - second, other, first, 1 - first, count, false);
        }
        return null;
    }

    /**
     * The product of a part with another matrix, where one index on the inner axis, or none, gives one product each.
     *
     * @param free the part's axis that the result has, −1 for none
     * @param inner its axis that is summed over, −1 for none
     * @param otherFree the other's axis that the result has, −1 for none
     * @param left whether the part is the left factor
     */
    private List<Part> product(Part part, int free, int inner, Node other, int otherFree, int otherInner, int count,
            boolean left) {
        if (inner >= 0 && part.at().get(inner) == null) {
            return null;
        }
        List<Node> at = new ArrayList<>(Arrays.asList(new Node[other.shape().rank()]));
        if (inner >= 0) {
            at.set(otherInner, part.at().get(inner));
        }
        Node factor = slabs.at(count, other, at);
        boolean line = free >= 0 && part.at().get(free) == null;
        Node value = part.value();
        int first = Readings.first(count);
        if (line && otherFree >= 0) {
            int own = value.shape().extent(first);
            int others = factor.shape().extent(first);
            value = slabs.spread(value, left ? first + 1 : first, others);
            factor = slabs.spread(factor, left ? first : first + 1, own);
        } else if (line) {
            factor = slabs.repeatedTo(count, factor, Shape.of(value.shape().extent(first)));
        } else if (otherFree >= 0) {
            value = slabs.repeatedTo(count, value, Shape.of(factor.shape().extent(first)));
        }
        Node made = left ? ChainRule.SCALE.of(builder, value, factor) : ChainRule.SCALE.of(builder, factor, value);
        List<Node> where = new ArrayList<>();
        Node index = free >= 0 ? part.at().get(free) : null;
        if (free >= 0) {
            where.add(index);
        }
        if (otherFree >= 0) {
            where.add(left ? where.size() : 0, null);
        }
        return List.of(new Part(where, made));
    }
}
