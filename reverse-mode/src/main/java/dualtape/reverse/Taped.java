package dualtape.reverse;

/**
 * A value that was computed while a tape recorded.
 *
 * @param tape the algebra that it belongs to
 * @param value the value
 * @param slot where its adjoint accumulates; −1 where it does not depend on the inputs of interest
 */
public record Taped<V>(Tape<V> tape, V value, int slot) {
    /** Whether it depends on the inputs of interest. */
    public boolean varies() {
        return slot >= 0;
    }

    /** Short: the value may not be printed at length. */
    @Override
    public String toString() {
        return "slot " + slot + " of " + tape;
    }
}
