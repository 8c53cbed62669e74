package dualtape.engine;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.op.Joining;
import dualtape.op.Slicing;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * Loops whose derivatives by reverse accumulation store less and compute more. A scan of n trips stores n carries. Cut into
 * about √n blocks, each a loop inside a loop, it stores the carry before each block, and those inside one block while it is
 * run again: one run more of the loop for about 2√n carries. With less memory yet, whole stretches of blocks are run again
 * from a few snapshots, by the binomial schedule (A. Griewank and A. Walther, Revolve, ACM TOMS 26, 2000,
 * doi:10.1145/347837.347846), which needs the fewest runs.
 *
 * <p>Nothing here differentiates: the loop is written in another way, and the engines derive that. Sums of a loop are added
 * up block by block and may differ in their last digits.
 */
public final class Checkpoints {
    private Checkpoints() {}

    /** How a loop stores its carries. */
    public enum Way {
        /** Every carry. */
        ALL,
        /** Those before blocks of about √n trips, and those inside one block. */
        BLOCKS,
        /** Snapshots before some blocks, and those inside one block. */
        BINOMIAL
    }

    /**
     * What a loop will store and compute.
     *
     * @param block trips in a block
     * @param snapshots stored carries at the most, those inside a block apart; for {@code BLOCKS} the number of blocks
     * @param carries carries that are stored at once, at the most
     * @param again trips that are run again
     */
    public record Schedule(Way way, int length, int block, int snapshots, long carries, long again) {}

    /**
     * The schedule of a loop.
     *
     * @param length its trips
     * @param budget how many carries may be stored
     * @throws InputException if not even the binomial schedule can do with so few
     */
    public static Schedule schedule(int length, long budget) {
        if (length <= budget) {
            return new Schedule(Way.ALL, length, length, 0, length, 0);
        }
        int block = (int) Math.ceil(Math.sqrt(length));
        int blocks = length / block;
        if (blocks + block <= budget) {
            return new Schedule(Way.BLOCKS, length, block, blocks, blocks + block, (long) blocks * block);
        }
        if (budget < 3) {
            throw new InputException("a loop of " + length + " trips cannot be run backwards with " + budget
                    + " stored carries; give memory for 3 at least");
        }
        int inside = (int) (budget / 2);
        int snapshots = (int) (budget - inside);
        int many = length / inside;
        return new Schedule(Way.BINOMIAL, length, inside, snapshots, inside + snapshots,
                inside * again(many, snapshots));
    }

    /** Blocks that are run again when {@code blocks} are run backwards with so many snapshots. */
    static long again(int blocks, int snapshots) {
        if (blocks <= 1) {
            return 0;
        }
        int first = first(blocks, snapshots);
        return first + again(first, snapshots) + again(blocks - first, snapshots - 1);
    }

    /** The blocks before the second snapshot. */
    static int first(int blocks, int snapshots) {
        if (snapshots == 1) {
            return blocks - 1;
        }
        int repeats = 1;
        while (binomial(snapshots + repeats, snapshots) < blocks) {
            repeats++;
        }
        long most = binomial(snapshots + repeats - 1, snapshots);
        return (int) Math.max(1, Math.min(blocks - 1, most));
    }

    /** (n over k), or what is greater than any number of blocks. */
    private static long binomial(int n, int k) {
        long value = 1;
        for (int i = 1; i <= k && value <= Integer.MAX_VALUE; i++) {
            value = value * (n - k + i) / i;
        }
        return value;
    }

    /** The bytes of one carry of a loop. */
    public static long carryBytes(Scan scan) {
        return 8L
                * scan.body().outputs().subList(0, scan.carries()).stream().mapToInt(node -> node.shape().size()).sum();
    }

    /** A graph whose loops each store so many bytes of carries at the most. Loops that do so anyway stay as they are. */
    public static Graph within(Graph graph, long bytes) {
        if (graph.applications().stream().noneMatch(application -> cut(application.op(), bytes))) {
            return graph;
        }
        GraphBuilder builder = new GraphBuilder() {
            @Override
            public List<Node> apply(Op op, List<Node> operands) {
                return cut(op, bytes)
                        ? new Cut(this, (Scan) op, operands, schedule((Scan) op, bytes)).results()
                        : super.apply(op, operands);
            }
        };
        List<Node> inputs = new ArrayList<>();
        graph.inputs().forEach(input -> inputs.add(builder.input(input.name(), input.shape())));
        return builder.graph(graph.evaluate(builder, inputs));
    }

    private static boolean cut(Op op, long bytes) {
        return op instanceof Scan scan && scan.carries() > 0 && schedule(scan, bytes).way() != Way.ALL;
    }

    private static Schedule schedule(Scan scan, long bytes) {
        return schedule(scan.length(), bytes / Math.max(1, carryBytes(scan)));
    }

