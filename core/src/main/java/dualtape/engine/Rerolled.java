package dualtape.engine;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.engine.Repeats.Stretch;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.ir.Watch;
import dualtape.op.Slicing;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph whose repetitions are loops again: what a host language's {@code for} wrote out becomes a scan, so that deriving it,
 * lowering it and running it takes code for one trip. What a trip reads of the trips before it is carried, known numbers that change
 * and elements of a vector come as sequences, the last trip stays as it was written and reads what was carried last. Values keep
 * their bits; adjoints of what all trips read are added up in a scan's order instead of from the last trip to the first.
 */
public final class Rerolled {
    /** Applications of a graph from which on it is looked at: shorter ones become straight-line code, which is as fast. */
    private static final int LARGE = 5_000;
    /** Applications that a loop takes the place of, at least. */
    private static final int WORTH = 2_000;
    private static final int MOST_CARRIES = 32;

    private final Graph graph;
    private final Repeats repeats;
    private final List<Application> applications;
    private final GraphBuilder builder = GraphBuilder.asWritten();
    private final Map<Node, Node> moved = new HashMap<>();

    private Rerolled(Graph graph, int worth) {
        this.graph = graph;
        this.repeats = new Repeats(graph, worth);
        this.applications = graph.applications();
    }

    /** The graph with its repetitions as loops, where it is large; itself where there are none, or {@code dualtape.loops} is off. */
    public static Graph of(Graph graph) {
        boolean on = !"off".equals(System.getProperty("dualtape.loops"));
        return on && graph.applications().size() >= LARGE ? of(graph, WORTH) : graph;
    }

    /** The same for a graph of any size. */
    static Graph of(Graph graph, int worth) {
        return new Rerolled(graph, worth).rebuild();
    }

    /**
     * A stretch as a loop.
     *
     * @param carries by slot of the body and how many trips back: the position among the carries
     * @param steady the slots that compute the same in every trip: done once, before it
     */
    private record Loop(int start, int period, int trips, Map<Long, Integer> carries, BitSet steady) {
        int end() {
            return start + trips * period;
        }

        static long key(int slot, int back) {
            return (long) slot << 32 | back;
        }
    }

    private Graph rebuild() {
        List<Loop> loops = new ArrayList<>();
        for (Stretch stretch : repeats.stretches()) {
            Loop loop = loop(stretch);
            if (loop != null && 2L * loop.trips() * loop.period() >= stretch.length()) {
                loops.add(loop);
            }
        }
        loops = closed(loops);
        if (loops.isEmpty()) {
            return graph;
        }
        graph.inputs().forEach(input -> moved.put(input, builder.input(input.name(), input.shape())));
        int next = 0;
        for (int i = 0; i < applications.size();) {
            if (next < loops.size() && loops.get(next).start() == i) {
                Loop loop = loops.get(next++);
                emit(loop);
                i = loop.end();
                continue;
            }
            Application application = applications.get(i++);
            builder.at(application.origin());
            List<Node> results = builder.apply(application.op(),
                    application.operands().stream().map(this::moved).toList());
            for (int j = 0; j < results.size(); j++) {
                moved.put(application.results().get(j), results.get(j));
            }
        }
        return builder.graph(graph.outputs().stream().map(this::moved).toList());
    }

    private Node moved(Node node) {
        return node instanceof Node.Constant constant ? builder.constant(constant.value()) : moved.get(node);
    }

    /** The loop of a stretch, cut where it carries least; null if it carries too much. */
    private Loop loop(Stretch stretch) {
        int period = stretch.period();
        int first = stretch.start();
        for (int i = first + period; i < first + 2 * period; i++) {
            Application application = applications.get(i);
            for (int j = 0; j < application.operands().size(); j++) {
                if (repeats.kind(i, j, period) == Repeats.SAME) { // what all trips read lies before the first
                    first = Math.max(first, repeats.maker(application.operands().get(j)) + 1);
                }
            }
        }
        if (first + 3 * period > stretch.end()) {
            return null;
        }
        int start = cut(first, period);
        int trips = (stretch.end() - start) / period - 1;
        Map<Long, Integer> carries = new LinkedHashMap<>();
        for (int q = 0; q < period; q++) {
            Application application = applications.get(start + q);
            for (int j = 0; j < application.operands().size(); j++) {
                int maker = repeats.maker(application.operands().get(j)) - start;
                if (repeats.kind(start + period + q, j, period) == Repeats.SHIFTED && maker < 0) {
                    int back = (period - 1 - maker) / period;
                    for (int k = 1; k <= back && carries.size() <= MOST_CARRIES; k++) {
                        carries.putIfAbsent(Loop.key(maker + back * period, k), carries.size());
                    }
                }
            }
        }
        boolean keepsShapes = carries.keySet().stream().allMatch(key -> result(start, period, key).shape()
                .equals(applications.get(start + (int) (key >> 32)).results().get(0).shape()));
        if (carries.size() > MOST_CARRIES || trips < 2 || !keepsShapes) {
            return null;
        }
        Loop loop = new Loop(start, period, trips, carries, new BitSet());
        return settles(loop) ? loop : null;
    }

