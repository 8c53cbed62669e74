package dualtape.op;

import dualtape.ir.Algebra;
import dualtape.ir.Edge;
import java.util.List;

/**
 * An entry of the catalogue: what a user calls by name. It builds applications of {@link dualtape.ir.Op}s in any
 * algebra; most entries are an op themselves, some are composed of others (mean is sum and a division).
 *
 * <p>The language, the printers, the checks, the lists and the documentation enumerate these and never list them.
 */
public interface Operation {
    /** The name in the text language, as in {@code sin}; infix operations have their sign, as in {@code +}. */
    String name();

    /** One line: what it computes, with its formula where that is short. */
    String summary();

    /** The group in listings: the table that states it, as in "arithmetic" or "linear algebra". */
    default String group() {
        Class<?> table = getClass().getEnclosingClass();
        return table == null ? "other" : table.getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
    }

    /** What it takes. */
    Signature signature();

    /**
     * Its result in an algebra. Scalars among the operands of elementwise operations are broadcast.
     *
     * @param attributes complete and of the declared kinds (see {@link Attributes#of})
     * @throws dualtape.ir.ShapeException if the operands do not fit
     */
    <V> V call(Algebra<V> a, List<V> operands, Attributes attributes);

    /** {@link #call(Algebra, List, Attributes)} without attributes given. */
    default <V> V call(Algebra<V> a, List<V> operands) {
        return call(a, operands, Attributes.none(this));
    }

    /**
     * Where tests and checks evaluate it: points at which it is smooth, at least one for each way to call it. An entry
     * without samples fails the tests.
     */
    List<Sample> samples();

    /** Its kinks, ties, poles and ends of domain, with the conventions used there. */
    default List<Edge> edges() {
        return List.of();
    }
}
