package dualtape.engine;

import dualtape.ir.Application;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Rule;
import dualtape.ir.Whole;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The chain rule applied to formulas: for each application, from the last to the first, the derivative by its operands. */
final class Formulas {
    private final GraphBuilder builder;
    private final Graph graph;
    private final Node[] formulas;

    /** The formulas of a graph's nodes over these inputs. */
    Formulas(GraphBuilder builder, Graph graph, List<Node> inputs) {
        this.builder = builder;
        this.graph = graph;
        this.formulas = new Node[graph.nodes().size()];
        graph.evaluate(builder, inputs, (node, formula) -> formulas[graph.position(node)] = formula);
    }

    /** The formula of an output. */
    Node output(int index) {
        return formulas[graph.position(graph.outputs().get(index))];
    }

    /** Formulas of the adjoints of some inputs, for formulas of the adjoints of the outputs (null for none). */
    List<Node> adjoints(List<Node> seeds, List<Node.Input> wrt) {
        Node[] adjoint = new Node[formulas.length];
        for (int i = 0; i < seeds.size(); i++) {
            if (seeds.get(i) != null) {
                accumulate(adjoint, graph.outputs().get(i), seeds.get(i));
            }
        }
        BitSet active = graph.activeFrom(wrt);
        for (int i = graph.applications().size() - 1; i >= 0; i--) {
            back(graph.applications().get(i), adjoint, active);
        }
        List<Node> result = new ArrayList<>();
        for (Node.Input input : wrt) {
            Node sum = adjoint[graph.position(input)];
            result.add(sum != null ? sum : builder.fill(0, input.shape()));
        }
        return result;
    }

    private void back(Application application, Node[] adjoint, BitSet active) {
        boolean seeded = false;
        for (Node result : application.results()) {
            seeded |= adjoint[graph.position(result)] != null;
        }
        if (!seeded) {
            return;
        }
        List<Node> x = new ArrayList<>();
        application.operands().forEach(operand -> x.add(formulas[graph.position(operand)]));
        if (application.op().whole() != null) {
            whole(application, x, adjoint, active);
            return;
        }
        Node y = formulas[graph.position(application.results().get(0))];
        Node by = adjoint[graph.position(application.results().get(0))];
        for (int i = 0; i < x.size(); i++) {
            Node operand = application.operands().get(i);
            if (active.get(graph.position(operand))) {
                accumulate(adjoint, operand, pull(application.op().rule(i), x, y, by));
            }
        }
    }

    private Node pull(Rule rule, List<Node> x, Node y, Node by) {
        if (rule instanceof Rule.Slope slope) {
            return builder.scale(slope.slope(builder, x, y), by);
        } else if (rule instanceof Rule.Linear linear) {
            return linear.pull(builder, x, by);
        }
        return rule == Rule.ONE ? by : null;
    }

    private void whole(Application application, List<Node> x, Node[] adjoint, BitSet active) {
        boolean[] wanted = new boolean[x.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = active.get(graph.position(application.operands().get(i)));
        }
        List<Node> by = new ArrayList<>();
        application.results().forEach(result -> by.add(adjoint[graph.position(result)]));
        List<Node> y = builder.apply(application.op().whole().recording(), x);
        Whole.Reverse reverse = (body, seeded, needed) -> pullback(body, seeded, needed, builder.conventions());
        List<Node> bx = application.op().whole().pullback(builder, reverse, x, y, by, wanted);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                accumulate(adjoint, application.operands().get(i), bx.get(i));
            }
        }
    }

    private void accumulate(Node[] adjoint, Node node, Node part) {
        int position = graph.position(node);
        if (part != null) {
            adjoint[position] = adjoint[position] == null ? part : builder.add(adjoint[position], part);
        }
    }

    /** The pullback of a body: see {@link dualtape.ir.Whole.Reverse}. */
    private static Graph pullback(Graph body, boolean[] seeded, boolean[] wanted, Conventions conventions) {
        GraphBuilder builder = new SimplifyingBuilder(conventions);
        List<Node> inputs = new ArrayList<>();
        List<Node.Input> wrt = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            Node.Input input = body.inputs().get(i);
            inputs.add(builder.input(input.name(), input.shape()));
            if (wanted[i]) {
                wrt.add(input);
            }
        }
        List<Node> seeds = new ArrayList<>();
        for (int j = 0; j < seeded.length; j++) {
            seeds.add(seeded[j] ? builder.fresh("seed " + j, body.outputs().get(j).shape()) : null);
        }
        return builder.graph(new Formulas(builder, body, inputs).adjoints(seeds, wrt));
    }
}
