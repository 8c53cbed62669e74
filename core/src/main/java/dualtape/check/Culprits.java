package dualtape.check;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Operator;
import dualtape.engine.Plan;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Traced;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds what is to blame for a derivative that is wrong: the first operation whose own derivative, at the values that it has there,
 * the same check finds wrong; if every operation is right alone, the first node down to which the derivative is wrong; and for what is
 * not finite the first operation that made it so, on the way forward and on the way back.
 */
final class Culprits {
    /** So many operations are looked at. */
    private static final int MOST_OPERATIONS = 2_000;
    private static final int MOST_PREFIXES = 300;
    private static final int MOST_ELEMENTS = 4_096;

    private final Check check;
    private final Traced f;
    private final Point at;
    private final List<String> wrt;
    private final Tensor[] values;

    private Culprits(Check check, Traced f, Point at, List<String> wrt) {
        this.check = check.withoutBlame().afresh();
        this.f = f;
        this.at = at;
        this.wrt = wrt;
        this.values = new Tensor[f.graph().nodes().size()];
        f.graph().evaluate(Tensors.INSTANCE, Traced.inputs(f.graph(), at),
                (node, value) -> values[f.graph().position(node)] = value);
    }

    static List<Culprit> of(Check check, Traced f, Point at, List<String> wrt, List<Component> wrong) {
        Culprits search = new Culprits(check, f, at, wrt);
        List<Culprit> culprits = new ArrayList<>();
        if (wrong.stream().anyMatch(w -> !Double.isFinite(w.got()) && w.judgement() != Judgement.EDGE)) {
            search.notFinite(culprits);
        }
        if (wrong.stream().noneMatch(w -> w.judgement() == Judgement.WRONG)) {
            return culprits;
        }
        Culprit operation = search.operation();
        Culprit found = operation != null ? operation : search.prefix();
        if (found != null) {
            culprits.add(found);
        }
        return culprits;
    }

    private BitSet active() {
        return f.graph().activeFrom(wrt.stream().map(f.graph()::input).toList());
    }

    /** The first operation that is wrong alone. */
    private Culprit operation() {
        Graph graph = f.graph();
        BitSet active = active();
        int looked = 0;
        for (Application application : graph.applications()) {
            for (Node result : application.results()) {
                if (active.get(graph.position(result)) && result.shape().size() <= MOST_ELEMENTS
                        && looked++ < MOST_OPERATIONS) {
                    Culprit culprit = alone(application, result);
                    if (culprit != null) {
                        Culprit inside = inside(application);
                        return inside != null ? inside : culprit;
                    }
                }
            }
        }
        return null;
    }

    /** The first operation that is wrong alone within the bodies that one runs, trip by trip. */
    private Culprit inside(Application application) {
        return Inside.of(application.op(), application.operands().stream()
                .map(operand -> values[f.graph().position(operand)]).toList(),
                (body, there) -> new Culprits(check, new Traced(f.source(), body, List.of()), there, there.names())
                        .operation());
    }

    /** The same check of one operation, its operands the inputs. */
    private Culprit alone(Application application, Node result) {
        GraphBuilder builder = GraphBuilder.asWritten();
        List<Node> operands = new ArrayList<>();
        List<String> varying = new ArrayList<>();
        Point there = Point.of();
        BitSet active = active();
        for (int i = 0; i < application.operands().size(); i++) {
            Node operand = application.operands().get(i);
            int first = application.operands().indexOf(operand);
            if (first < i) {
                operands.add(operands.get(first)); // an operation of one value twice
            } else if (operand instanceof Node.Constant constant) {
                operands.add(builder.constant(constant.value()));
            } else {
                String name = "operand " + i;
                operands.add(builder.input(name, operand.shape()));
                there = there.with(name, values[f.graph().position(operand)]);
                if (active.get(f.graph().position(operand))) {
                    varying.add(name);
                }
            }
        }
        int index = application.results().indexOf(result);
        Graph alone = builder.graph(builder.apply(application.op(), operands).get(index));
        Finding finding = check.run(application.op().symbol(), new Traced(f.source(), alone, List.of()), there,
                varying);
        Component wrong = finding.firstWrong();
        return wrong == null ? null
                : new Culprit(Culprit.Kind.OPERATION, application.op().symbol(), application.origin(), wrong.where(),
                        wrong.got(), wrong.expected(), "its own derivative by " + wrong.where() + " is "
                                + Text.digits(wrong.got()) + ", expected " + Text.digits(wrong.expected())
                                + ", at " + values(there));
    }

