package dualtape.program;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * When programs become code. The property {@code dualtape.codegen} ({@code off}, {@code always}, {@code vectors}) says so for
 * the process, {@link #during} for one thread and a stretch of work. The bits are the same.
 */
public enum Generation {
    /** Never: everything is interpreted. */
    OFF,
    /** Where it pays. */
    USUAL,
    /** Whatever can be, at once. */
    ALWAYS,
    /** Whatever can be, at once, and on vectors as far as it can be. */
    VECTORS;

    private static final ThreadLocal<Generation> HERE = new ThreadLocal<>();

    /** Does some work under this policy: programs that are lowered and run in it, by this thread. */
    public <T> T during(Supplier<T> work) {
        Generation before = HERE.get();
        HERE.set(this);
        try {
            return work.get();
        } finally {
            HERE.set(before);
        }
    }

    /** What holds now. Read anew each time, so that a program can be lowered in every way. */
    static Generation now() {
        Generation here = HERE.get();
        if (here != null) {
            return here;
        }
        String property = System.getProperty("dualtape.codegen");
        for (Generation generation : values()) {
            if (generation.name().toLowerCase(Locale.ROOT).equals(property)) {
                return generation;
            }
        }
        return USUAL;
    }
}
