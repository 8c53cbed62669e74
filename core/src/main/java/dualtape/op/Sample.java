package dualtape.op;

import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One point at which an operation is exercised.
 *
 * @param operands the operands' values
 * @param attributes keyword attributes
 */
public record Sample(List<Tensor> operands, Map<String, Double> attributes) {

    /** These operands, no attributes. */
    public static Sample of(Tensor... operands) {
        return new Sample(List.of(operands), Map.of());
    }

    /** These scalars, no attributes. */
    public static Sample of(double... operands) {
        List<Tensor> tensors = new ArrayList<>();
        for (double operand : operands) {
            tensors.add(Tensor.scalar(operand));
        }
        return new Sample(tensors, Map.of());
    }

    /** The same with an attribute more. */
    public Sample with(String attribute, double value) {
        Map<String, Double> more = new java.util.LinkedHashMap<>(attributes);
        more.put(attribute, value);
        return new Sample(operands, more);
    }

    /** The same with an attribute more that is a list. */
    public Sample with(String attribute, int[] list) {
        Map<String, Double> more = new java.util.LinkedHashMap<>(attributes);
        Attributes.put(more, attribute, java.util.Arrays.stream(list).asDoubleStream().toArray());
        return new Sample(operands, more);
    }

    /** A tensor of this shape with elements uniform in [low, high), from a fixed seed: always the same. */
    public static Tensor random(long seed, double low, double high, int... extents) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = Shape.of(extents);
        double[] data = new double[shape.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = low + (high - low) * random.nextDouble();
        }
        return Tensor.of(shape, data);
    }
}
