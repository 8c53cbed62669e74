package dualtape.ir;

import java.util.List;

/**
 * How an application is written. A pattern holds <code>{0}</code>, <code>{1}</code>, … for operands and
 * <code>{*}</code> for all of them with commas. A printer puts an operand in parentheses when it binds less tightly
 * than the pattern asks.
 *
 * @param text in the text language, such that it parses back
 * @param latex in LaTeX mathematics
 * @param level how tightly the whole binds: one of the constants here
 * @param operands how tightly each operand must bind; the last entry stands for all further ones
 */
public record Notation(String text, String latex, int level, List<Integer> operands) {
    /** Anything goes: between brackets or commas. */
    public static final int LOOSE = 0;
    /** {@code or}. */
    public static final int OR = 1;
    /** {@code and}. */
    public static final int AND = 2;
    /** {@code not}. */
    public static final int NOT = 3;
    /** {@code < <= > >= == !=}. */
    public static final int COMPARISON = 4;
    /** {@code + -}. */
    public static final int SUM = 5;
    /** {@code * / @}. */
    public static final int PRODUCT = 6;
    /** Unary minus. */
    public static final int SIGN = 7;
    /** {@code ^}. */
    public static final int POWER = 8;
    /** Calls, indices, names, literals. */
    public static final int ATOM = 9;

    /** {@code name(x, y)}. */
    public static Notation call(String name) {
        return new Notation(name + "({*})", "\\operatorname{" + name.replace("_", "\\_") + "}\\left({*}\\right)", ATOM,
                List.of(LOOSE));
    }

    /** {@code name(x, y, attributes)}; attributes as in {@code axis=0}. */
    public static Notation call(String name, String attributes) {
        return new Notation(name + "({*}, " + attributes + ")",
                "\\operatorname{" + name.replace("_", "\\_") + "}_{" + attributes + "}\\left({*}\\right)", ATOM,
                List.of(LOOSE));
    }

    /** A left-associative infix sign. */
    public static Notation infix(String sign, String latex, int level) {
        return new Notation("{0} " + sign + " {1}", "{0} " + latex + " {1}", level, List.of(level, level + 1));
    }

    /** Whether operand {@code index} is written; what can be computed anew from the others is left out. */
    public boolean writes(int index) {
        return text.contains("{*}") || text.contains("{" + index + "}");
    }

    /** How tightly operand {@code index} must bind. */
    public int operand(int index) {
        return operands.get(Math.min(index, operands.size() - 1));
    }
}
