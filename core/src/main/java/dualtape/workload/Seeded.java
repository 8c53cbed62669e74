package dualtape.workload;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.SplittableRandom;

/** Random inputs from a seed. */
final class Seeded {
    private final SplittableRandom random;

    Seeded(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A number from {@code low} up to {@code high}. */
    double number(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** A whole number from 0 up to, not including, {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A tensor of such numbers. */
    Tensor tensor(double low, double high, int... extents) {
        double[] elements = new double[Shape.of(extents).size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = number(low, high);
        }
        return Tensor.wrap(Shape.of(extents), elements);
    }
}
