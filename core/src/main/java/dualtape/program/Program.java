package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.ir.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph lowered to run over doubles: kernels in order, and a place in memory for every value, reused after its last
 * use. Immutable and shared between threads; each thread runs it in a {@link Workspace} of its own.
 *
 * <p>Values live in buffers: the arena (0), the inputs by reference (1 …), the constants (last). A place is a buffer
 * and an offset in it. The code is one flat array of integers, so that graphs of millions of applications cost a few
 * dozen bytes each.
 */
public final class Program {
    private final Graph graph;
    private final Kernel[] kernels;
    private final long held;
    private final int[] code;
    private final double[] constants;
    private final int[] places;
    private final int arena;
    private final int maxOperands;
    private final int maxResults;

    private Program(Builder builder) {
        this.graph = builder.graph;
        this.kernels = builder.kernels.toArray(new Kernel[0]);
        this.held = builder.kernels.stream().mapToLong(Kernel::held).sum();
        this.code = builder.length == builder.code.length ? builder.code
                : java.util.Arrays.copyOf(builder.code, builder.length);
        this.constants = builder.constants();
        this.places = builder.outputs();
        this.arena = builder.memory.peak();
        this.maxOperands = builder.maxOperands;
        this.maxResults = builder.maxResults;
    }

    /** Lowers a graph. */
    public static Program of(Graph graph) {
        return new Program(new Builder(graph));
    }

    /** Lowers a graph with its common subexpressions computed once. */
    public static Program sharing(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        graph.inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        return of(builder.graph(graph.evaluate(builder, inputs)));
    }

    /** The graph it was made from. */
    public Graph graph() {
        return graph;
    }

    /** The doubles of memory that a run needs besides inputs and constants: the live width of the graph. */
    public int arenaSize() {
        return arena;
    }

    /** The bytes of memory that a run needs besides inputs and constants, exact and known before it runs. */
    public long workspaceBytes() {
        return 8L * (arena + held);
    }

    /** The bytes of the lowered form itself: code, constants, output places. */
    public long programBytes() {
        return 4L * code.length + 8L * constants.length + 4L * places.length + 32L * kernels.length;
    }

    /** A workspace for one thread. */
    public Workspace workspace() {
        return new Workspace(this, new double[arena], 0);
    }

    /** A body of a structured operation, lowered. */
    static Bodied.Body body(Graph graph) {
        Program program = of(graph);
        return new Bodied.Body() {
            @Override
            public Bodied.Runner runner() {
                return program.workspace();
            }

            @Override
            public long doubles() {
                return program.arena + program.held;
            }
        };
    }

    /** The kernels for one workspace. */
    Kernel[] instances() {
        return java.util.Arrays.stream(kernels).map(Kernel::instance).toArray(Kernel[]::new);
    }

    double[] constants() {
        return constants;
    }

    int maxOperands() {
        return maxOperands;
    }

    int maxResults() {
        return maxResults;
    }

    int outputBuffer(int output) {
        return places[2 * output];
    }

    int outputOffset(int output) {
        return places[2 * output + 1];
    }

    /** Runs every kernel in order over the buffers of a workspace. */
    void run(Workspace w) {
        int[] c = code;
        double[][] buffers = w.buffers;
        int[] bases = w.bases;
        for (int p = 0; p < c.length;) {
            Kernel kernel = w.kernels[c[p]];
            int operands = c[p + 1];
            int results = c[p + 2];
            p += 3;
            for (int i = 0; i < operands; i++, p += 2) {
                int buffer = c[p];
                w.x[i] = buffers[buffer];
                w.xAt[i] = bases[buffer] + c[p + 1];
            }
            for (int j = 0; j < results; j++) {
                w.y[j] = buffers[0];
                w.yAt[j] = bases[0] + c[p++];
            }
            kernel.run(w.x, w.xAt, w.y, w.yAt);
        }
    }

