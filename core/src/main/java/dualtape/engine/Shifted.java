package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Tensors;
import dualtape.program.Workspace;
import java.util.Arrays;

/** A function at points shifted from the one where it was traced; traced again wherever a guard flips. */
final class Shifted {
    private final Traced traced;
    private final Layout inputs;
    private final Program program;
    private final Program guarded;
    private final Workspace workspace;
    private final Workspace guards;
    private final double[] x;

    Shifted(Traced traced) {
        this(traced, Program.of(traced.rerolled()),
                traced.guards().isEmpty() ? null : Program.of(traced.guarded()));
    }

    private Shifted(Traced traced, Program program, Program guarded) {
        this.traced = traced;
        this.inputs = Layout.of(traced.graph().inputs());
        this.program = program;
        this.guarded = guarded;
        this.workspace = program.workspace();
        this.guards = guarded == null ? null : guarded.workspace();
        this.x = new double[inputs.size()];
        for (int i = 0; i < inputs.names().size(); i++) {
            workspace.bind(i, x, inputs.offset(i));
            if (guards != null) {
                guards.bind(i, x, inputs.offset(i));
            }
        }
    }

    /** The same with memory of its own, for another thread. */
    Shifted another() {
        return new Shifted(traced, program, guarded);
    }

    /** The thread that evaluates next owns it. */
    void transfer() {
        workspace.transfer();
        if (guards != null) {
            guards.transfer();
        }
    }

    /** @throws IllegalStateException if it belongs to another thread than this one */
    void own() {
        workspace.own();
    }

    /** The inputs, to shift. */
    double[] x() {
        return x;
    }

    long workspaceBytes() {
        return program.workspaceBytes() + 8L * x.length;
    }

    long graphBytes() {
        return program.graph().bytes() + program.programBytes();
    }

    /** The function's value at {@link #x}: NaN where it has another shape there. */
    void evaluate(double[] value) {
        if (guards != null) {
            guards.run();
            for (int i = 0; i < traced.guards().size(); i++) {
                if (!traced.guards().get(i).holds(guards.scalar(i))) {
                    again(value);
                    return;
                }
            }
        }
        workspace.run();
        workspace.copy(0, value, 0);
    }

    private void again(double[] value) {
        Point point = Point.of(inputs.tensors(x));
        Graph graph;
        synchronized (program) { // a source need not bear several threads
            graph = traced.source().trace(point).graph();
        }
        Tensor result = graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, point)).get(0);
        if (result.size() != value.length) {
            Arrays.fill(value, Double.NaN);
        } else {
            result.copyTo(value, 0);
        }
    }
}
