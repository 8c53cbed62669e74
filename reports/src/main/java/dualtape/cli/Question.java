package dualtape.cli;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.Source;
import dualtape.engine.Spread;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Suggest;
import dualtape.lang.Visible;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody asks of a program: an operator and what goes with it.
 *
 * @param operator what to derive
 * @param wrt the inputs to differentiate by; null for all
 * @param direction tangents by input, or null
 * @param seed the adjoint of the result, or null
 * @param conventions what is used at edges
 * @param nesting how second derivatives nest, or null
 * @param engine by which engine
 * @param threads over how many threads its sweeps are spread
 */
record Question(Operator operator, List<String> wrt, Point direction, Tensor seed, Conventions conventions,
        Nesting nesting, Engine engine, int threads) {
    private static final int SHOWN = 12;

    /** On one thread. */
    Question(Operator operator, List<String> wrt, Point direction, Tensor seed, Conventions conventions,
            Nesting nesting, Engine engine) {
        this(operator, wrt, direction, seed, conventions, nesting, engine, 1);
    }

    /** A gradient by some inputs. */
    static Question gradient(List<String> wrt, Engine engine) {
        return new Question(Operator.GRADIENT, wrt, null, null, Conventions.MINNORM, null, engine);
    }

    /** The same by another engine. */
    Question by(Engine other) {
        return new Question(operator, wrt, direction, seed, conventions, nesting, other, threads);
    }

    /** The same, spread over so many threads. */
    Question on(int other) {
        return new Question(operator, wrt, direction, seed, conventions, nesting, engine, other);
    }

    /** The operator of a label that came from outside. */
    static Operator operator(String label) {
        List<String> labels = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            if (operator.label().equals(label)) {
                return operator;
            }
            labels.add(operator.label());
        }
        throw new InputException("unknown operator " + Visible.name(label) + "; the operators are "
                + String.join(", ", labels));
    }

    /** The engine of a name that came from outside. */
    static Engine engine(String name) {
        if (!Engines.names().contains(name)) {
            throw new InputException("unknown engine " + Visible.name(name) + "; the engines are "
                    + String.join(", ", Engines.names()));
        }
        return Engines.named(name);
    }

    /** The profile of a label that came from outside. */
    static Conventions conventions(String label) {
        Conventions conventions = Conventions.named(label);
        if (conventions == null) {
            throw new InputException("unknown conventions at edges " + Visible.name(label) + "; they are "
                    + Conventions.labels());
        }
        return conventions;
    }

    /** The nesting of a label that came from outside. */
    static Nesting nesting(String label) {
        Nesting nesting = Nesting.named(label);
        if (nesting == null) {
            throw new InputException("unknown nesting " + Visible.name(label)
                    + "; they are ff, fr, rf, rr: forward or reverse over forward or reverse");
        }
        return nesting;
    }

    /** The answer at a point, within limits. */
    Values answer(Source source, Point at, Limits limits) {
        return Derivatives.within(limits, engine, source, at, traced -> evaluate(traced, at));
    }

    /** The answer on what ran at a point, within limits. */
    Values answer(Traced traced, Point at, Limits limits) {
        return Derivatives.within(limits, engine, traced, ran -> evaluate(ran, at));
    }

    /** The answers of some engines on what ran at a point, within limits, two engines at once. */
    List<Values> answers(List<Engine> engines, Traced traced, Point at, Limits limits) {
        Values[] answers = new Values[engines.size()];
        Spread.over(2, answers.length, (worker, i) -> answers[i] = by(engines.get(i)).answer(traced, at, limits));
        return List.of(answers);
    }

    /** What is asked of a graph: {@code run} prepares and evaluates it. */
    Asked asked(Graph graph, Point at) {
        List<String> names = wrt != null ? wrt : at.names();
        refuseUnknown(graph, names);
        refuseExtras();
        return switch (operator.seed()) {
            case NONE -> new Asked(request(names), Point.of(), names);
            case ADJOINT -> new Asked(request(names), Point.of(Selection.SEED, adjoint(graph.output().shape())), names);
            case DIRECTION -> directed(graph, names);
        };
    }

    /**
     * A request with its seeds.
     *
     * @param names the inputs by which there are answers
     */
    record Asked(Request request, Point seeds, List<String> names) {}

    private Values evaluate(Traced traced, Point at) {
        Asked asked = asked(traced.graph(), at);
        Values values = Derivatives.evaluate(engine, traced, at, asked.request(), asked.seeds(), threads);
        Map<String, Tensor> answers = new LinkedHashMap<>(values.derivatives());
        answers.keySet().retainAll(new HashSet<>(asked.names()));
        return new Values(values.value(), answers, values.tangent(), values.columns(), values.counted(),
                values.engine());
    }

    private Request request(List<String> names) {
        return new Request(operator, names, conventions, nesting);
    }

    private static void refuseUnknown(Graph graph, List<String> wrt) {
        Set<String> seen = new HashSet<>();
        for (String name : wrt) {
            if (graph.inputIndex(name) < 0) {
                List<String> known = graph.inputs().stream().map(Node.Input::name).toList();
                throw new InputException("no input " + Visible.name(name) + " to differentiate by; "
                        + (known.isEmpty() ? "the program has no inputs" : "the inputs are " + listed(known))
                        + Suggest.near(name, known));
            } else if (!seen.add(name)) {
                throw new InputException("an input to differentiate by is named twice: " + Visible.name(name));
            }
        }
    }

    /** The first names of some, in a sentence. */
    private static String listed(Collection<String> names) {
        return String.join(", ", names.stream().limit(SHOWN).map(Visible::bare).toList())
                + (names.size() > SHOWN ? ", ..." : "");
    }

    private void refuseExtras() {
        if (direction != null && operator.seed() != Operator.Seed.DIRECTION) {
            throw new InputException("a " + operator.label() + " takes no direction; jvp and hvp do");
        } else if (seed != null && operator.seed() != Operator.Seed.ADJOINT) {
            throw new InputException("a " + operator.label() + " takes no seed; vjp does");
        } else if (nesting != null && !operator.second()) {
            throw new InputException("a " + operator.label() + " has no nesting; hvp and hessian have");
        }
    }

    private Tensor adjoint(Shape result) {
        if (seed == null && result.size() != 1) {
            throw new InputException("the result has shape " + result + ", and a vjp needs a seed of that shape: the "
                    + "adjoint of the result, as in the weights of a sum over its elements");
        } else if (seed != null && !seed.shape().equals(result)) {
            throw new InputException("the seed has shape " + seed.shape() + ", the result " + result
                    + "; give an adjoint of the result's shape");
        }
        return seed != null ? seed : Tensor.uniform(1, result);
    }

    private Asked directed(Graph graph, List<String> names) {
        if (direction == null) {
            throw new InputException(
                    "a " + operator.label() + " needs a direction: a tangent of each input that moves, "
                            + "of its shape");
        }
        Set<String> allowed = new HashSet<>(names);
        for (String name : direction.names()) {
            if (graph.inputIndex(name) < 0) {
                throw new InputException(
                        "the direction moves " + Visible.name(name) + ", which is no input; the inputs are "
                                + listed(graph.inputs().stream().map(Node.Input::name).toList()));
            } else if (!direction.get(name).shape().equals(graph.input(name).shape())) {
                throw new InputException("the direction of " + Visible.name(name) + " has shape "
                        + direction.get(name).shape() + ", the input " + graph.input(name).shape());
            } else if (operator == Operator.JVP && !allowed.contains(name)) {
                throw new InputException(
                        "the direction moves " + Visible.name(name) + ", which is not among the inputs "
                                + "to differentiate by, " + listed(names));
            }
        }
        Set<String> all = new LinkedHashSet<>(operator == Operator.JVP ? List.of() : names);
        all.addAll(direction.names());
        List<String> moving = List.copyOf(all);
        Map<String, Tensor> tangents = new LinkedHashMap<>();
        Selection.of(graph, request(moving)).wrt().forEach(name -> tangents.put(name,
                direction.has(name) ? direction.get(name) : Tensor.uniform(0, graph.input(name).shape())));
        return new Asked(request(moving), Point.of(tangents), names);
    }
}
