package dualtape.program;

import dualtape.ir.Bodied;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Kernel;
import dualtape.ir.Node;
import dualtape.ir.Pointwise;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

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
    private final long worth;
    private final Fusion.Fused fused;
    private final Buffers buffers;
    private final int[] groups;
    private final Kernel[] kernels;
    private final long held;
    private final int[] code;
    private final double[] constants;
    private final int[] places;
    private final int[] sizes;
    private final boolean small;
    private final int arena;
    private final int maxOperands;
    private final int maxResults;
    private final Straight straight;
    /** Runs until it is lowered once more with smaller loops generated; 0 for never. Threads may count one run less. */
    private int loopPatience;
    private volatile Program often;

    private Program(Graph graph, long worth, int... groups) {
        Lowering builder = new Lowering(graph, worth, groups);
        this.worth = worth;
        this.graph = graph;
        this.fused = builder.fused;
        this.groups = groups;
        this.buffers = builder.buffers;
        this.kernels = builder.kernels.toArray(new Kernel[0]);
        this.held = builder.kernels.stream().mapToLong(Kernel::held).sum();
        this.code = builder.length == builder.code.length ? builder.code
                : java.util.Arrays.copyOf(builder.code, builder.length);
        this.constants = builder.constants();
        this.places = builder.outputs();
        this.sizes = graph.outputs().stream().mapToInt(output -> output.shape().size()).toArray();
        this.small = java.util.Arrays.stream(sizes).allMatch(size -> size <= Unrolled.SMALL);
        this.arena = builder.memory.peak();
        this.maxOperands = builder.maxOperands;
        this.maxResults = builder.maxResults;
        this.straight = new Straight(new StraightCode.Steps(code, arena, builder.scalars.toArray(new Pointwise[0]),
                builder.sizes.toArray(new int[0][]), constants, buffers.known(), small ? elements() : places,
                small ? sizes[0] : 1, builder.keys, arena));
        this.loopPatience = Codegen.again(fused.graph(), worth);
    }

    /** Buffers and offsets of all elements of the outputs. */
    private int[] elements() {
        int[] elements = new int[2 * java.util.Arrays.stream(sizes).sum()];
        for (int output = 0, i = 0; output < sizes.length; output++) {
            for (int e = 0; e < sizes[output]; e++, i += 2) {
                elements[i] = places[2 * output];
                elements[i + 1] = places[2 * output + 1] + e;
            }
        }
        return elements;
    }

    /** Lowers a graph. */
    public static Program of(Graph graph) {
        return new Program(graph, Codegen.worth());
    }

    /**
     * Lowers a graph whose first inputs lie in groups, one after the other in one array each.
     *
     * @param groups how many inputs each group has; the first is the flat point
     */
    public static Program packed(Graph graph, int... groups) {
        return new Program(graph, Codegen.worth(), groups.clone());
    }

    /** {@link #packed} for runs again and again: smaller loops are worth generating. */
    public static Program often(Graph graph, int... groups) {
        return new Program(graph, Codegen.worthOften(), groups.clone());
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

    /** The bytes of the lowered form itself: the folded graph, code, constants, output places. */
    public long programBytes() {
        return 4L * code.length + 8L * constants.length + 4L * places.length + 32L * kernels.length
                + fused.bytes();
    }

    /** The elementary operations of a run, exact and known before it runs, but for loops that end by a condition. */
    public long operations() {
        return fused.graph().work();
    }

    /** The steps, {@code most} of them at the most: where each result lies, how long it lives, how many bytes it takes. */
    public String listing(int most) {
        return new Listing(this, new Lowering(graph, worth, groups)).text(most);
    }

    /** A workspace for one thread. */
    public Workspace workspace() {
        return new Workspace(this, new double[arena], 0, false);
    }

    /** A body of a structured operation, lowered. */
    static Bodied.Body body(Graph graph) {
        Program program = of(graph);
        return new Bodied.Body() {
            @Override
            public Bodied.Runner runner() {
                return new Workspace(program, new double[program.arena], 0, true);
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

    Buffers buffers() {
        return buffers;
    }

    int outputBuffer(int output) {
        return places[2 * output];
    }

    int outputs() {
        return sizes.length;
    }

    int outputSize(int output) {
        return sizes[output];
    }

    int outputOffset(int output) {
        return places[2 * output + 1];
    }

    /** Runs every kernel in order over the buffers of a workspace, or the code that was generated for them. */
    void run(Workspace w) {
        if (!straight.run(w)) {
            loops(w);
        }
    }

    /** The same for outputs after the first that are wanted in an array and nowhere else. No input is read from that. */
    void run(Workspace w, double[] target, int at) {
        if (!small) {
            run(w);
            w.copyDerivatives(target, at);
        } else if (!straight.run(w, target, at)) {
            loops(w);
            w.copyDerivatives(target, at);
        }
    }

    /** Runs the kernels, after a while of a form that has more of them in loops. */
    private void loops(Workspace w) {
        if (loopPatience > 0 && !w.isInner() && !straight.waits() && --loopPatience == 0) {
            Program again = new Program(graph, Codegen.worthOften(), groups);
            often = again.code.length < code.length ? again : null;
        }
        Program better = often;
        if (better != null && !w.isInner()) {
            w.become(better);
            better.run(w);
        } else {
            interpret(w);
        }
    }

    private void interpret(Workspace w) {
        for (int p = 0; p < code.length;) {
            p = step(w, p);
        }
    }

    /** Runs one kernel; where the code of the next begins. */
    static int step(Workspace w, int at) {
        int[] c = w.code;
        double[][] buffers = w.buffers;
        int[] bases = w.bases;
        Kernel kernel = w.kernels[c[at]];
        int operands = c[at + 1];
        int results = c[at + 2];
        int p = at + 3;
        for (int i = 0; i < operands; i++, p += 2) {
            int buffer = c[p];
            double[] from = buffers[buffer];
            if (w.x[i] != from) { // a store of it costs the collector's bookkeeping
                w.x[i] = from;
            }
            w.xAt[i] = bases[buffer] + c[p + 1];
        }
        for (int j = 0; j < results; j++) {
            if (w.y[j] != buffers[0]) {
                w.y[j] = buffers[0];
            }
            w.yAt[j] = bases[0] + c[p++];
        }
        kernel.run(w.x, w.xAt, w.y, w.yAt);
        return p;
    }

    int[] code() {
        return code;
    }

    /** The bytes of values made by nodes numbered below {@code number} that are still read by those from it on. */
    public long bytesAcross(int number) {
        Graph lowered = fused.graph();
        int boundary = 0;
        while (boundary < lowered.applications().size()
                && fused.latest(lowered.applications().get(boundary)) < number) {
            boundary++;
        }
        BitSet read = new Lifetimes(lowered).readFrom(boundary);
        long bytes = 0;
        for (int step = 0; step < boundary; step++) {
            for (Node result : lowered.applications().get(step).results()) {
                bytes += read.get(lowered.position(result)) ? 8L * result.shape().size() : 0;
            }
        }
        return bytes;
    }
}
