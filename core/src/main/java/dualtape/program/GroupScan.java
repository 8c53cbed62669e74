package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Gathering;
import dualtape.op.Reduction;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a group of operations as one scan. */
final class GroupScan {
    /** So few operations always fit. */
    private static final int SURE = 16;

    private final Graph graph;
    private final Roles roles;
    private final Fusion.Group group;
    private final Map<Application, Fusion.Group> members;
    private final Map<Node, Node> made;
    private final GraphBuilder body = new GraphBuilder();
    private final Map<Node, Node> inside = new LinkedHashMap<>();
    private final Map<Node, Node.Input> consts = new LinkedHashMap<>();
    private final Map<Node, Node.Input> sequences = new LinkedHashMap<>();
    private final List<Node> terms = new ArrayList<>();
    private final List<Node> sums = new ArrayList<>();

    /** {@code made}: the new node of each node of the graph; the results are added. */
    GroupScan(Graph graph, Roles roles, Fusion.Group group, Map<Application, Fusion.Group> members,
            Map<Node, Node> made) {
        this.graph = graph;
        this.roles = roles;
        this.group = group;
        this.members = members;
        this.made = made;
    }

    /** Adds the scan; leaves everything as it was and says no if it would be too long to be generated. */
    boolean emit(GraphBuilder builder) {
        group.applications().forEach(this::add);
        List<Node> stacks = stacks();
        List<Node> outputs = new ArrayList<>(terms);
        stacks.forEach(stack -> outputs.add(inside.get(stack)));
        List<Node.Input> inputs = new ArrayList<>(consts.values());
        inputs.addAll(sequences.values());
        int length = roles.size(group);
        Scan scan = new Scan(body.graph(outputs).select(inputs, outputs), consts.size(), 0, terms.size(), length,
                false);
        if (group.applications().size() > SURE && !LoopCode.fits(scan)) {
            return false;
        }
        List<Node> operands = new ArrayList<>();
        consts.keySet().forEach(node -> operands.add(made.get(node)));
        for (Node node : sequences.keySet()) {
            operands.add(group.byRow() ? made.get(node) : Structure.flat(builder, made.get(node)));
        }
        List<Node> results = builder.apply(scan, operands);
        for (int s = 0; s < sums.size(); s++) {
            made.put(sums.get(s), results.get(s));
        }
        for (int j = 0; j < stacks.size(); j++) {
            made.put(stacks.get(j),
                    Structure.reshape(builder, results.get(sums.size() + j), stacks.get(j).shape()));
        }
        return true;
    }

    private void add(Application application) {
        Roles.Role role = roles.of(application);
        if (application.op() instanceof Scan scan) {
            add(application, scan);
            return;
        }
        Node operand = application.operands().get(0);
        Node result = application.results().get(0);
        if (role.sum(0)) {
            terms.add(each(operand));
            sums.add(result);
        } else if (application.op() instanceof Gathering.Gather) {
            Node index = Structure.reshape(body, each(application.operands().get(1)), Shape.of(1));
            inside.put(result,
                    Structure.reshape(body, application.op().of(body, whole(operand), index), Shape.SCALAR));
        } else if (application.op() instanceof Structure.Broadcast || !role.elementwise(0)) {
            inside.put(result, spread(whole(operand), result.shape()));
        } else if (application.op() instanceof Structure.Spread spread) {
            inside.put(result, group.byRow()
                    ? new Structure.Spread(spread.axis() - 1, spread.extent()).of(body, each(operand))
                    : whole(operand));
        } else if (application.op() instanceof Reduction.Sum sum) {
            Node row = each(operand);
            inside.put(result, row.shape().rank() == 1
                    ? new Reduction.SumAll().of(body, row)
                    : new Reduction.Sum(sum.axis() - 1).of(body, row));
        } else {
            List<Node> operands = application.operands().stream().map(this::each).toList();
            inside.put(result, application.op().of(body, operands));
        }
    }

    /** A loop of as many trips: its body becomes part of this one. */
    private void add(Application application, Scan scan) {
        List<Node> operands = new ArrayList<>();
        for (int i = 0; i < application.operands().size(); i++) {
            Node operand = application.operands().get(i);
            operands.add(i < scan.consts() ? whole(operand) : each(operand));
        }
        List<Node> outputs = scan.body().evaluate(body, operands);
        for (int j = 0; j < outputs.size(); j++) {
            if (j < scan.sums()) {
                terms.add(outputs.get(j));
                sums.add(application.results().get(j));
            } else {
                inside.put(application.results().get(j), outputs.get(j));
            }
        }
    }

    /** A node read as a whole in every trip, as one row or element. */
    private Node spread(Node node, Shape shape) {
        Shape row = group.byRow() ? Fusion.row(shape) : Shape.SCALAR;
        return node.shape().equals(row) ? node
                : node.shape().size() == row.size() ? Structure.reshape(body, node, row)
                : new Structure.Broadcast(row).of(body, Structure.reshape(body, node, Shape.SCALAR));
    }

    private Node whole(Node node) {
        if (node instanceof Node.Constant constant && constant.value().size() == 1) {
            return body.constant(constant.value());
        }
        return consts.computeIfAbsent(node, key -> body.input("const " + consts.size(), node.shape()));
    }

    /** The element or row of a node that a trip reads. */
    private Node each(Node operand) {
        Node node = group.byRow() ? operand : roles.source(operand, new Roles.Role(0, 0, 0));
        Node own = inside.get(node);
        if (own != null) {
            return own;
        }
        Shape shape = group.byRow() ? Fusion.row(node.shape()) : Shape.SCALAR;
        if (node instanceof Node.Constant constant && constant.value().isUniform()) {
            return body.fill(constant.value().at(0), shape);
        }
        return sequences.computeIfAbsent(node, key -> body.input("slice " + sequences.size(), shape));
    }

    /** Results that are read outside of the loop. */
    private List<Node> stacks() {
        Set<Node> read = new HashSet<>(graph.outputs());
        for (Application application : graph.applications()) {
            if (members.get(application) != group) {
                read.addAll(application.operands());
            }
        }
        List<Node> stacks = new ArrayList<>();
        for (Node node : inside.keySet()) {
            if (read.contains(node)) {
                stacks.add(node);
            }
        }
        return stacks;
    }
}
