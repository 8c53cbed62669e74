package dualtape.forward;

/**
 * A value and its tangent.
 *
 * @param level the algebra that it belongs to
 * @param primal the value
 * @param tangent the derivative of the value along the seeded direction, of the value's shape; null where the value does
 *     not vary, which is a zero that costs nothing
 */
public record Dual<V>(Duals<V> level, V primal, V tangent) {
    /** Whether it varies with the seeded inputs. */
    public boolean varies() {
        return tangent != null;
    }

    /** Short: neither value may be printed at length. */
    @Override
    public String toString() {
        return "dual of " + level;
    }
}
