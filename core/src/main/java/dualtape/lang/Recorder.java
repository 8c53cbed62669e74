package dualtape.lang;

import dualtape.engine.Deadline;
import dualtape.engine.Limits;
import dualtape.ir.Algebra;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.List;

/** The algebra in which programs run: values at once, and the graph of what ran beside them. */
final class Recorder implements Algebra<Recorded> {
    private static final int TICKS = 256;
    private static final int PER_TICK = 1_000;
    private static final int LARGE = 100_000;

    private final GraphBuilder builder = GraphBuilder.asWritten();
    private final Limits limits;
    private final Deadline deadline;
    private long ticks;

    Recorder(Limits limits, Deadline deadline) {
        this.limits = limits;
        this.deadline = deadline;
    }

    GraphBuilder builder() {
        return builder;
    }

    Recorded input(String name, Tensor value) {
        return new Recorded(value, builder.input(name, value.shape()), true);
    }

    @Override
    public Shape shape(Recorded value) {
        return value.value().shape();
    }

    @Override
    public Recorded constant(Tensor tensor) {
        return new Recorded(tensor, builder.constant(tensor), false);
    }

    @Override
    public List<Recorded> apply(Op op, List<Recorded> operands) {
        List<Tensor> values = new ArrayList<>(operands.size());
        List<Node> nodes = new ArrayList<>(operands.size());
        boolean depends = false;
        for (Recorded operand : operands) {
            values.add(operand.value());
            nodes.add(operand.node());
            depends |= operand.depends();
        }
        tick(values);
        afford(op, values);
        List<Tensor> results = Tensors.INSTANCE.apply(op, values);
        List<Node> made = builder.apply(op, nodes);
        List<Recorded> recorded = new ArrayList<>(results.size());
        for (int i = 0; i < results.size(); i++) {
            recorded.add(new Recorded(results.get(i), made.get(i), depends));
        }
        return recorded;
    }

    /** Looks at the limits now and then. */
    void tick() {
        tick(List.of());
    }

    private void tick(List<Tensor> values) {
        ticks++;
        for (int i = 0; i < values.size(); i++) {
            ticks += values.get(i).size() / PER_TICK;
        }
        if (ticks >= TICKS) {
            ticks = 0;
            deadline.check("the program");
            limits.checkNodes(builder.size());
        }
    }

    /** Refuses an operation on large tensors that cannot end in time. */
    private void afford(Op op, List<Tensor> values) {
        long size = 0;
        for (int i = 0; i < values.size(); i++) {
            size += values.get(i).size();
        }
        if (size > LARGE) {
            deadline.afford("the program", op.work(values.stream().map(Tensor::shape).toList()));
        }
    }
}
