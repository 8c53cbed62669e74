package dualtape.engine;

/**
 * What to derive from a function y = f(x) of inputs x of n elements together and a result y of m elements.
 *
 * <table>
 * <caption>What goes in besides the point, and what comes out besides the value</caption>
 * <tr><th>operator</th><th>seed</th><th>derivative</th></tr>
 * <tr><td>gradient</td><td></td><td>n, one part in the shape of each input; m = 1</td></tr>
 * <tr><td>jacobian</td><td></td><td>m×n</td></tr>
 * <tr><td>jvp</td><td>a tangent of each input, n</td><td>the result's tangent, m</td></tr>
 * <tr><td>vjp</td><td>an adjoint of the result, m</td><td>each input's adjoint, n</td></tr>
 * <tr><td>hvp</td><td>a tangent of each input, n</td><td>n; m = 1</td></tr>
 * <tr><td>hessian</td><td></td><td>n×n; m = 1</td></tr>
 * </table>
 */
public enum Operator {
    /** Of a scalar result: ∂y/∂x in the shape of each input. */
    GRADIENT(Seed.NONE, true),
    /** For each input the m×n matrix of partial derivatives. */
    JACOBIAN(Seed.NONE, false),
    /** Jacobian-vector product: the result's tangent. */
    JVP(Seed.DIRECTION, false),
    /** Vector-Jacobian product: each input's adjoint. */
    VJP(Seed.ADJOINT, false),
    /** Hessian-vector product of a scalar result. */
    HVP(Seed.DIRECTION, true),
    /** The n×n matrix of second partial derivatives of a scalar result. */
    HESSIAN(Seed.NONE, true);

    /** What an operator takes besides the point. */
    public enum Seed {
        /** Nothing. */
        NONE,
        /** A tangent of each selected input. */
        DIRECTION,
        /** An adjoint of the result. */
        ADJOINT
    }

    private final Seed seed;
    private final boolean ofScalar;

    Operator(Seed seed, boolean ofScalar) {
        this.seed = seed;
        this.ofScalar = ofScalar;
    }

    /** What it takes besides the point. */
    public Seed seed() {
        return seed;
    }

    /** Whether the result must be a scalar. */
    public boolean ofScalar() {
        return ofScalar;
    }

    /** Whether it is of second order. */
    public boolean second() {
        return this == HVP || this == HESSIAN;
    }

    /** The name for users, as in {@code gradient}. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
