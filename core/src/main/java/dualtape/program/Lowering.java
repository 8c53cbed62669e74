package dualtape.program;

import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Pointwise;
import dualtape.ir.Shape;
import dualtape.ir.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lowers a graph: a kernel for each application, a place for each value, reused after its last use. A view has the place of
 * what it shows.
 */
final class Lowering {
    private final long worth;
    final Graph graph;
    final Fusion.Fused fused;
    final List<Kernel> kernels = new ArrayList<>();
    final List<Pointwise> scalars = new ArrayList<>();
    final List<int[]> sizes = new ArrayList<>();
    final List<KernelKey> keys = new ArrayList<>();
    private final Map<KernelKey, Integer> kernelIndex = new HashMap<>();
    final Memory memory = new Memory();
    private final int[] buffer;
    private final int[] offset;
    private final Lifetimes lifetimes;
    final Buffers buffers;
    final int[] code;
    int length;
    private int constantSize;
    int maxOperands;
    int maxResults;

    /** The hash is written out: the one that records have is slow until it is compiled. */
    record KernelKey(Op op, List<Shape> shapes) {
        @Override
        public int hashCode() {
            return 31 * op.hashCode() + shapes.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof KernelKey that && op.equals(that.op) && shapes.equals(that.shapes);
        }
    }

    /**
     * Lowers.
     *
     * @param worth elementary operations of a loop from which on it is generated
     * @param groups as in {@link Buffers}
     */
    Lowering(Graph original, long worth, int... groups) {
        this.worth = worth;
        this.fused = Fusion.of(original, worth);
        this.graph = fused.graph();
        this.buffers = new Buffers(graph, groups);
        this.lifetimes = new Lifetimes(graph);
        this.buffer = new int[graph.nodes().size()];
        this.offset = new int[graph.nodes().size()];
        place();
        code = new int[words(graph)];
        int step = 0;
        Watch watch = Watch.current();
        for (Application application : graph.applications()) {
            watch.tick(step, graph.nodes().size());
            lower(application, step);
            lifetimes.ended(application, step++,
                    node -> memory.give(offset[graph.position(node)], node.shape().size()));
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

    /** Where a value lies, for people. */
    String place(Node node) {
        int position = graph.position(node);
        int at = buffer[position];
        String name = at == 0 ? "arena" : at == buffers.known() ? "known"
                : at == 1 && buffers.grouped(0) ? "point" : "in" + at;
        return name + "[" + offset[position] + "]";
    }

    private void place() {
        for (int i = 0; i < graph.inputs().size(); i++) {
            int position = graph.position(graph.inputs().get(i));
            buffer[position] = buffers.of(i);
            offset[position] = buffers.offset(i);
        }
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant) {
                int position = graph.position(node);
                buffer[position] = buffers.known();
                offset[position] = constantSize;
                constantSize += node.shape().size();
            }
        }
    }

    private void lower(Application application, int step) {
        List<Node> operands = application.operands();
        List<Node> results = application.results();
        int view = lifetimes.view(step);
        if (view >= 0) {
            int from = graph.position(operands.get(0));
            buffer[graph.position(results.get(0))] = buffer[from];
            offset[graph.position(results.get(0))] = offset[from] + view;
            return;
        }
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
            kernels.add(Kernels.of(key.op(), key.shapes(), worth));
            kernelIndex.put(key, index);
            keys.add(key);
            boolean scalar = key.op() instanceof Pointwise && key.shapes().get(0).size() == 1;
            sizes.add(application.results().stream().mapToInt(result -> result.shape().size()).toArray());
            scalars.add(scalar ? (Pointwise) key.op() : null);
        }
        emit(index);
        return kernels.get(index);
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
