package dualtape.check;

import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Attributes;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Reduction;
import dualtape.op.Sample;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A seeded random smooth function of three numbers, made of operations of the whole catalogue. Each operation is applied near one of
 * its own samples, where it is smooth: its operands are the sample's plus a small multiple of a number computed before. Results
 * are weighed to a size near 1 and feed the next operations.
 *
 * @param traced the function
 * @param at a point
 * @param operations the operations in it, by name
 */
record RandomFunction(Traced traced, Point at, List<String> operations) {
    /** Samples with more elements take too long in 50 digits. */
    private static final int MOST_ELEMENTS = 12;
    private static final int TRIES = 100;

    static RandomFunction of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
        GraphBuilder builder = new GraphBuilder();
        Point at = Point.of();
        List<Node> pool = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            at = at.with(name, Tensor.scalar(random.nextDouble(0.3, 1.7)));
            pool.add(builder.input(name, Shape.SCALAR));
        }
        List<String> names = new ArrayList<>();
        int steps = 1 + random.nextInt(4);
        for (int tries = 0; names.size() < steps && tries < TRIES; tries++) {
            step(random, builder, at, pool, names);
        }
        Node sum = builder.scalar(0);
        for (Node part : pool) {
            sum = call(builder, "+", sum,
                    call(builder, "*", builder.scalar(random.nextDouble(0.5, 1.5)), call(builder, "sin", part)));
        }
        Graph graph = builder.graph(sum);
        return new RandomFunction(new Traced(Source.of("random " + seed, graph), graph, List.of()), at, names);
    }

    /** One operation more; none if its result there is not finite. */
    private static void step(SplittableRandom random, GraphBuilder builder, Point at, List<Node> pool,
            List<String> names) {
        List<Operation> all = List.copyOf(Operations.all());
        Operation operation = all.get(random.nextInt(all.size()));
        Sample sample = operation.samples().get(random.nextInt(operation.samples().size()));
        if (sample.operands().stream().mapToInt(Tensor::size).sum() > MOST_ELEMENTS) {
            return;
        }
        Attributes attributes = Attributes.of(operation, sample.attributes());
        boolean[] active = active(operation, sample, attributes);
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < active.length; i++) {
            Tensor x = sample.operands().get(i);
            Node constant = builder.constant(x);
            Node moving = pool.get(random.nextInt(pool.size()));
            operands.add(active[i] && x.size() > 0 ? call(builder, "+", constant, moved(random, builder, x, moving))
                    : constant);
        }
        Node result = operation.call(builder, operands, attributes);
        Tensor value = builder.graph(result).evaluate(Tensors.INSTANCE, Traced.inputs(builder.graph(result), at))
                .get(0);
        double[] weights = new double[value.size()];
        double size = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = random.nextDouble(0.5, 1.5);
            size += Math.abs(value.at(k) * weights[k]);
        }
        if (!(size < 1e100) || weights.length == 0) {
            return;
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= Math.max(size, 1e-3);
        }
        pool.add(Reduction.inner(builder, result, builder.constant(Tensor.of(value.shape(), weights))));
        names.add(operation.name());
    }

    /** A small multiple of sin(node) for each element. */
    private static Node moved(SplittableRandom random, GraphBuilder builder, Tensor x, Node node) {
        double[] sizes = new double[x.size()];
        for (int k = 0; k < sizes.length; k++) {
            double size = Double.isFinite(x.at(k)) ? Math.abs(x.at(k)) : 0;
            sizes[k] = size * random.nextDouble(0.005, 0.02) * (random.nextBoolean() ? 1 : -1);
        }
        Node wave = call(builder, "sin", node);
        return call(builder, "*", builder.constant(Tensor.of(x.shape(), sizes)), wave);
    }

    /** By which operands the operation has a derivative. */
    private static boolean[] active(Operation operation, Sample sample, Attributes attributes) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        for (int i = 0; i < sample.operands().size(); i++) {
            inputs.add(builder.input("x" + i, sample.operands().get(i).shape()));
        }
        Graph graph = builder.graph(operation.call(builder, inputs, attributes));
        boolean[] active = new boolean[inputs.size()];
        for (int i = 0; i < active.length; i++) {
            active[i] = graph.activeFrom(List.of(inputs.get(i))).get(graph.position(graph.output()));
        }
        return active;
    }

    private static Node call(GraphBuilder builder, String operation, Node... operands) {
        return Operations.find(operation).call(builder, List.of(operands));
    }
}
