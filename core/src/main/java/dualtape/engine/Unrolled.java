package dualtape.engine;

import dualtape.engine.DerivingEngine.Derived;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Joining;
import dualtape.op.Slicing;
import dualtape.op.Structure;
import java.util.ArrayList;
import java.util.List;

/** The sweeps of a plan written out as one graph, put together to the whole derivative. */
final class Unrolled {
    private final Selection selection;
    private final Plan plan;
    private final GraphBuilder builder;
    private final List<Node> inputs = new ArrayList<>();
    private Node value;

    private Unrolled(Selection selection, Plan plan) {
        this.selection = selection;
        this.plan = plan;
        this.builder = new GraphBuilder(selection.conventions());
    }

    static Derived of(Selection selection, Plan plan) {
        return plan.swept().isEmpty()
                ? new Derived(plan.graph(), plan.boundary())
                : new Unrolled(selection, plan).derive();
    }

    private Derived derive() {
        for (Node.Input input : plan.graph().inputs()) {
            boolean swept = plan.swept().stream().anyMatch(names -> names.contains(input.name()));
            inputs.add(swept ? null : builder.input(input.name(), input.shape()));
        }
        List<Node> sweeps = new ArrayList<>();
        sweep(0, sweeps);
        if (sweeps.isEmpty()) {
            value = selection.graph().evaluate(builder, inputs.subList(0, selection.graph().inputs().size())).get(0);
        }
        List<Node> outputs = new ArrayList<>();
        outputs.add(value);
        outputs.addAll(parts(sweeps));
        return Derived.forward(builder.graph(outputs));
    }

    /** Runs the plan's graph for every combination of units from list {@code list} on. */
    private void sweep(int list, List<Node> sweeps) {
        if (list == plan.swept().size()) {
            List<Node> outputs = plan.graph().evaluate(builder, inputs);
            value = outputs.get(0);
            List<Node> flat = new ArrayList<>();
            outputs.subList(1, outputs.size()).forEach(part -> flat.add(Structure.flat(builder, part)));
            sweeps.add(Joining.concat(builder, flat));
            return;
        }
        List<String> names = plan.swept().get(list);
        for (int i = 0; i < names.size(); i++) {
            Shape shape = plan.graph().input(names.get(i)).shape();
            for (int k = 0; k < shape.size(); k++) {
                for (String name : names) {
                    set(name, builder.fill(0, plan.graph().input(name).shape()));
                }
                set(names.get(i), builder.constant(Selection.unit(shape, k)));
                sweep(list + 1, sweeps);
            }
        }
    }

    private void set(String name, Node node) {
        inputs.set(plan.graph().inputIndex(name), node);
    }

    private List<Node> parts(List<Node> sweeps) {
        int m = selection.rows();
        int n = selection.derivatives().size();
        Shape matrix = switch (selection.operator()) {
            case JACOBIAN -> Shape.of(m, n);
            case HESSIAN -> Shape.of(n, n);
            default -> null;
        };
        if (sweeps.isEmpty()) {
            return matrix != null ? List.of(builder.fill(0, matrix)) : zeros();
        }
        Node all = Joining.concat(builder, sweeps);
        if (matrix != null && plan.rows()) {
            return List.of(Structure.reshape(builder, all, matrix));
        } else if (matrix != null) {
            Node columns = Structure.reshape(builder, all, Shape.of(matrix.extent(1), matrix.extent(0)));
            return List.of(new Structure.Transpose().of(builder, columns));
        } else if (selection.operator() == Operator.JVP) {
            return List.of(Structure.reshape(builder, all, selection.graph().output().shape()));
        }
        Layout layout = selection.derivatives();
        List<Node> parts = new ArrayList<>();
        for (int i = 0; i < layout.names().size(); i++) {
            Node part = new Slicing.Slice(0, layout.offset(i), layout.offset(i) + layout.shape(i).size())
                    .of(builder, all);
            parts.add(Structure.reshape(builder, part, layout.shape(i)));
        }
        return parts;
    }

    private List<Node> zeros() {
        if (selection.operator() == Operator.JVP) {
            return List.of(builder.fill(0, selection.graph().output().shape()));
        }
        List<Node> zeros = new ArrayList<>();
        selection.wrt().forEach(name -> zeros.add(builder.fill(0, selection.graph().input(name).shape())));
        return zeros;
    }
}
