package dualtape.engine;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        List<Swept> together = new Loop().results();
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

    /** The loop with all that is left. */
    private final class Loop {
        private final boolean[][] carried = new boolean[carries][outer.lanes.length];
        private GraphBuilder builder;
        private Slabs body;
        private Map<Node, Node.Input> adopted;
        private Map<Node, Node> around;
        private List<Node.Input> carryInputs;
        private List<Node> carryOperands;
        private List<Node.Input> sequenceInputs;
        private List<Node> sequenceOperands;

        Loop() {
            for (int c = 0; c < carries; c++) {
                for (int g = 0; g < outer.lanes.length; g++) {
                    Swept operand = operands.get(consts + c);
                    carried[c][g] = !operand.isShared() && !operand.isZero(g);
                }
            }
        }

        /** The outer node's input in the body, the same in every trip. */
        private Node.Input adopt(Node node) {
            return adopted.computeIfAbsent(node, key -> {
                Node.Input input = builder.fresh("const", key.shape());
                around.put(input, key);
                return input;
            });
        }

        /** A node around the loop, as the body reads it. */
        private Node inside(Node node) {
            return node instanceof Node.Constant known && known.value().isUniform()
                    ? builder.constant(known.value()) : adopt(node);
        }

        private Part adopt(Part part) {
            List<Node> at = new ArrayList<>();
            part.at().forEach(index -> at.add(index == null ? null : adopt(index)));
            return new Part(at, inside(part.value()));
        }

        private Node carry(Node operand) {
            Node.Input input = builder.fresh("carry", operand.shape());
            carryInputs.add(input);
            carryOperands.add(operand);
            return input;
        }

        private Node sequence(Node operand) {
            Node.Input input = builder.fresh("slice", operand.shape().without(0));
            sequenceInputs.add(input);
            sequenceOperands.add(operand);
            return input;
        }

        private List<Swept> evaluate() {
            builder = new GraphBuilder(outer.conventions());
            adopted = new LinkedHashMap<>();
            around = new IdentityHashMap<>();
            carryInputs = new ArrayList<>();
            carryOperands = new ArrayList<>();
            sequenceInputs = new ArrayList<>();
            sequenceOperands = new ArrayList<>();
            body = new Slabs(builder, outer.lanes) {
                @Override
                Node read(int count, Node tensor, List<Node> at) {
                    Node outside = outside(tensor);
                    List<Node> indices = new ArrayList<>();
                    at.forEach(index -> indices.add(index == null ? null : outside(index)));
                    for (int k = 0; k < at.size(); k++) {
                        if (at.get(k) != null && indices.get(k) == null) {
                            return super.read(count, tensor, at);
                        }
                    }
                    return outside == null ? super.read(count, tensor, at) : adopt(outer.at(count, outside, indices));
                }
            };
            List<Swept> inputs = new ArrayList<>();
            for (int i = 0; i < operands.size(); i++) {
                inputs.add(i < consts ? constant(operands.get(i))
                        : isSequence(i) ? slice(operands.get(i)) : carry(i - consts));
            }
            return scan.body().evaluate(body, inputs);
        }

        /** The node around the loop for which an input stands, or null. */
        private Node outside(Node inner) {
            return around.get(inner);
        }

        private Swept constant(Swept operand) {
            if (operand.isShared()) {
                return Swept.of(inside(operand.shared()));
            }
            List<List<Part>> groups = new ArrayList<>();
            operand.groups().forEach(parts -> groups.add(parts.stream().map(this::adopt).toList()));
            return new Swept(operand.shape(), null, groups);
        }

        private Swept slice(Swept operand) {
            if (operand.isShared()) {
                return Swept.of(sequence(operand.shared()));
            }
            List<List<Part>> groups = new ArrayList<>();
            for (int g = 0; g < operand.groups().size(); g++) {
                List<Part> parts = new ArrayList<>();
                for (Part part : operand.groups().get(g)) {
                    Node first = outer.lanes[g] == 1 ? part.value() : outer.moved(part.value(), 1, 0);
                    List<Node> at = new ArrayList<>();
                    part.at().subList(1, part.at().size())
                            .forEach(index -> at.add(index == null ? null : adopt(index)));
                    parts.add(new Part(at, sequence(first)));
                }
                groups.add(parts);
            }
            return new Swept(operand.shape().without(0), null, groups);
        }

        private Swept carry(int c) {
            Swept operand = operands.get(consts + c);
            boolean any = false;
            List<List<Part>> groups = new ArrayList<>();
            for (int g = 0; g < outer.lanes.length; g++) {
                groups.add(!carried[c][g] ? List.of()
                        : List.of(Part.whole(operand.shape().rank(), carry(outer.whole(operand, g)))));
                any |= carried[c][g];
            }
            if (any && operand.isShared() && !operand.isZero(0)) {
                throw new Slabs.Apart("a carry that begins with a value");
            }
            return any || !operand.isShared()
                    ? new Swept(operand.shape(), null, groups)
                    : Swept.of(carry(operand.shared()));
        }

        List<Swept> results() {
            List<Swept> outputs = evaluate();
            for (boolean again = true; again;) {
                again = false;
                for (int c = 0; c < carries; c++) {
                    for (int g = 0; g < outer.lanes.length; g++) {
                        if (!carried[c][g] && !outputs.get(c).isShared() && !outputs.get(c).isZero(g)) {
                            carried[c][g] = true;
                            again = true;
                        }
                    }
                }
                outputs = again ? evaluate() : outputs;
            }
            return assemble(outputs);
        }

        /** A result of the new loop: which of the old ones, in which group and part. */
        private record Place(int result, int group, List<Node> at, Node output) {}

        private List<Swept> assemble(List<Swept> outputs) {
            List<List<Place>> kinds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int j = 0; j < outputs.size(); j++) {
                int kind = j < carries ? 0 : j < carries + scan.sums() ? 1 : 2;
                place(kind, j, outputs.get(j), kinds.get(kind));
            }
            List<Node> nodes = new ArrayList<>();
            kinds.forEach(kind -> kind.forEach(place -> nodes.add(place.output())));
            List<Node.Input> inputs = new ArrayList<>(adopted.values());
            inputs.addAll(carryInputs);
            inputs.addAll(sequenceInputs);
            List<Node> given = new ArrayList<>(adopted.keySet());
            given.addAll(carryOperands);
            given.addAll(sequenceOperands);
            List<Node> made = nodes.isEmpty() ? List.of()
                    : outer.builder.apply(new Scan(builder.graph(nodes).select(inputs, nodes), adopted.size(),
                            carryInputs.size(), kinds.get(1).size(), scan.length(), scan.reverse()), given);
            List<Swept> results = new ArrayList<>();
            List<Shape> shapes = scan.shapes(operands.stream().map(Swept::shape).toList());
            for (int j = 0; j < outputs.size(); j++) {
                List<List<Part>> groups = new ArrayList<>();
                for (int g = 0; g < outer.lanes.length; g++) {
                    groups.add(new ArrayList<>());
                }
                results.add(new Swept(shapes.get(j), null, groups));
            }
            int next = 0;
            for (int kind = 0; kind < 3; kind++) {
                for (Place place : kinds.get(kind)) {
                    Node node = made.get(next++);
                    if (place.group() < 0) {
                        results.set(place.result(), Swept.of(node));
                        continue;
                    }
                    boolean lanes = outer.lanes[place.group()] > 1;
                    List<Node> at = new ArrayList<>(place.at());
                    if (kind == 2) {
                        at.add(0, null);
                        node = lanes ? outer.moved(node, 1, 0) : node;
                    }
                    results.get(place.result()).groups().get(place.group()).add(new Part(at, node));
                }
            }
            return results;
        }

        private void place(int kind, int j, Swept output, List<Place> places) {
            boolean carry = kind == 0 && !lanesOf(j);
            if (output.isShared() && (kind > 0 || carry)) {
                places.add(new Place(j, -1, List.of(), output.shared()));
                return;
            }
            int rank = output.shape().rank();
            for (int g = 0; g < outer.lanes.length; g++) {
                if (kind == 0) {
                    if (carried[j][g]) {
                        places.add(new Place(j, g, Part.whole(rank, null).at(), body.whole(output, g)));
                    }
                    continue;
                }
                List<Part> parts = output.groups().get(g);
                boolean outside = parts.stream().allMatch(
                        part -> part.at().stream().allMatch(index -> index == null || outside(index) != null));
                boolean separate = outside && (parts.size() <= 1 || kind == 2);
                List<Part> kept = separate || parts.isEmpty() ? parts
                        : List.of(Part.whole(rank, body.whole(output, g)));
                for (Part part : kept) {
                    List<Node> at = new ArrayList<>();
                    part.at().forEach(index -> at.add(index == null ? null : outside(index)));
                    places.add(new Place(j, g, at, part.value()));
                }
            }
        }

        private boolean lanesOf(int c) {
            for (boolean lane : carried[c]) {
                if (lane) {
                    return true;
                }
            }
            return !operands.get(consts + c).isShared();
        }
    }
}
