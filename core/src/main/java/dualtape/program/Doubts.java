package dualtape.program;

import dualtape.ir.ChainRule;
import dualtape.ir.Pointwise;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where a program of single numbers must look whether a product of the chain rule was NaN. Products are fused with a zero: that gives
 * the bits of {@link Generated#scale}, but NaN where zero meets infinity or NaN. Arithmetic passes NaN on, so it is enough to
 * look at what arithmetic makes of the products in the end. Where there is doubt all is computed again with safe products.
 */
final class Doubts {
    private static final Set<String> PASSING = Set.of("add", "subtract", "multiply", "divide", "negate", "multiplyAdd",
            "sqrt",
            "exp", "log", "sin", "cos", "tanh");

    private Doubts() {}

    /** The steps whose results are NaN if a product was. */
    static boolean[] of(StraightCode.Steps steps) {
        int[] code = steps.code();
        int count = steps.count(false);
        boolean[] marked = new boolean[count];
        boolean[] passed = new boolean[count];
        Map<Integer, Integer> makers = new HashMap<>();
        for (int p = 0, s = 0; s < count; p = steps.next(p), s++) {
            Pointwise op = steps.scalars()[code[p]];
            marked[s] = op == ChainRule.SCALE && !harmless(steps, p + 3) && !harmless(steps, p + 5);
            for (int i = 0, at = p + 3; i < code[p + 1]; i++, at += 2) {
                int maker = code[at] == 0 ? makers.get(code[at + 1]) : -1;
                if (maker >= 0 && marked[maker] && passes(op, i)) {
                    marked[s] = true;
                    passed[maker] = true;
                }
            }
            makers.put(code[p + 3 + 2 * code[p + 1]], s);
        }
        for (int s = 0; s < count; s++) {
            marked[s] &= !passed[s];
        }
        return marked;
    }

    /** A known factor that makes neither 0 of NaN nor NaN of 0. */
    private static boolean harmless(StraightCode.Steps steps, int at) {
        int buffer = steps.code()[at];
        double known = buffer == steps.constantBuffer() ? steps.constants()[steps.code()[at + 1]] : 0;
        return known != 0 && Double.isFinite(known);
    }

    /** Whether NaN in an operand is NaN in the result. */
    static boolean passes(Pointwise op, int operand) {
        return op == ChainRule.SCALE || passes(Term.of(op).result(), operand);
    }

    /** Definitions are a few levels deep. */
    private static boolean passes(Term term, int operand) {
        return term.name().equals("operand") ? term.index() == operand
                : PASSING.contains(term.name())
                        && term.arguments().stream().anyMatch(argument -> passes(argument, operand));
    }
}
