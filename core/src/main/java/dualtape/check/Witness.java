package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Traced;

/**
 * A source of derivatives that reads no rule of an operation, only values: what engines are checked against. Found by
 * {@link Witnesses}. Every estimate has its own error bound, or the witness says why it cannot tell. Stateless.
 *
 * <p>Inputs that a direction does not name stand still. What is declared to have no derivative (behind detach, an index) stands
 * still too.
 */
public interface Witness {
    /** The name, as in {@code decimals}. */
    String name();

    /** One line: how it works. */
    String summary();

    /** Where it stands in lists; smaller comes first, and is asked first. */
    int rank();

    /** How many evaluations of the function one estimate of order 1 or 2 takes, all kinds of number counted alike. */
    int evaluations(int order);

    /** d/dt f(x + t v) at t = 0, for each element of the first output. */
    Estimate first(Traced f, Point at, Point v);

    /** d/ds d/dt f(x + s v + t w) at s = t = 0, for each element of the first output. */
    Estimate second(Traced f, Point at, Point v, Point w);
}
