package dualtape.engine;

import dualtape.ir.ChainRule;
import dualtape.ir.Conventions;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Tensor;
import dualtape.op.Arithmetic;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A builder that simplifies as it builds: constants are folded, and x + 0, 1·x, x¹, −(−x) and products of constants are
 * written shorter, x + (−y) as x − y. A plain product with zero stays, since 0·∞ is NaN; the product of the chain rule goes, since there
 * it is zero.
 */
public final class SimplifyingBuilder extends GraphBuilder {
    private static final int LARGEST_FOLDED = 64;

    /** A builder for derivatives by these conventions. */
    public SimplifyingBuilder(Conventions conventions) {
        super(conventions);
    }

    @Override
    public List<Node> apply(Op op, List<Node> operands) {
        Node simpler = simplify(op, operands);
        return simpler != null ? List.of(simpler) : super.apply(op, operands);
    }

    private Node simplify(Op op, List<Node> x) {
        if (op.results() == 1 && x.stream().allMatch(SimplifyingBuilder::isSmallConstant)) {
            return fold(op, x);
        } else if (op == ChainRule.ADD) {
            return sum(x.get(0), x.get(1));
        } else if (op == ChainRule.SCALE || op == ChainRule.PLAIN || op == Arithmetic.MULTIPLY) {
            return product(op, x.get(0), x.get(1));
        } else if (op == Arithmetic.SUBTRACT) {
            return is(x.get(1), 0) ? x.get(0) : is(x.get(0), 0) ? negative(x.get(1)) : null;
        } else if (op == Arithmetic.DIVIDE || op == Arithmetic.POWER) {
            return is(x.get(1), 1) ? x.get(0) : null;
        }
        return op == Arithmetic.NEGATE ? negated(x.get(0)) : null;
    }

    private Node sum(Node x, Node y) {
        if (is(x, 0) || is(y, 0)) {
            return is(x, 0) ? y : x;
        } else if (negated(y) != null) {
            return apply(Arithmetic.SUBTRACT, List.of(x, negated(y))).get(0);
        }
        return negated(x) == null ? null : apply(Arithmetic.SUBTRACT, List.of(y, negated(x))).get(0);
    }

    /** What a node is the negative of, or null. */
    private static Node negated(Node x) {
        return x instanceof Node.Result result && result.application().op() == Arithmetic.NEGATE
                ? result.application().operands().get(0)
                : null;
    }

    private Node product(Op op, Node x, Node y) {
        if (is(x, 1)) {
            return y;
        } else if (is(y, 1)) {
            return x;
        } else if (op == ChainRule.SCALE && (is(x, 0) || is(y, 0))) {
            return fill(0, x.shape());
        } else if (is(x, -1)) {
            return negative(y);
        } else if (is(y, -1)) {
            return negative(x);
        } else if (isConstant(y) && !isConstant(x)) {
            return apply(op, List.of(y, x)).get(0); // constants stand first
        } else
            if (isConstant(x) && y instanceof Node.Result inner && inner.application().op() == op
                    && isConstant(inner.application().operands().get(0))) {
                        Node constant = apply(op, List.of(x, inner.application().operands().get(0))).get(0);
                        return apply(op, List.of(constant, inner.application().operands().get(1))).get(0);
                    }
        return null;
    }

    private Node negative(Node x) {
        return apply(Arithmetic.NEGATE, List.of(x)).get(0);
    }

    private Node fold(Op op, List<Node> x) {
        List<Tensor> values = new ArrayList<>();
        x.forEach(node -> values.add(((Node.Constant) node).value()));
        Tensor value = op.of(Tensors.INSTANCE, values);
        return constant(value.size() > 0 && uniform(value) ? Tensor.uniform(value.at(0), value.shape()) : value);
    }

    private static boolean uniform(Tensor tensor) {
        for (int i = 1; i < tensor.size(); i++) {
            if (Double.doubleToRawLongBits(tensor.at(i)) != Double.doubleToRawLongBits(tensor.at(0))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isConstant(Node node) {
        return node instanceof Node.Constant constant && constant.value().isUniform();
    }

    private static boolean isSmallConstant(Node node) {
        return node instanceof Node.Constant && node.shape().size() <= LARGEST_FOLDED;
    }

    private static boolean is(Node node, double c) {
        return node instanceof Node.Constant constant && constant.value().isUniform() && constant.value().size() > 0
                && constant.value().at(0) == c;
    }
}