    private static String values(Point there) {
        StringBuilder text = new StringBuilder();
        there.values().forEach((name, value) -> text.append(text.length() == 0 ? "" : ", ").append(name).append(" = ")
                .append(value.shape().isScalar() ? Text.digits(value.value()) : "a tensor of shape " + value.shape()));
        return text.toString();
    }

    /** The first node down to which the derivative is wrong. */
    private Culprit prefix() {
        Graph graph = f.graph();
        BitSet active = active();
        int looked = 0;
        for (Application application : graph.applications()) {
            Node node = application.results().get(0);
            if (!active.get(graph.position(node)) || node.shape().size() > MOST_ELEMENTS || looked++ >= MOST_PREFIXES) {
                continue;
            }
            Graph part = graph.select(List.of(node));
            Finding finding = check.run(application.op().symbol(), new Traced(f.source(), part, List.of()), at, wrt);
            Component wrong = finding.firstWrong();
            if (wrong != null) {
                String name = graph.name(node);
                return new Culprit(Culprit.Kind.SUBEXPRESSION, application.op().symbol(), application.origin(),
                        wrong.where(), wrong.got(), wrong.expected(),
                        "the derivative of the part that ends here" + (name == null ? "" : " (" + name + ")")
                                + " is wrong by "
                                + wrong.where() + ": " + Text.digits(wrong.got()) + ", expected "
                                + Text.digits(wrong.expected())
                                + "; every operation is right alone, so the sweep is to blame");
            }
        }
        return null;
    }

    /** What made a number that is not finite, forwards and backwards. */
    private void notFinite(List<Culprit> culprits) {
        Culprit forwards = maker(f.graph(), Culprit.Kind.NAN_FORWARDS, at, Integer.MAX_VALUE);
        if (forwards != null) {
            culprits.add(forwards);
        }
        if (check.engine() instanceof DerivingEngine deriving) {
            Operator operator = check.order() == 2 ? Operator.HVP
                    : f.graph().output().shape().size() == 1 ? Operator.GRADIENT : Operator.JVP;
            Traced scalar = check.order() == 2 && f.graph().output().shape().size() != 1
                    ? SecondOrder.summed(f, new java.util.SplittableRandom(check.seed()))
                    : f;
            Plan plan = deriving.plan(scalar.graph(), Request.of(operator, wrt));
            Point seeded = at;
            for (Node.Input input : plan.graph().inputs()) {
                if (!at.has(input.name())) {
                    seeded = seeded.with(input.name(), seed(input.shape(), input.name().equals(Selection.SEED)));
                }
            }
            Culprit backwards = maker(plan.graph(), Culprit.Kind.NAN_BACKWARDS, seeded, plan.boundary());
            if (backwards != null) {
                culprits.add(backwards);
            }
        }
    }

    private static Tensor seed(Shape shape, boolean first) {
        return first && shape.size() > 1 ? Selection.unit(shape, 0) : Tensor.uniform(1, shape);
    }

    /** The first operation whose result is not finite though all that it reads is. */
    static Culprit maker(Graph graph, Culprit.Kind kind, Point at, int boundary) {
        Tensor[] values = new Tensor[graph.nodes().size()];
        Culprit[] found = {null};
        graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at), (node, value) -> {
            values[graph.position(node)] = value;
            if (found[0] == null && node instanceof Node.Result result && first(value) >= 0) {
                Application application = result.application();
                for (Node operand : application.operands()) {
                    if (first(values[graph.position(operand)]) >= 0) {
                        return;
                    }
                }
                found[0] = Inside.of(application.op(),
                        application.operands().stream().map(operand -> values[graph.position(operand)]).toList(),
                        (body, there) -> maker(body, kind, there, node.number() >= boundary ? 0 : Integer.MAX_VALUE));
                if (found[0] != null) {
                    return;
                }
                int element = first(value);
                String reads = application.operands().stream().map(operand -> values[graph.position(operand)])
                        .map(x -> Text.digits(x.at(Math.min(element, x.size() - 1))))
                        .reduce((a, b) -> a + " and " + b).orElse("nothing");
                found[0] = new Culprit(kind, application.op().symbol(), application.origin(), "", value.at(element),
                        Double.NaN, "makes " + Text.digits(value.at(element)) + " of " + reads
                                + (kind == Culprit.Kind.NAN_BACKWARDS
                                        ? node.number() >= boundary ? ", on the way back" : ", in the derivative"
                                        : ", in the function itself"));
            }
        });
        return found[0];
    }

    /** The first element that is not finite, or −1. */
    private static int first(Tensor x) {
        for (int k = 0; k < x.size(); k++) {
            if (!Double.isFinite(x.at(k))) {
                return k;
            }
        }
        return -1;
    }
}
