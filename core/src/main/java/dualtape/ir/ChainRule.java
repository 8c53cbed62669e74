package dualtape.ir;

import java.util.List;

/** The operations that the chain rule itself is made of. All others are in the tables of operations. */
public final class ChainRule {
    /** x + y. */
    public static final Pointwise ADD = new Pointwise("+", 2) {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return n.add(x.get(0), x.get(1));
        }

        @Override
        public Rule rule(int operand) {
            return Rule.ONE;
        }

        @Override
        public Notation notation() {
            return Notation.infix("+", "+", Notation.SUM);
        }
    };

    /**
     * slope · tangent, in which an exact zero in <em>either</em> factor gives zero, also against infinity or NaN: what
     * does not depend on a variable contributes nothing to its derivative, however steep the rest is. So the gradient
     * of sqrt(x) + y at (0, 1) is [∞, 1]. Its own derivative is of the same kind.
     */
    public static final Pointwise SCALE = new Product("scale") {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            N slope = x.get(0);
            N tangent = x.get(1);
            N product = n.multiply(slope, tangent);
            return n.ifZero(slope, n.of(0), n.ifZero(tangent, n.of(0), product));
        }
    };

    /** slope · tangent without that care, 0 · ∞ being NaN: the product of {@link Conventions#IEEE}. */
    public static final Pointwise PLAIN = new Product("*") {
        @Override
        public <N> N at(Numbers<N> n, List<N> x) {
            return n.multiply(x.get(0), x.get(1));
        }
    };

    private static final Rule.Slope BY_TANGENT = new Rule.Slope() {
        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            return x.get(1);
        }
    };

    private static final Rule.Slope BY_SLOPE = new Rule.Slope() {
        @Override
        public <V> V slope(Algebra<V> a, List<V> x, V y) {
            return x.get(0);
        }
    };

    private ChainRule() {}

    private abstract static class Product extends Pointwise {
        Product(String symbol) {
            super(symbol, 2);
        }

        @Override
        public Rule rule(int operand) {
            return operand == 0 ? BY_TANGENT : BY_SLOPE;
        }

        @Override
        public Notation notation() {
            return Notation.infix("*", "\\cdot", Notation.PRODUCT);
        }
    }
}
