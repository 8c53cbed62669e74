package dualtape.ir;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A place where an operation has no derivative, or none that everybody agrees on, and what is used there.
 *
 * @param kind kink, tie, pole, domain end, jump
 * @param where the condition, as in {@code x = 0}
 * @param hit finds the condition among operands
 * @param used the value and slope used there, for each profile
 */
public record Edge(Kind kind, String where, Hit hit, Map<Conventions, String> used) {
    /** Kinds of edges. */
    public enum Kind {
        /** One-sided slopes differ. */
        KINK,
        /** Several operands are selected alike. */
        TIE,
        /** The value or the slope is infinite. */
        POLE,
        /** The domain ends. */
        DOMAIN,
        /** The value jumps. */
        JUMP
    }

    /** Finds an edge among operands. */
    public interface Hit {
        /** The flat index, in the first operand of that size, of the first element at the edge; −1 if there is none. */
        int first(List<Tensor> operands);
    }

    /** An edge of an operation on whole tensors, with one convention for all profiles; see {@link #in}. */
    public static Edge of(Kind kind, String where, Hit hit, String used) {
        Map<Conventions, String> all = new EnumMap<>(Conventions.class);
        for (Conventions conventions : Conventions.values()) {
            all.put(conventions, used);
        }
        return new Edge(kind, where, hit, Collections.unmodifiableMap(all));
    }

    /** An edge of a pointwise operation: the condition is one on an element of each operand. */
    public static Edge pointwise(Kind kind, String where, Predicate<double[]> condition, String used) {
        return of(kind, where, operands -> {
            double[] x = new double[operands.size()];
            for (int k = 0; k < operands.get(0).size(); k++) {
                for (int i = 0; i < x.length; i++) {
                    x[i] = operands.get(i).at(operands.get(i).shape().isScalar() ? 0 : k);
                }
                if (condition.test(x)) {
                    return k;
                }
            }
            return -1;
        }, used);
    }

    /** The same with another convention in one profile. */
    public Edge in(Conventions conventions, String other) {
        Map<Conventions, String> changed = new EnumMap<>(used);
        changed.put(conventions, other);
        return new Edge(kind, where, hit, Collections.unmodifiableMap(changed));
    }

    /** What a profile uses. */
    public String used(Conventions conventions) {
        return used.get(conventions);
    }

    /** As in {@code kink at x = 0: slope 0 (jax: slope 1)}: the first profile's convention, then those that differ. */
    @Override
    public String toString() {
        String common = used.get(Conventions.MINNORM);
        StringBuilder others = new StringBuilder();
        used.forEach((conventions, other) -> {
            if (!other.equals(common)) {
                others.append(others.length() == 0 ? " (" : "; ").append(conventions.label()).append(": ")
                        .append(other);
            }
        });
        return kind.name().toLowerCase(Locale.ROOT) + " at " + where + ": " + common
                + (others.length() == 0 ? "" : others.append(')'));
    }
}
