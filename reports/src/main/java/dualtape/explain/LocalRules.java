package dualtape.explain;

import dualtape.engine.SimplifyingBuilder;
import dualtape.explain.Formula.Kind;
import dualtape.explain.Formula.Symbol;
import dualtape.forward.Dual;
import dualtape.forward.Duals;
import dualtape.ir.Conventions;
import dualtape.ir.Application;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Op;
import dualtape.ir.Shape;
import dualtape.reverse.Tape;
import dualtape.reverse.Taped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The rule of one application, written out over its operands' names: how its value, its tangent, and its contributions
 * to the operands' adjoints are computed. The very algebras of the two modes run, over the nodes of a small graph.
 */
final class LocalRules {
    private final Map<ReadKey, BitSet> reads = new HashMap<>();

    /** Operations that are equal read the same of operands of the same shapes. */
    private record ReadKey(Op op, List<Shape> shapes, BitSet flags) {}

    /** One application with operands that are inputs of a graph of their own. */
    private static final class Scene {
        private final Application application;
        private final GraphBuilder builder;
        private final Map<Node, Symbol> symbols = new HashMap<>();
        private final List<Node> operands = new ArrayList<>();

        Scene(Application application, GraphBuilder builder, boolean inline) {
            this.application = application;
            this.builder = builder;
            for (Node operand : application.operands()) {
                operands.add(inline && Labels.isInline(operand)
                        ? builder.constant(((Node.Constant) operand).value())
                        : input(Kind.PRIMAL, operand));
            }
        }

        final Node input(Kind kind, Node node) {
            Node input = builder.input("i" + builder.size(), node.shape());
            symbols.put(input, new Symbol(kind, node));
            return input;
        }

        /** From here on a result is called by its name instead of being written out. */
        void called(Node value, Node.Result result) {
            if (!(value instanceof Node.Constant)) {
                symbols.putIfAbsent(value, new Symbol(Kind.PRIMAL, result));
            }
        }

        Formula formula(Node expression) {
            return new Formula(expression, symbols);
        }

        /** Runs the application on a tape and goes back; one contribution an operand, null where there is none. */
        Node[] back(boolean[] wanted, boolean[] seeded) {
            Tape<Node> tape = new Tape<>(builder);
            List<Taped<Node>> taped = new ArrayList<>();
            List<Taped<Node>> inputs = new ArrayList<>();
            for (int i = 0; i < wanted.length; i++) {
                taped.add(wanted[i] ? tape.input(operands.get(i)) : tape.lift(operands.get(i)));
                if (wanted[i]) {
                    inputs.add(taped.get(i));
                }
            }
            List<Taped<Node>> results = tape.apply(application.op(), taped);
            List<Taped<Node>> starts = new ArrayList<>();
            List<Node> seeds = new ArrayList<>();
            for (int j = 0; j < seeded.length; j++) {
                called(results.get(j).value(), (Node.Result) application.results().get(j));
                if (seeded[j] && results.get(j).varies()) {
                    starts.add(results.get(j));
                    seeds.add(input(Kind.ADJOINT, application.results().get(j)));
                }
            }
            Node[] contributions = new Node[wanted.length];
            tape.pullback(starts, seeds, inputs, (entry, operand, node) -> contributions[operand] = node);
            return contributions;
        }
    }

    /** How a result is computed from the operands. */
    static Formula value(Node.Result result) {
        Scene scene = new Scene(result.application(), GraphBuilder.asWritten(), true);
        return scene.formula(
                scene.builder.apply(result.application().op(), scene.operands).get(result.index()));
    }

    /** How a result's tangent is computed from those of the operands that vary; null where it does not vary. */
    static Formula tangent(Node.Result result, Predicate<Node> varies) {
        Scene scene = new Scene(result.application(), new SimplifyingBuilder(Conventions.MINNORM), true);
        Duals<Node> duals = new Duals<>(scene.builder);
        List<Dual<Node>> operands = new ArrayList<>();
        for (int i = 0; i < scene.operands.size(); i++) {
            Node operand = result.application().operands().get(i);
            operands.add(varies.test(operand)
                    ? duals.seed(scene.operands.get(i), scene.input(Kind.TANGENT, operand))
                    : duals.lift(scene.operands.get(i)));
        }
        List<Dual<Node>> results = duals.apply(result.application().op(), operands);
        for (int j = 0; j < results.size(); j++) {
            scene.called(results.get(j).primal(), (Node.Result) result.application().results().get(j));
        }
        Dual<Node> dual = results.get(result.index());
        return dual.varies() ? scene.formula(dual.tangent()) : null;
    }

    /**
     * What an application contributes to the adjoint of each operand, from its results' adjoints.
     *
     * @param wanted which operands' adjoints are wanted
     * @param seeded which results have an adjoint
     * @return one an operand; null where there is no contribution
     */
    static List<Formula> contributions(Application application, boolean[] wanted, boolean[] seeded) {
        Scene scene = new Scene(application, new SimplifyingBuilder(Conventions.MINNORM), true);
        List<Formula> formulas = new ArrayList<>();
        for (Node contribution : scene.back(wanted, seeded)) {
            formulas.add(contribution == null ? null : scene.formula(contribution));
        }
        return formulas;
    }

    /** Which values the contributions read: the bits of the operands, and after them those of the results. */
    BitSet reads(Application application, boolean[] wanted, boolean[] seeded) {
        BitSet flags = new BitSet();
        for (int i = 0; i < wanted.length + seeded.length; i++) {
            flags.set(i, i < wanted.length ? wanted[i] : seeded[i - wanted.length]);
        }
        return reads.computeIfAbsent(new ReadKey(application.op(), application.operandShapes(), flags), key -> {
            Scene scene = new Scene(application, new GraphBuilder(), false);
            return read(scene, scene.back(wanted, seeded));
        });
    }

    private static BitSet read(Scene scene, Node[] contributions) {
        BitSet read = new BitSet();
        BitSet seen = new BitSet();
        Deque<Node> open = new ArrayDeque<>();
        Arrays.stream(contributions).filter(node -> node != null).forEach(open::add);
        while (!open.isEmpty()) {
            Node node = open.pop();
            if (seen.get(node.number())) {
                continue;
            }
            seen.set(node.number());
            Symbol symbol = scene.symbols.get(node);
            if (symbol == null) {
                if (node instanceof Node.Result result) {
                    open.addAll(result.application().operands());
                }
            } else if (symbol.kind() == Kind.PRIMAL) {
                int operand = scene.operands.indexOf(node);
                read.set(operand >= 0 ? operand
                        : scene.operands.size() + ((Node.Result) symbol.node()).index());
            }
        }
        return read;
    }
}
