package dualtape.check;

import dualtape.engine.Engine;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import java.util.List;
import java.util.ServiceLoader;

/**
 * What must hold of an engine's derivatives whatever the function is: a witness that needs no other derivative. Tables of laws are
 * found with {@link ServiceLoader}, so that whatever can run a derivative in another way (compiled, from checkpoints) adds the law
 * that it changes nothing.
 */
public interface Law {
    /** A table of laws. */
    interface Table {
        /** The laws of this table, in order. */
        List<Law> laws();
    }

    /** Functions of more operations are held to the laws only that are not {@link #isHeavy}. */
    int LARGE = 20_000;

    /** The name, as in {@code adjoint identity}. */
    String name();

    /** The law as a formula or a sentence. */
    String summary();

    /** Whether it derives or lowers a function more than once. */
    default boolean isHeavy() {
        return true;
    }

    /** Whether it is looked at for a function: heavy laws are left out of very large ones. */
    default boolean isFor(Traced f) {
        return !isHeavy() || f.graph().applications().size() <= LARGE;
    }

    /**
     * Where the law is broken; empty where it holds, or where there is nothing that it speaks of.
     *
     * @param seed of directions
     */
    List<Breach> breaches(Engine engine, Traced f, Point at, List<String> wrt, long seed);

    /**
     * Two numbers that should be the same.
     *
     * @param bound how far rounding may have moved them apart
     */
    record Breach(String law, String where, double left, double right, double bound) {
        /** One line. */
        public String text() {
            return law + ", " + where + ": " + dualtape.ir.Numerals.text(left) + " against "
                    + dualtape.ir.Numerals.text(right)
                    + (bound == 0 ? "; they must be the same" : "; rounding explains " + Text.digits(bound));
        }
    }

    /** All laws of all tables. */
    static List<Law> all() {
        return ServiceLoader.load(Table.class, Law.class.getClassLoader()).stream()
                .flatMap(table -> table.get().laws().stream())
                .toList();
    }
}
