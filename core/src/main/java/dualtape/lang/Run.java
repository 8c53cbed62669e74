package dualtape.lang;

import dualtape.engine.Deadline;
import dualtape.engine.Guard;
import dualtape.engine.InputException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.Numerals;
import dualtape.ir.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One run of a program: statements on values, while their graph is recorded. */
final class Run {
    private static final int SHOWN = 12;
    /** What a block takes of the depth, in calls of {@link Evaluation#of}. */
    private static final int BLOCK = 8;

    private final TextSource source;
    private final Names names;
    private final Limits limits;
    private final Place place;
    private final Recorder recorder;
    private final Evaluation evaluation;
    private final Map<String, Recorded> globals = new HashMap<>();
    private final List<Guard> guards = new ArrayList<>();
    private final Point at;
    private Map<String, Recorded> locals;
    private long iterations;

    Run(TextSource source, Names names, Limits limits, Deadline deadline, Place place, Point at) {
        this.source = source;
        this.names = names;
        this.limits = limits;
        this.place = place;
        this.recorder = new Recorder(limits, deadline);
        this.evaluation = new Evaluation(this, recorder, limits, place);
        this.at = at;
    }

    /** Values of the point that the program does not read are inputs too. */
    private void declareInputs() {
        for (String name : names.inputs()) {
            if (!at.has(name)) {
                throw new SyntaxException(names.firstRead(name), missing(name));
            }
            globals.put(name, recorder.input(name, at.get(name)));
        }
        for (String name : at.values().keySet()) {
            if (names.assigned().contains(name) || names.definition(name) != null) {
                throw new InputException("the point has a value for " + Visible.name(name) + ", which the program "
                        + (names.definition(name) != null ? "defines" : "assigns")
                        + ": it is no input; leave the value out, or rename one of the two");
            } else if (!globals.containsKey(name)) {
                recorder.input(name, at.get(name));
            }
        }
    }

    private String missing(String name) {
        List<String> given = at.names();
        List<String> known = new ArrayList<>(names.assigned());
        given.stream().filter(value -> !names.inputs().contains(value)).limit(SHOWN).forEach(known::add);
        String near = Suggest.near(name, known);
        String values = given.isEmpty() ? "give it one, as in " + Visible.bare(name) + "=1"
                : "values were given for " + String.join(", ", given.stream().limit(SHOWN).map(Visible::bare).toList())
                        + (given.size() > SHOWN ? ", ..." : "");
        return "input " + Visible.name(name) + " has no value; " + values + near;
    }

    Traced trace(List<Statement> program) {
        if (program.isEmpty()) {
            throw new InputException("the program is empty; write an expression, as in x^2");
        }
        Recorded result;
        try {
            declareInputs();
            result = block(program);
            if (result == null) {
                throw new SyntaxException(program.get(program.size() - 1).at(),
                        "the program computes nothing: its last "
                                + "statement ran nothing that has a value; end it with an expression");
            }
        } catch (SyntaxException e) {
            throw place.error(e);
        }
        limits.checkNodes(recorder.builder().size());
        Graph graph = recorder.builder().graph(result.node());
        if (guards.isEmpty()) {
            return new Traced(source, graph, List.of());
        }
        Graph guarded = recorder.builder().graph(guards.stream().map(Guard::node).toList());
        return new Traced(source, graph, guards, guarded);
    }

    private Recorded block(List<Statement> statements) {
        Recorded last = null;
        for (Statement statement : statements) {
            if (!(statement instanceof Statement.Define)) {
                evaluation.deeper(statement.at(), BLOCK);
                last = statement(statement);
                evaluation.back(BLOCK);
            }
        }
        return last;
    }