    /**
     * Finds the slots that are steady. Whether no other reads a tensor: its adjoint would be as large in every trip.
     */
    private boolean settles(Loop loop) {
        for (int q = 0; q < loop.period(); q++) {
            int i = loop.start() + loop.period() + q;
            if (repeats.moves(i, loop.period())) {
                continue;
            }
            Application application = applications.get(i);
            boolean steady = true;
            boolean tensors = false;
            for (int j = 0; j < application.operands().size(); j++) {
                Node operand = application.operands().get(j);
                int maker = repeats.maker(operand) - loop.start() - loop.period();
                int kind = repeats.kind(i, j, loop.period());
                steady &= kind == Repeats.SAME || kind == Repeats.KNOWN && numbers(loop, q, j) == null
                        || kind == Repeats.SHIFTED && maker >= 0 && loop.steady().get(maker);
                tensors |= operand.shape().size() != 1;
            }
            if (steady) {
                loop.steady().set(q);
            } else if (tensors) {
                return false;
            }
        }
        return true;
    }

    /** The result of a slot so many trips before the trip that begins with application {@code start}. */
    private Node result(int start, int period, long key) {
        return applications.get(start + (int) (key >> 32) - (int) key * period).results().get(0);
    }

    /** Where, from {@code first} on, fewest results are read by later trips. */
    private int cut(int first, int period) {
        int[] crossing = new int[period];
        int[] farthest = new int[period];
        for (int i = first + period; i < first + 2 * period; i++) {
            Application application = applications.get(i);
            for (int j = 0; j < application.operands().size(); j++) {
                if (repeats.kind(i, j, period) == Repeats.SHIFTED) {
                    int maker = repeats.maker(application.operands().get(j));
                    int slot = Math.floorMod(maker - first, period);
                    farthest[slot] = Math.max(farthest[slot], i - maker);
                }
            }
        }
        for (int slot = 0; slot < period; slot++) {
            for (int d = 1; d <= Math.min(farthest[slot], MOST_CARRIES * period); d++) {
                crossing[(slot + d) % period]++;
            }
        }
        int best = 0;
        for (int offset = 1; offset < period; offset++) {
            best = crossing[offset] < crossing[best] ? offset : best;
        }
        return first + best;
    }

    /** Without the loops that something outside reads more of than they carry out. */
    private List<Loop> closed(List<Loop> loops) {
        int[] inside = new int[applications.size()];
        Arrays.fill(inside, -1);
        for (int l = 0; l < loops.size(); l++) {
            Arrays.fill(inside, loops.get(l).start(), loops.get(l).end(), l);
        }
        boolean[] open = new boolean[loops.size()];
        for (int i = 0; i < inside.length; i++) {
            for (Node operand : applications.get(i).operands()) {
                int maker = repeats.maker(operand);
                if (maker >= 0 && inside[maker] >= 0 && inside[maker] != inside[i]) {
                    open[inside[maker]] |= hidden(loops.get(inside[maker]), maker);
                }
            }
        }
        for (Node output : graph.outputs()) {
            int maker = repeats.maker(output);
            if (maker >= 0 && inside[maker] >= 0) {
                open[inside[maker]] |= hidden(loops.get(inside[maker]), maker);
            }
        }
        List<Loop> closed = new ArrayList<>();
        for (int l = 0; l < open.length; l++) {
            if (!open[l]) {
                closed.add(loops.get(l));
            }
        }
        return closed;
    }

    private static boolean hidden(Loop loop, int application) {
        int at = application - loop.start();
        return !loop.carries().containsKey(Loop.key(at % loop.period(), loop.trips() - at / loop.period()));
    }

