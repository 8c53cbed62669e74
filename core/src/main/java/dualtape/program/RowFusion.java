package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.op.MatrixProduct.MatVec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds products A x whose elements go through a loop and back through Aᵀ, as in the gradient of every sum over rows, and makes one
 * operation of the three: {@link RowBlocks}. What the loop adds up is added up after it.
 */
final class RowFusion {
    private final Graph graph;
    private final Map<Application, Integer> order = new IdentityHashMap<>();
    private final Map<Application, Found> byFirst = new IdentityHashMap<>();
    private final Map<Application, Found> byLoop = new IdentityHashMap<>();
    private final Map<Application, Found> bySecond = new IdentityHashMap<>();

    /** Three applications that become one; {@code place} and {@code stack} as in {@link RowBlocks}. */
    private record Found(Application first, Application loop, int place, Application second, int stack) {}

    private RowFusion(Graph graph) {
        this.graph = graph;
        for (Application application : graph.applications()) {
            order.put(application, order.size());
            if (application.op() instanceof MatVec second && second.transposed()) {
                find(application);
            }
        }
    }

    /** The graph with such products computed row by row; the same graph where there are none worth it. */
    static Fusion.Fused of(Fusion.Fused fused) {
        boolean candidates = Codegen.worth() < Long.MAX_VALUE && fused.graph().applications().stream()
                .anyMatch(application -> worth(application));
        if (!candidates) {
            return fused;
        }
        RowFusion fusion = new RowFusion(fused.graph());
        return fusion.bySecond.isEmpty() ? fused : fusion.rebuild(fused);
    }

    /** Whether an application is a product with a transposed matrix that is read from afar. */
    private static boolean worth(Application application) {
        return application.op() instanceof MatVec second && second.transposed()
                && application.operands().get(0).shape().size() >= Codegen.far();
    }

    private void find(Application second) {
        if (!worth(second) || !(second.operands().get(1) instanceof Node.Result read)
                || !(read.application().op() instanceof Scan scan) || scan.carries() > 0 || scan.reverse()
                || byLoop.containsKey(read.application())) {
            return;
        }
        Application loop = read.application();
        int stack = loop.results().indexOf(read) - scan.sums();
        for (int i = scan.consts(); stack >= 0 && i < loop.operands().size(); i++) {
            if (loop.operands().get(i) instanceof Node.Result product
                    && product.application().op() instanceof MatVec first && !first.transposed()
                    && product.application().operands().get(0) == second.operands().get(0)
                    && !byFirst.containsKey(product.application())
                    && others(loop, i).stream().allMatch(operand -> before(operand, product.application()))) {
                Found found = new Found(product.application(), loop, i, second, stack);
                byFirst.put(found.first(), found);
                byLoop.put(loop, found);
                bySecond.put(second, found);
                return;
            }
        }
    }

    /** The operands of a loop but one. */
    private static List<Node> others(Application loop, int place) {
        List<Node> others = new ArrayList<>(loop.operands());
        others.remove(place);
        return others;
    }

    private boolean before(Node node, Application application) {
        return !(node instanceof Node.Result result) || order.get(result.application()) < order.get(application);
    }

    private Fusion.Fused rebuild(Fusion.Fused fused) {
        GraphBuilder builder = new GraphBuilder();
        Map<Node, Node> made = new IdentityHashMap<>();
        graph.inputs().forEach(input -> made.put(input, builder.input(input.name(), input.shape())));
        for (Node node : graph.nodes()) {
            if (node instanceof Node.Constant constant) {
                made.put(node, builder.constant(constant.value()));
            }
        }
        int[] origins = new int[0];
        for (Application application : graph.applications()) {
            int before = builder.size();
            Found found = byFirst.get(application);
            if (found != null) {
                rows(builder, found, made);
            } else if (byLoop.containsKey(application)) {
                sums(builder, application, made);
            } else if (!bySecond.containsKey(application)) {
                List<Node> results = builder.apply(application.op(),
                        application.operands().stream().map(made::get).toList());
                put(application.results(), results, made);
            }
            if (builder.size() > origins.length) {
                origins = Arrays.copyOf(origins, 2 * builder.size());
            }
            Arrays.fill(origins, before, builder.size(), fused.latest(found == null ? application : found.second()));
        }
        return new Fusion.Fused(builder.graph(graph.outputs().stream().map(made::get).toList()),
                Arrays.copyOf(origins, builder.size()));
    }

    private static void rows(GraphBuilder builder, Found found, Map<Node, Node> made) {
        Scan scan = (Scan) found.loop().op();
        List<Node> stacks = scan.body().outputs().subList(scan.sums(), scan.results());
        Scan map = new Scan(scan.body().select(stacks), scan.consts(), 0, 0, scan.length(), false);
        List<Node> operands = new ArrayList<>(found.first().operands());
        operands.addAll(others(found.loop(), found.place()));
        RowBlocks op = new RowBlocks((MatVec) found.first().op(), map, found.place(), (MatVec) found.second().op(),
                found.stack());
        List<Node> results = builder.apply(op, operands.stream().map(made::get).toList());
        put(found.first().results(), results.subList(0, 1), made);
        put(found.loop().results().subList(scan.sums(), scan.results()), results.subList(1, results.size() - 1), made);
        put(found.second().results(), results.subList(results.size() - 1, results.size()), made);
    }

    /** What is left of the loop. */
    private static void sums(GraphBuilder builder, Application loop, Map<Node, Node> made) {
        Scan scan = (Scan) loop.op();
        if (scan.sums() > 0) {
            Scan left = new Scan(scan.body().select(scan.body().outputs().subList(0, scan.sums())), scan.consts(), 0,
                    scan.sums(), scan.length(), false);
            put(loop.results().subList(0, scan.sums()),
                    builder.apply(left, loop.operands().stream().map(made::get).toList()), made);
        }
    }

    private static void put(List<? extends Node> old, List<Node> now, Map<Node, Node> made) {
        for (int j = 0; j < now.size(); j++) {
            made.put(old.get(j), now.get(j));
        }
    }
}