    private Recorded statement(Statement statement) {
        if (statement instanceof Statement.Assign assign) {
            Recorded value = evaluation.of(assign.value());
            recorder.builder().name(value.node(), assign.name());
            scope().put(assign.name(), value);
            return value;
        } else if (statement instanceof Statement.Evaluate evaluate) {
            return evaluation.of(evaluate.value());
        } else if (statement instanceof Statement.If branch) {
            for (int i = 0; i < branch.conditions().size(); i++) {
                if (holds(branch.conditions().get(i))) {
                    return block(branch.blocks().get(i));
                }
            }
            return branch.blocks().size() > branch.conditions().size()
                    ? block(branch.blocks().get(branch.conditions().size())) : null;
        } else if (statement instanceof Statement.While loop) {
            Recorded last = null;
            while (holds(loop.condition())) {
                iterate(loop.at());
                last = block(loop.body());
            }
            return last;
        }
        return repeat((Statement.For) statement);
    }

    private Recorded repeat(Statement.For loop) {
        int from = integer(evaluation.of(loop.from()), loop.from().at(), "the start of a range");
        int to = integer(evaluation.of(loop.to()), loop.to().at(), "the end of a range");
        Recorded last = null;
        for (int i = from; i < to; i++) {
            iterate(loop.at());
            scope().put(loop.name(), recorder.constant(Tensor.scalar(i)));
            last = block(loop.body());
        }
        return last;
    }

    private void iterate(int at) {
        recorder.tick();
        if (++iterations > limits.iterations()) {
            throw place.limit(at, String.format(Locale.ROOT,
                    "the loops ran more than %,d times; raise the limit with --max-iterations", limits.iterations()));
        }
    }

    private boolean holds(Expression condition) {
        Recorded value = evaluation.of(condition);
        if (!value.value().shape().isScalar()) {
            throw new SyntaxException(condition.at(), "a condition must be a single number, this has shape "
                    + value.value().shape() + "; reduce it, as in sum(...), or take an element, as in x[0]");
        }
        boolean holds = value.value().value() != 0;
        guard(value, Guard.Kind.CONDITION, condition.at());
        return holds;
    }

    /** A value that leaves the graph as an integer. */
    int integer(Recorded value, int at, String what) {
        double number = number(value, at, what);
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw new SyntaxException(at, what + " must be an integer, this is " + Numerals.text(number));
        }
        return (int) number;
    }

    /** A value that leaves the graph as a number. */
    double number(Recorded value, int at, String what) {
        if (value.value().size() != 1) {
            throw new SyntaxException(at, what + " must be a single number, this has shape " + value.value().shape()
                    + "; take an element, as in x[0]");
        }
        guard(value, Guard.Kind.EXACT, at);
        return value.value().value();
    }

    private void guard(Recorded value, Guard.Kind kind, int at) {
        if (value.depends()) {
            guards.add(new Guard(value.node(), kind, value.value().value(), place.origin(at)));
        }
    }

    private Map<String, Recorded> scope() {
        return locals == null ? globals : locals;
    }

    /** The value of a name. */
    Recorded read(Expression.Name name) {
        Recorded value = locals == null ? null : locals.get(name.name());
        if (value == null) {
            value = globals.get(name.name());
        }
        if (value == null) {
            Double constant = Words.CONSTANTS.get(name.name());
            if (constant == null) {
                throw new SyntaxException(name.at(), Visible.name(name.name())
                        + " is read before it is assigned; assign it first, or use another name for the input");
            }
            value = recorder.constant(Tensor.scalar(constant));
        }
        return value;
    }

    /** The function of this name in the program, or null. */
    Statement.Define definition(String name) {
        return names.definition(name);
    }

    /** Runs a function of the program: it sees its parameters and the globals. */
    Recorded call(Statement.Define definition, int at, List<Recorded> arguments) {
        recorder.tick();
        Map<String, Recorded> caller = locals;
        locals = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            locals.put(definition.parameters().get(i), arguments.get(i));
        }
        Recorded result = block(definition.body());
        locals = caller;
        if (result == null) {
            throw new SyntaxException(at, Visible.name(definition.name())
                    + " computes nothing: its last statement ran nothing that has a value; end it with an expression");
        }
        return result;
    }

    /** From now on applications were written at this index. */
    void at(int index) {
        recorder.builder().at(place.origin(index));
    }
}
