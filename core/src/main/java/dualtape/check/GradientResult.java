package dualtape.check;

import dualtape.ir.Numerals;
import java.util.List;
import java.util.Map;

/**
 * What a {@link GradientCheck} found at a point.
 *
 * @param what was checked: gradient, Jacobian, Hessian product
 * @param verdict as a whole
 * @param counts how many numbers were judged in each way
 * @param components numbers that were judged, the wrong ones first; not all if there are very many
 * @param point where
 * @param seed of the directions
 * @param evaluations of the function
 */
public record GradientResult(
        String what, Verdict verdict, Map<Judgement, Integer> counts, List<Component> components, double[] point,
        long seed, long evaluations) {
    private static final int SHOWN = 5;
    private static final int LONGEST = 12;

    /** The components that were judged in some way. */
    public List<Component> judged(Judgement judgement) {
        return components.stream().filter(component -> component.judgement() == judgement).toList();
    }

    /** How many were judged in some way. */
    public int count(Judgement judgement) {
        return counts.getOrDefault(judgement, 0);
    }

    /** For the programmer who has to mend it: which numbers, what they should be, and what that looks like. */
    public String text() {
        StringBuilder text = new StringBuilder(headline()).append('\n');
        text.append("  at x = ").append(vector(point)).append('\n');
        Judgement shown = switch (verdict) {
            case DISAGREE -> Judgement.WRONG;
            case UNRESOLVED -> count(Judgement.UNRESOLVED) > 0 ? Judgement.UNRESOLVED : Judgement.EXCUSED;
            case AGREE -> Judgement.EDGE;
        };
        List<Component> list = judged(shown);
        for (Component component : list.subList(0, Math.min(SHOWN, list.size()))) {
            text.append("  ").append(line(component)).append('\n');
            String hint = shown == Judgement.WRONG ? hint(component) : component.note();
            if (!hint.isEmpty()) {
                text.append("      ").append(hint).append('\n');
            }
        }
        if (list.size() > SHOWN) {
            text.append("  and ").append(count(shown) - SHOWN).append(" more\n");
        }
        return text.append("  the values of the function are the witness: extrapolated differences, ")
                .append(evaluations)
                .append(" evaluations, seed ").append(seed).append('\n').toString();
    }

    private String headline() {
        int all = counts.values().stream().mapToInt(count -> count).sum();
        String of = " of " + all + (all == 1 ? " number" : " numbers");
        return switch (verdict) {
            case DISAGREE -> "the " + what + " is wrong in " + count(Judgement.WRONG) + of;
            case UNRESOLVED -> count(Judgement.UNRESOLVED) == 0
                    ? "the " + what
                            + " is unresolved: all that could be compared is lost in the rounding of the function's values"
                    : "the " + what + " is unresolved in " + count(Judgement.UNRESOLVED) + of;
            case AGREE -> "the " + what + " agrees" + (count(Judgement.EDGE) > 0 ? ", " + count(Judgement.EDGE) + of
                    + " at an edge" : "");
        };
    }

    private static String line(Component component) {
        String line = component.where() + " is " + Numerals.text(component.got());
        return Double.isNaN(component.expected()) ? line
                : line + ", should be " + Text.digits(component.expected()) + " (within "
                        + Text.digits(
                                Double.parseDouble(String.format(java.util.Locale.ROOT, "%.0e", component.bound())))
                        + ")";
    }

    /** What a wrong number looks like to somebody who has seen many. */
    private String hint(Component wrong) {
        double expected = wrong.expected();
        double got = wrong.got();
        if (Double.isNaN(expected)) {
            return wrong.note() + "; a derivative there lies between them";
        } else if (!Double.isFinite(got)) {
            return "not finite, though the function is smooth here";
        } else if (got == 0) {
            return "zero: a term is missing, or an element was never written";
        }
        double slack = 1e-6 * Math.abs(expected) + wrong.bound();
        if (Math.abs(got + expected) <= slack) {
            return "the sign is the other way round";
        }
        for (double factor : new double[] {2, 0.5, 3, 1.0 / 3, 4, 0.25}) {
            if (Math.abs(got - factor * expected) <= slack) {
                return "that is "
                        + (factor > 1 ? Numerals.text(factor) + " times" : "1/" + Numerals.text(Math.rint(1 / factor)))
                        + " what it should be: a factor is "
                        + (factor > 1 ? "counted twice, or left over" : "forgotten");
            }
        }
        for (Component other : components) {
            if (other != wrong && Math.abs(got - other.expected()) <= 1e-6 * Math.abs(got) + other.bound()
                    && Math.abs(other.expected()) > other.bound()) {
                return "that is what " + other.where() + " should be: are indices swapped?";
            }
        }
        return "off by " + Text.digits(got - expected) + ", " + Text.digits((got - expected) / expected) + " of it";
    }

    private static String vector(double[] x) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < Math.min(LONGEST, x.length); i++) {
            text.append(i == 0 ? "" : ", ").append(Numerals.text(x[i]));
        }
        return text.append(x.length > LONGEST ? ", ... (" + x.length + " numbers)]" : "]").toString();
    }
}
