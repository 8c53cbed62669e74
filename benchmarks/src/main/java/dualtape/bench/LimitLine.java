package dualtape.bench;

import dualtape.bench.Sampler.Timing;
import java.util.List;

/**
 * One line of the table of limits: six times, measured in turn in one process.
 *
 * @param name of the row
 * @param firstSeconds deriving a gradient, lowering it and running it for the first time
 * @param settling the time until vector forms had taken over, which the other times do without
 * @param bytes the memory of a gradient
 * @param directions how many derivatives along directions {@code several} are
 */
public record LimitLine(String name, double firstSeconds, Settling settling, long bytes, int directions,
        Timing gradient, Timing gradientByHand, Timing primal, Timing primalByHand, Timing one, Timing several) {
    /**
     * Measures a row, its results compared first.
     *
     * @param warmup seconds that its vector forms have at the most until it is measured
     * @param memory the bytes that its loops store at the most
     */
    public static LimitLine of(String name, Sampler sampler, double warmup, long memory) {
        LimitRow row = LimitRows.of(name);
        LimitSubject subject = new LimitSubject(row, memory);
        List<Runnable> tasks = List.of(subject::gradient, subject::gradientByHand, subject::primal,
                subject::primalByHand, subject::direction, subject::directions);
        Settling settling = Settling.of(tasks, warmup);
        List<Timing> times = sampler.time(tasks);
        return new LimitLine(name, subject.firstSeconds(), settling, subject.prepared().cost().workspaceBytes(),
                subject.directionCount(), times.get(0), times.get(1), times.get(2), times.get(3), times.get(4),
                times.get(5));
    }

    /** A quotient of medians, with the least and the greatest that quartiles give. */
    public record Ratio(double median, double low, double high) {
        static Ratio of(Timing x, Timing y) {
            return new Ratio(x.median() / y.median(), x.low() / y.high(), x.high() / y.low());
        }
    }

    /** The derived gradient by the one by hand. */
    public Ratio toHand() {
        return Ratio.of(gradient, gradientByHand);
    }

    /** The derived gradient by the value of the same graph. */
    public Ratio toPrimal() {
        return Ratio.of(gradient, primal);
    }

    /** The derivative along one direction by the value of the same graph. */
    public Ratio oneToPrimal() {
        return Ratio.of(one, primal);
    }

    /** The derivatives along several directions by the value of the same graph. */
    public Ratio severalToPrimal() {
        return Ratio.of(several, primal);
    }

    /** The gradient by hand by the value by hand: what the ratio of a derived gradient may be at best. */
    public Ratio handToPrimal() {
        return Ratio.of(gradientByHand, primalByHand);
    }
}