    /** The bytes of values made by nodes numbered below {@code number} that are still read by those from it on. */
    public long bytesAcross(int number) {
        boolean[] read = new boolean[graph.nodes().size()];
        for (Application application : graph.applications()) {
            if (application.results().get(0).number() >= number) {
                application.operands().forEach(operand -> read[graph.position(operand)] = true);
            }
        }
        long bytes = 0;
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Result && node.number() < number && read[graph.position(node)]) {
                bytes += 8L * node.shape().size();
            }
        }
        return bytes;
    }

    /** What is needed while lowering. */
    private static final class Builder {
        private final Graph graph;
        private final List<Kernel> kernels = new ArrayList<>();
        private final Map<KernelKey, Integer> kernelIndex = new HashMap<>();
        private final Memory memory = new Memory();
        private final int[] buffer;
        private final int[] offset;
        private final int[] code;
        private int length;
        private int constantSize;
        private int maxOperands;
        private int maxResults;

        /** The hash is written out: the one that records have is slow until it is compiled. */
        private record KernelKey(Op op, List<Shape> shapes) {
            @Override
            public int hashCode() {
                return 31 * op.hashCode() + shapes.hashCode();
            }

            @Override
            public boolean equals(Object other) {
                return other instanceof KernelKey that && op.equals(that.op) && shapes.equals(that.shapes);
            }
        }

        Builder(Graph graph) {
            this.graph = graph;
            this.buffer = new int[graph.nodes().size()];
            this.offset = new int[graph.nodes().size()];
            place();
            code = new int[words(graph)];
            int[] last = graph.lastUses();
            int step = 0;
            Watch watch = Watch.current();
            for (Application application : graph.applications()) {
                watch.tick(step, graph.nodes().size());
                lower(application);
                free(application, last, step++);
            }
        }

        /** The words of code, at the most. */
        private static int words(Graph graph) {
            long words = 0;
            for (Application application : graph.applications()) {
                words += 4L + 2L * application.operands().size() + application.results().size();
            }
            return Math.toIntExact(words);
        }

        private void place() {
            for (int i = 0; i < graph.inputs().size(); i++) {
                buffer[graph.position(graph.inputs().get(i))] = 1 + i;
            }
            for (Node node : graph.nodes()) {
                if (node instanceof Node.Constant) {
                    int position = graph.position(node);
                    buffer[position] = 1 + graph.inputs().size();
                    offset[position] = constantSize;
                    constantSize += node.shape().size();
                }
            }
        }

        private void lower(Application application) {
            List<Node> operands = application.operands();
            List<Node> results = application.results();
            Kernel kernel = emitKernel(application);
            boolean scratch = kernel.workspace() > 0;
            emit(operands.size());
            emit(results.size() + (scratch ? 1 : 0));
            for (int i = 0; i < operands.size(); i++) {
                int position = graph.position(operands.get(i));
                emit(buffer[position]);
                emit(offset[position]);
            }
            for (Node result : results) {
                int at = memory.take(result.shape().size());
                offset[graph.position(result)] = at;
                emit(at);
            }
            if (scratch) {
                int at = memory.take(kernel.workspace());
                emit(at);
                memory.give(at, kernel.workspace());
            }
            maxOperands = Math.max(maxOperands, operands.size());
            maxResults = Math.max(maxResults, results.size() + 1);
        }

        private Kernel emitKernel(Application application) {
            KernelKey key = new KernelKey(application.op(), application.operandShapes());
            Integer index = kernelIndex.get(key);
            if (index == null) {
                index = kernels.size();
                kernels.add(Kernels.of(key.op(), key.shapes()));
                kernelIndex.put(key, index);
            }
            emit(index);
            return kernels.get(index);
        }

        /** Gives back the memory of values that nothing reads from here on. */
        private void free(Application application, int[] last, int step) {
            for (Node result : application.results()) {
                if (last[graph.position(result)] == -1) {
                    memory.give(offset[graph.position(result)], result.shape().size());
                }
            }
            for (Node operand : application.operands()) {
                int position = graph.position(operand);
                if (last[position] == step && operand instanceof Node.Result) {
                    last[position] = -2;
                    memory.give(offset[position], operand.shape().size());
                }
            }
        }

        private void emit(int word) {
            code[length++] = word;
        }

        double[] constants() {
            double[] values = new double[constantSize];
            for (Node node : graph.nodes()) {
                if (node instanceof Node.Constant constant) {
                    constant.value().copyTo(values, offset[graph.position(node)]);
                }
            }
            return values;
        }

        int[] outputs() {
            int[] places = new int[2 * graph.outputs().size()];
            for (int i = 0; i < graph.outputs().size(); i++) {
                int position = graph.position(graph.outputs().get(i));
                places[2 * i] = buffer[position];
                places[2 * i + 1] = offset[position];
            }
            return places;
        }
    }
}
