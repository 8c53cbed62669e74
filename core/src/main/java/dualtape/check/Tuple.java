package dualtape.check;

import java.util.function.UnaryOperator;

/**
 * One quantity at several places at once: at a point, and at points beside it. A quantity that is the same everywhere is kept
 * once. Immutable.
 *
 * @param <N> the kind of number
 */
final class Tuple<N> {
    private final Object[] numbers;

    private Tuple(Object[] numbers) {
        this.numbers = numbers;
    }

    /** The same everywhere. */
    static <N> Tuple<N> constant(N number) {
        return new Tuple<>(new Object[] {number});
    }

    /** One number for each place; the first is that at the point. */
    static <N> Tuple<N> of(Object[] numbers) {
        return new Tuple<>(numbers);
    }

    boolean isConstant() {
        return numbers.length == 1;
    }

    /** The number at a place; place 0 is the point. */
    @SuppressWarnings("unchecked")
    N get(int place) {
        return (N) numbers[numbers.length == 1 ? 0 : place];
    }

    /** A function at each place. */
    <M> Tuple<M> map(java.util.function.Function<N, M> f) {
        Object[] results = new Object[numbers.length];
        for (int i = 0; i < results.length; i++) {
            int same = same(i);
            results[i] = same >= 0 ? results[same] : f.apply(get(i));
        }
        return new Tuple<>(results);
    }

    /**
     * An earlier place at which this is the very same number, or −1: what depends on one direction only is the same at several
     * places, and functions in many digits are dear. Differences around a point repeat a number at the point itself or one or two
     * places before.
     */
    int same(int place) {
        if (numbers.length == 1) {
            return place == 0 ? -1 : 0;
        }
        for (int back = 1; back <= 2 && back <= place; back++) {
            if (numbers[place - back] == numbers[place]) {
                return place - back;
            }
        }
        return place > 2 && numbers[0] == numbers[place] ? 0 : -1;
    }

    /** Whether this is the very same number at two places. */
    boolean same(int place, int other) {
        return numbers.length == 1 || numbers[place] == numbers[other];
    }

    /** The quantity held at its number at the point. */
    Tuple<N> held(UnaryOperator<N> constant) {
        return constant(constant.apply(get(0)));
    }
}
