package dualtape.cli;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import dualtape.forward.Dual;
import dualtape.forward.Duals;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import dualtape.report.Table;
import dualtape.report.Units;
import dualtape.reverse.Tape;
import dualtape.reverse.Taped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both modes on one function, step by step: the textbook tables. */
final class Explanation {
    private static final int MOST_ROWS = 200;
    private static final int MOST_PASSES = 3;

    private final Traced traced;
    private final Graph graph;
    private final Point at;
    private final List<String> wrt;
    private final Labels labels;
    private final boolean all;
    private final StringBuilder text = new StringBuilder();

    Explanation(Traced traced, Point at, List<String> wrt, boolean all) {
        this.traced = traced;
        this.graph = Selection.of(traced.graph(), Request.of(Operator.GRADIENT, wrt)).graph();
        this.at = at;
        this.wrt = wrt;
        this.labels = new Labels(graph);
        this.all = all;
    }

    String text() {
        forward();
        reverse();
        costs();
        return text.toString();
    }

    private boolean shown(int row, int rows) {
        return all || rows <= MOST_ROWS || row < MOST_ROWS / 2 || row >= rows - MOST_ROWS / 2;
    }

    private void elide(Table table, int row, int rows, int columns) {
        if (!shown(row, rows) && row == MOST_ROWS / 2) {
            String[] cells = new String[columns];
            java.util.Arrays.fill(cells, "");
            cells[0] = "... " + (rows - MOST_ROWS) + " rows; --all shows them";
            table.row(cells);
        }
    }

    private void forward() {
        text.append("FORWARD ACCUMULATION: value and tangent together, one pass for each input element\n\n");
        int pass = 0;
        int passes = wrt.stream().mapToInt(name -> graph.input(name).shape().size()).sum();
        for (String name : wrt) {
            for (int k = 0; k < graph.input(name).shape().size(); k++) {
                if (pass++ < MOST_PASSES || all) {
                    pass(name, k);
                }
            }
        }
        if (passes > MOST_PASSES && !all) {
            text.append("  ... and ").append(passes - MOST_PASSES).append(" more passes; --all shows them\n\n");
        }
    }

    private void pass(String name, int k) {
        Duals<Tensor> duals = new Duals<>(Tensors.INSTANCE);
        List<Dual<Tensor>> inputs = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            Tensor value = at.get(input.name());
            inputs.add(input.name().equals(name) ? duals.seed(value, Selection.unit(value.shape(), k))
                    : duals.lift(value));
        }
        String seed = graph.input(name).shape().isScalar() ? name : name + ", element " + k;
        Table table = new Table("by " + seed, "shape", "primal", "tangent");
        int[] row = {0};
        int rows = graph.nodes().size();
        List<Dual<Tensor>> result = graph.evaluate(duals, inputs, (node, dual) -> {
            if (!(node instanceof Node.Constant)) {
                if (shown(row[0], rows)) {
                    table.row(labels.formula(node), shape(node), Labels.value(dual.primal(), all),
                            Labels.value(duals.tangent(dual), all));
                }
                elide(table, row[0], rows, 4);
            }
            row[0]++;
        });
        text.append(table.text());
        text.append("  so the derivative by ").append(seed).append(" is ")
                .append(Labels.value(duals.tangent(result.get(0)), all))
                .append("\n\n");
    }

    private static String shape(Node node) {
        return node.shape().isScalar() ? "scalar" : node.shape().toString();
    }

    private void reverse() {
        text.append("REVERSE ACCUMULATION: one pass forward, one pass back, for all inputs together\n\n");
        text.append("Step 1, build the graph: ").append(graph.applications().size()).append(" operations, ")
                .append(graph.inputs().size()).append(" inputs\n\n");
        Tape<Tensor> tape = new Tape<>(Tensors.INSTANCE);
        List<Taped<Tensor>> inputs = new ArrayList<>();
        for (Node.Input input : graph.inputs()) {
            Tensor value = at.get(input.name());
            inputs.add(wrt.contains(input.name()) ? tape.input(value) : tape.lift(value));
        }
        Map<Integer, Node> nodes = new HashMap<>();
        List<Node> dropped = new ArrayList<>();
        Table primal = new Table("Step 2, run and store", "shape", "value");
        int[] row = {0};
        int rows = graph.nodes().size();
        Taped<Tensor> y = graph.evaluate(tape, inputs, (node, taped) -> {
            if (taped.varies()) {
                nodes.put(taped.slot(), node);
            } else if (!(node instanceof Node.Constant)) {
                dropped.add(node);
            }
            if (!(node instanceof Node.Constant)) {
                if (shown(row[0], rows)) {
                    primal.row(labels.formula(node), shape(node), Labels.value(taped.value(), all));
                }
                elide(primal, row[0], rows, 3);
            }
            row[0]++;
        }).get(0);
        text.append(primal.text()).append('\n');
        back(tape, y, inputs, nodes, dropped);
    }

    private void back(Tape<Tensor> tape, Taped<Tensor> y, List<Taped<Tensor>> inputs, Map<Integer, Node> nodes,
            List<Node> dropped) {
        Map<Integer, List<String>> parts = new HashMap<>();
        Map<Integer, Tensor> sums = new HashMap<>();
        Map<Integer, Boolean> needed = new LinkedHashMap<>();
        Tensor one = Tensor.uniform(1, graph.output().shape());
        if (y.varies()) {
            parts.put(y.slot(), new ArrayList<>(List.of("1 (the seed)")));
            sums.put(y.slot(), one);
            needed.put(y.slot(), true);
        }
        int total = nodes.size();
        tape.pullback(List.of(y), List.of(one), inputs.stream().filter(Taped::varies).toList(),
                (entry, operand, contribution) -> {
                    int slot = entry.slots()[operand];
                    needed.put(slot, true);
                    if (shown(slot, total)) {
                        parts.computeIfAbsent(slot, key -> new ArrayList<>())
                                .add(Labels.value(contribution, all) + " (from " + labels.of(nodes.get(entry.first()))
                                        + ")");
                        sums.merge(slot, contribution, (a, b) -> Tensors.INSTANCE.add(a, b));
                    }
                });
        Table table = new Table("Step 3, go back", "shape", "sum over uses", "adjoint");
        for (int slot = total - 1; slot >= 0; slot--) {
            Node node = nodes.get(slot);
            if (!needed.containsKey(slot)) {
                dropped.add(node);
            } else if (shown(slot, total)) {
                String sum = String.join(" + ", parts.get(slot));
                table.row("adj " + labels.of(node), shape(node), sum.length() > 60 ? sum.substring(0, 57) + "..." : sum,
                        Labels.value(sums.get(slot), all));
            }
            elide(table, total - 1 - slot, total, 4);
        }
        text.append(table.text());
        text.append("  dropped, not needed: ");
        List<String> names = dropped.stream().limit(12).map(labels::of).toList();
        text.append(names.isEmpty() ? "nothing" : String.join(", ", names)).append(dropped.size() > 12 ? ", ..." : "")
                .append("\n\n");
    }

    private void costs() {
        Table table = new Table("cost", "sweeps", "operations", "peak memory", "stored for the way back");
        for (var engine : List.of(Engines.forward(), Engines.reverse())) {
            Prepared prepared = engine.prepare(traced, wrt, Operator.GRADIENT);
            table.row(engine.name(), Units.number(prepared.cost().sweeps()), Units.number(prepared.cost().operations()),
                    Units.bytes(prepared.cost().workspaceBytes()), Units.bytes(prepared.cost().storedBytes()));
        }
        text.append(table.text());
    }
}
