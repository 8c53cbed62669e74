package dualtape.control;

import dualtape.ir.Array;
import dualtape.ir.Numbers;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.List;

/** The sum of arrays over the trips of a loop: 32 partial sums by index modulo 32, then a fixed tree. */
final class Partials<N> {
    /** The number of partial sums. */
    static final int WIDTH = 32;

    private final Numbers<N> n;
    private final List<Array<N>> partials = new ArrayList<>();

    Partials(Numbers<N> n, Shape shape) {
        this.n = n;
        for (int p = 0; p < WIDTH; p++) {
            partials.add(Array.filled(shape, n.of(0)));
        }
    }

    /** Adds the term of one index. */
    void add(int index, Array<N> term) {
        add(partials.get(index % WIDTH), term);
    }

    private void add(Array<N> sum, Array<N> term) {
        for (int e = 0; e < term.size(); e++) {
            sum.set(e, n.add(sum.get(e), term.get(e)));
        }
    }

    /** The sum of {@code count} terms. Partial sums that they do not reach are left out. */
    Array<N> sum(int count) {
        for (int half = WIDTH / 2; half > 0; half /= 2) {
            for (int p = 0; p < half && p + half < count; p++) {
                add(partials.get(p), partials.get(p + half));
            }
        }
        return partials.get(0);
    }
}