    private void emit(Loop loop) {
        int start = loop.start();
        int period = loop.period();
        Watch.current().check(graph.nodes().size());
        List<Node> initial = new ArrayList<>();
        loop.carries().keySet().forEach(key -> initial.add(moved(result(start, period, key))));
        Map<Long, Integer> places = new HashMap<>();
        List<Node> sequences = new ArrayList<>();
        Node[] once = new Node[period];
        for (int q = 0; q < period; q++) {
            Application application = applications.get(start + q);
            if (loop.steady().get(q)) {
                List<Node> operands = new ArrayList<>();
                for (Node operand : application.operands()) {
                    int maker = repeats.maker(operand) - start;
                    operands.add(maker >= 0 ? once[maker] : moved(operand));
                }
                once[q] = builder.apply(application.op(), operands).get(0);
                continue;
            }
            if (repeats.moves(start + period + q, period)) {
                int from = ((Slicing.Slice) application.op()).from();
                places.put(Loop.key(q, 0), sequences.size());
                sequences.add(new Slicing.Slice(0, from, from + loop.trips()).of(builder,
                        moved(application.operands().get(0))));
            }
            for (int j = 0; j < application.operands().size(); j++) {
                Tensor numbers = repeats.kind(start + period + q, j, period) == Repeats.KNOWN ? numbers(loop, q, j)
                        : null;
                if (numbers != null) {
                    places.put(Loop.key(q, j), sequences.size());
                    sequences.add(builder.constant(numbers));
                }
            }
        }
        List<Node> last = Control.scan(builder, initial, sequences, loop.trips(), false,
                (b, carried, slices) -> trip(loop, b, carried, slices, places, once)).carries();
        loop.carries().forEach((key, c) -> {
            int slot = (int) (key >> 32);
            moved.put(result(loop.end(), period, Loop.key(slot, key.intValue())), last.get(c));
        });
    }

    /** The known numbers of an operand, trip by trip; null if they are all the same. */
    private Tensor numbers(Loop loop, int q, int j) {
        double[] numbers = new double[loop.trips()];
        boolean same = true;
        for (int trip = 0; trip < numbers.length; trip++) {
            Application application = applications.get(loop.start() + trip * loop.period() + q);
            numbers[trip] = ((Node.Constant) application.operands().get(j)).value().at(0);
            same &= Double.doubleToRawLongBits(numbers[trip]) == Double.doubleToRawLongBits(numbers[0]);
        }
        Node operand = applications.get(loop.start() + q).operands().get(j);
        return same ? null : Tensor.wrap(operand.shape().with(0, numbers.length), numbers);
    }

    private Trip trip(Loop loop, GraphBuilder b, List<Node> carried, List<Node> slices, Map<Long, Integer> places,
            Node[] once) {
        Node[] made = once.clone();
        for (int q = 0; q < made.length; q++) {
            if (loop.steady().get(q)) {
                continue;
            }
            Application application = applications.get(loop.start() + q);
            if (repeats.moves(loop.start() + loop.period() + q, loop.period())) {
                made[q] = Structure.reshape(b, slices.get(places.get(Loop.key(q, 0))),
                        application.results().get(0).shape());
                continue;
            }
            List<Node> operands = new ArrayList<>();
            for (int j = 0; j < application.operands().size(); j++) {
                Node operand = application.operands().get(j);
                int maker = repeats.maker(operand) - loop.start();
                int back = maker >= 0 ? 0 : (loop.period() - 1 - maker) / loop.period();
                operands.add(switch (repeats.kind(loop.start() + loop.period() + q, j, loop.period())) {
                    case Repeats.SAME -> moved(operand);
                    case Repeats.SHIFTED -> maker >= 0 ? made[maker]
                            : carried.get(loop.carries().get(Loop.key(maker + back * loop.period(), back)));
                    default -> places.containsKey(Loop.key(q, j)) ? slices.get(places.get(Loop.key(q, j)))
                            : b.constant(((Node.Constant) operand).value());
                });
            }
            made[q] = b.apply(application.op(), operands).get(0);
        }
        List<Node> next = new ArrayList<>();
        loop.carries().keySet().forEach(key -> {
            int back = key.intValue();
            next.add(back == 1 ? made[(int) (key >> 32)]
                    : carried.get(loop.carries().get(Loop.key((int) (key >> 32), back - 1))));
        });
        return new Trip(next, List.of(), List.of());
    }
}