    /** One loop, written in blocks. */
    private static final class Cut {
        private final Scan scan;
        private final Schedule schedule;
        private final GraphBuilder builder;
        private final List<Node> consts;
        private final List<Node> sequences;
        private List<Node> carry;
        private final List<Node> sums = new ArrayList<>();
        private final List<List<Node>> stacks = new ArrayList<>();

        Cut(GraphBuilder builder, Scan scan, List<Node> operands, Schedule schedule) {
            this.builder = builder;
            this.scan = scan;
            this.schedule = schedule;
            int first = scan.consts() + scan.carries();
            this.consts = operands.subList(0, scan.consts());
            this.carry = operands.subList(scan.consts(), first);
            this.sequences = operands.subList(first, operands.size());
        }

        /** Carries, sums and stacks of the whole loop. */
        List<Node> results() {
            int blocks = schedule.length() / schedule.block();
            if (schedule.way() == Way.BLOCKS) {
                Scan block = of(scan.body(), schedule.block());
                run(of(once(block, schedule.block()), blocks), 0, blocks * schedule.block(), blocks);
            } else {
                stretch(0, blocks, schedule.snapshots());
            }
            int done = blocks * schedule.block();
            if (done < schedule.length()) {
                run(of(scan.body(), schedule.length() - done), done, schedule.length() - done, 0);
            }
            List<Node> results = new ArrayList<>(carry);
            results.addAll(sums);
            stacks.forEach(parts -> results.add(joined(parts)));
            return results;
        }

        /** Some blocks one after the other: a first stretch that will be run again, and the rest with a snapshot less. */
        private void stretch(int from, int to, int snapshots) {
            int block = schedule.block();
            int at = from;
            for (int left = snapshots; to - at > 1; left--) {
                int first = first(to - at, left);
                Schedule inner = new Schedule(Way.BINOMIAL, first * block, block, left, 0, 0);
                run(of(once(scan, inner, first * block), 1), at * block, first * block, 1);
                at += first;
            }
            run(of(scan.body(), block), at * block, block, 0);
        }

        private Scan of(Graph body, int length) {
            return new Scan(body, scan.consts(), scan.carries(), scan.sums(), length, scan.reverse());
        }

        /** A body that is one run of a loop. */
        private Graph once(Scan loop, int trips) {
            GraphBuilder inside = new GraphBuilder();
            return inside.graph(inside.apply(loop, inputs(inside, trips)));
        }

        /** A body that is one run of a loop by a schedule. */
        private Graph once(Scan loop, Schedule inner, int trips) {
            GraphBuilder inside = new GraphBuilder();
            List<Node> inputs = inputs(inside, trips);
            return inside.graph(new Cut(inside, loop, inputs, inner).results());
        }

        private List<Node> inputs(GraphBuilder inside, int trips) {
            List<Node> inputs = new ArrayList<>();
            for (int i = 0; i < scan.body().inputs().size(); i++) {
                Node.Input input = scan.body().inputs().get(i);
                Shape shape = i < scan.consts() + scan.carries() ? input.shape() : input.shape().with(0, trips);
                inputs.add(inside.input(input.name(), shape));
            }
            return inputs;
        }

        /**
         * Runs a loop over the next trips.
         *
         * @param from trips that have been run
         * @param trips how many it runs
         * @param blocks in how many blocks it takes them; 0 for one by one
         */
        private void run(Scan loop, int from, int trips, int blocks) {
            List<Node> operands = new ArrayList<>(consts);
            operands.addAll(carry);
            int first = scan.reverse() ? schedule.length() - from - trips : from;
            for (Node sequence : sequences) {
                Node part = trips == sequence.shape().extent(0) ? sequence
                        : new Slicing.Slice(0, first, first + trips).of(builder, sequence);
                Shape shape = sequence.shape().without(0);
                operands.add(blocks == 0 ? part
                        : Structure.reshape(builder, part, shape.with(0, trips / blocks).with(0, blocks)));
            }
            List<Node> results = builder.apply(loop, operands);
            int sum = scan.carries();
            int stack = sum + scan.sums();
            carry = results.subList(0, sum);
            for (int s = sum; s < stack; s++) {
                if (sums.size() <= s - sum) {
                    sums.add(results.get(s));
                } else {
                    sums.set(s - sum, builder.add(sums.get(s - sum), results.get(s)));
                }
            }
            for (int j = stack; j < results.size(); j++) {
                if (stacks.size() <= j - stack) {
                    stacks.add(new ArrayList<>());
                }
                Shape shape = scan.body().outputs().get(j).shape().with(0, trips);
                stacks.get(j - stack).add(Structure.reshape(builder, results.get(j), shape));
            }
        }

        /** The parts of a stack, in the order of their slices. */
        private Node joined(List<Node> parts) {
            List<Node> ordered = new ArrayList<>(parts);
            if (scan.reverse()) {
                java.util.Collections.reverse(ordered);
            }
            return ordered.size() == 1 ? ordered.get(0) : Joining.concat(builder, ordered);
        }
    }
}
