package dualtape.bench;

import dualtape.bench.Sampler.Timing;
import java.util.List;

/**
 * One line of the table of limits: four times, measured in turn in one process.
 *
 * @param name of the row
 * @param prepareSeconds deriving, lowering and the first run
 * @param bytes the memory of a gradient
 */
public record LimitLine(String name, double prepareSeconds, long bytes, Timing gradient, Timing gradientByHand,
        Timing primal,
        Timing primalByHand) {
    /** Measures a row, its results compared first; its loops store so many bytes at the most. */
    public static LimitLine of(String name, Sampler sampler, long memory) {
        LimitRow row = LimitRows.of(name);
        long start = System.nanoTime();
        LimitSubject subject = new LimitSubject(row, memory);
        double prepared = (System.nanoTime() - start) / 1e9;
        List<Timing> times = sampler.time(List.of(subject::gradient, subject::gradientByHand, subject::primal,
                subject::primalByHand));
        return new LimitLine(name, prepared, subject.prepared().cost().workspaceBytes(), times.get(0), times.get(1),
                times.get(2), times.get(3));
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

    /** The gradient by hand by the value by hand: what the ratio of a derived gradient may be at best. */
    public Ratio handToPrimal() {
        return Ratio.of(gradientByHand, primalByHand);
    }
}
