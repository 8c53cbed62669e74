package dualtape.engine;

import dualtape.control.Scan;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A loop whose body has what the sweeps share once and the rest for each lane: {@link SlabScan}. */
final class SlabLoop {
    private final Slabs outer;
    private final Scan scan;
    private final List<Swept> operands;
    private final int consts;
    private final int carries;
    private final boolean[][] carried;
    private GraphBuilder builder;
    private Slabs body;
    private Map<Node, Node.Input> adopted;
    private Map<Node, Node> around;
    private List<Node.Input> carryInputs;
    private List<Node> carryOperands;
    private List<Node.Input> sequenceInputs;
    private List<Node> sequenceOperands;

    /** {@code operands}: of the loop; sequences that depend on the seeds do so in all slices. */
    SlabLoop(Slabs outer, Scan scan, List<Swept> operands) {
        this.outer = outer;
        this.scan = scan;
        this.operands = operands;
        this.consts = scan.consts();
        this.carries = scan.carries();
        this.carried = new boolean[carries][outer.lanes.length];
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
                    : i >= consts + carries ? slice(operands.get(i)) : carry(i - consts));
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
