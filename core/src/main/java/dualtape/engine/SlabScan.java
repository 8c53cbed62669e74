package dualtape.engine;

import dualtape.control.Scan;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A loop of which some operands depend on the seeds. It stays one loop, whose body has what the sweeps share once and the rest for each
 * lane. Where a group's lanes differ from zero in one slice of a sequence only, and nothing is carried on, the body is written once
 * more, for that slice: all other trips give zeros.
 */
final class SlabScan {
    private final Slabs outer;
    private final Scan scan;
    private final List<Swept> operands;
    private final int consts;
    private final int carries;

    SlabScan(Slabs outer, Scan scan, List<Swept> operands) {
        this.outer = outer;
        this.scan = scan;
        this.operands = new ArrayList<>(operands);
        this.consts = scan.consts();
        this.carries = scan.carries();
    }

    /** What each result is. */
    List<Swept> results() {
        List<List<List<Part>>> alone = new ArrayList<>();
        for (int g = 0; g < outer.lanes.length; g++) {
            alone.add(carries == 0 ? slices(g) : null);
            if (alone.get(g) == null) {
                spreadOut(g);
            }
        }
        List<Swept> together = new SlabLoop(outer, scan, operands).results();
        List<Swept> results = new ArrayList<>();
        for (int j = 0; j < together.size(); j++) {
            Swept result = together.get(j);
            List<List<Part>> groups = new ArrayList<>();
            boolean any = false;
            for (int g = 0; g < outer.lanes.length; g++) {
                List<Part> extra = alone.get(g) == null ? List.of() : alone.get(g).get(j);
                any |= !extra.isEmpty();
                groups.add(!extra.isEmpty() || result.isShared() ? extra : result.groups().get(g));
            }
            results.add(any ? new Swept(result.shape(), null, groups) : result);
        }
        return results;
    }

    private boolean isSequence(int i) {
        return i >= consts + carries;
    }

    private static boolean inOneSlice(Part part) {
        return part.at().get(0) != null;
    }

    /** Sequences without parts in one slice: those are made whole. */
    private void spreadOut(int g) {
        for (int i = consts + carries; i < operands.size(); i++) {
            Swept operand = operands.get(i);
            if (!operand.isShared() && operand.groups().get(g).stream().anyMatch(SlabScan::inOneSlice)) {
                replace(i, g, List.of(Part.whole(operand.shape().rank(), outer.whole(operand, g))));
            }
        }
    }

    private void replace(int i, int g, List<Part> parts) {
        List<List<Part>> groups = new ArrayList<>(operands.get(i).groups());
        groups.set(g, parts);
        operands.set(i, new Swept(operands.get(i).shape(), null, groups));
    }

    /**
     * The results' parts in a group where all that depends on the seeds is in one slice, or two, of sequences; the operands have
     * nothing of the group afterwards. Null where there is more, or nothing.
     */
    private List<List<Part>> slices(int g) {
        Set<Node> rows = new LinkedHashSet<>();
        for (int i = 0; i < operands.size(); i++) {
            Swept operand = operands.get(i);
            for (Part part : operand.isShared() ? List.<Part>of() : operand.groups().get(g)) {
                if (!isSequence(i) || !inOneSlice(part)) {
                    return null;
                }
                rows.add(part.at().get(0));
            }
        }
        if (rows.isEmpty() || rows.size() > 2) {
            return null;
        }
        List<List<Part>> results = new ArrayList<>();
        for (int j = 0; j < scan.results(); j++) {
            results.add(new ArrayList<>());
        }
        for (Node row : rows) {
            slice(row, g, results);
        }
        for (int i = consts; i < operands.size(); i++) {
            if (!operands.get(i).isShared()) {
                replace(i, g, List.of());
            }
        }
        return results;
    }

    /** The body for one slice, of each lane: a trip for each. */
    private void slice(Node row, int g, List<List<Part>> results) {
        int count = outer.lanes[g];
        GraphBuilder builder = count == 1 ? outer.builder : new GraphBuilder(outer.conventions());
        Slabs body = new Slabs(builder, new int[] {1});
        List<Node> given = new ArrayList<>();
        List<Swept> inputs = new ArrayList<>();
        List<Node.Input> inner = new ArrayList<>();
        List<Node.Input> sequences = new ArrayList<>();
        List<Node> rows = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Swept operand = operands.get(i);
            Shape shape = scan.body().inputs().get(i).shape();
            if (operand.isShared()) {
                Node node = operand.shared();
                if (isSequence(i)) {
                    List<Node> at = new ArrayList<>(Collections.nCopies(operand.shape().rank(), null));
                    at.set(0, row);
                    node = outer.at(count, operand.shared(), at);
                }
                if (count > 1) {
                    Node.Input input = builder.fresh("slice", shape);
                    (isSequence(i) ? sequences : inner).add(input);
                    (isSequence(i) ? rows : given).add(node);
                    node = input;
                }
                inputs.add(Swept.of(node));
                continue;
            }
            Node sum = null;
            for (Part part : operand.groups().get(g)) {
                if (part.at().get(0) == row) {
                    Node node = outer.whole(part.without(0, part.value()), shape, count);
                    sum = sum == null ? node : outer.builder.add(sum, node);
                }
            }
            if (sum != null && count > 1) {
                Node.Input input = builder.fresh("slice", shape);
                sequences.add(input);
                rows.add(sum);
                sum = input;
            }
            inputs.add(new Swept(shape, null,
                    List.of(sum == null ? List.of() : List.of(Part.whole(shape.rank(), sum)))));
        }
        List<Swept> outputs = scan.body().evaluate(body, inputs);
        List<Integer> made = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        for (int j = 0; j < outputs.size(); j++) {
            if (!outputs.get(j).isShared() && !outputs.get(j).isZero(0)) {
                made.add(j);
                nodes.add(body.whole(outputs.get(j), 0));
            }
        }
        if (count > 1 && !nodes.isEmpty()) {
            List<Node.Input> order = new ArrayList<>(inner);
            order.addAll(sequences);
            given.addAll(rows);
            nodes = outer.builder.apply(new Scan(builder.graph(nodes).select(order, nodes), inner.size(), 0, 0, count,
                    false), given);
        }
        for (int k = 0; k < made.size(); k++) {
            int j = made.get(k);
            Shape shape = scan.body().outputs().get(j).shape();
            Part part = Part.whole(shape.rank(), nodes.get(k));
            results.get(j).add(j < scan.sums() ? part : part.inserted(0, row, nodes.get(k)));
        }
        for (int j = 0; j < scan.sums(); j++) {
            List<Part> parts = results.get(j);
            if (parts.size() == 2) {
                Node sum = outer.builder.add(parts.get(0).value(), parts.get(1).value());
                parts.set(0, parts.get(0).with(sum));
                parts.remove(1);
            }
        }
    }
}
