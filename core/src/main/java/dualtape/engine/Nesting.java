package dualtape.engine;

/** How a second derivative is nested: the outer mode over the inner one. */
public enum Nesting {
    /** Forward over forward: a sweep for each element of a Hessian. */
    FF("forward", "forward"),
    /** Forward over reverse: the gradient's tangent. The usual choice. */
    FR("forward", "reverse"),
    /** Reverse over forward: the gradient of a directional derivative. */
    RF("reverse", "forward"),
    /** Reverse over reverse: the gradient of the gradient's product with a direction. */
    RR("reverse", "reverse");

    private final String outer;
    private final String inner;

    Nesting(String outer, String inner) {
        this.outer = outer;
        this.inner = inner;
    }

    /** The engine that runs over the other one's derivative. */
    public DerivingEngine outer() {
        return (DerivingEngine) Engines.named(outer);
    }

    /** The engine whose derivative is differentiated. */
    public DerivingEngine inner() {
        return (DerivingEngine) Engines.named(inner);
    }

    /** The name for users, as in {@code fr}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The nesting of this label, or null. */
    public static Nesting named(String label) {
        for (Nesting nesting : values()) {
            if (nesting.label().equals(label)) {
                return nesting;
            }
        }
        return null;
    }
}
