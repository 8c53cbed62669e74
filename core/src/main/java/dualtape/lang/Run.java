package dualtape.lang;

import dualtape.engine.Deadline;
import dualtape.engine.Guard;
import dualtape.engine.InputException;
import dualtape.engine.LimitException;
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
    private final TextSource source;
    private final Names names;
    private final Limits limits;
    private final Place place;
    private final Recorder recorder;
    private final Evaluation evaluation;
    private final Map<String, Recorded> globals = new HashMap<>();
    private final List<Guard> guards = new ArrayList<>();
    private Map<String, Recorded> locals;
    private long iterations;

    Run(TextSource source, Names names, Limits limits, Deadline deadline, Place place, Point at) {
        this.source = source;
        this.names = names;
        this.limits = limits;
        this.place = place;
        this.recorder = new Recorder(limits, deadline);
        this.evaluation = new Evaluation(this, recorder);
        for (String name : names.inputs()) {
            if (!at.has(name)) {
                throw new InputException("input " + Visible.name(name) + " has no value; "
                        + (at.names().isEmpty() ? "give one, as in --at '" + (name.length() > 40 ? "x" : name) + "=1'"
                                : "values were given for " + shortened(at.names())));
            }
            globals.put(name, recorder.input(name, at.get(name)));
        }
        for (String name : at.names()) {
            if (!globals.containsKey(name)) {
                recorder.input(name, at.get(name));
            }
        }
    }

    private static String shortened(List<String> names) {
        String all = String.join(", ", names.stream().limit(12).map(Visible::name).toList());
        return names.size() > 12 ? all + ", ..." : all;
    }

    Traced trace(List<Statement> program) {
        Recorded result;
        try {
            result = block(program);
        } catch (SyntaxException e) {
            throw place.error(e.at(), e.getMessage());
        }
        if (result == null) {
            throw new InputException("the program computes nothing: its last statement has no value");
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
                last = statement(statement);
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
            throw new LimitException(place.error(at, String.format(Locale.ROOT,
                    "the loops ran more than %,d times; raise the limit with --max-iterations", limits.iterations()))
                    .getMessage());
        }
    }

    private boolean holds(Expression condition) {
        Recorded value = evaluation.of(condition);
        if (value.value().size() != 1) {
            throw new SyntaxException(condition.at(), "a condition must be a single number, this has shape "
                    + value.value().shape() + "; reduce it, as in max(...) or sum(...)");
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
            throw new SyntaxException(at, what + " must be a single number, this has shape " + value.value().shape());
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
            Double constant = Names.CONSTANTS.get(name.name());
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
        Map<String, Recorded> caller = locals;
        locals = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            locals.put(definition.parameters().get(i), arguments.get(i));
        }
        Recorded result = block(definition.body());
        locals = caller;
        if (result == null) {
            throw new SyntaxException(at,
                    Visible.name(definition.name()) + " computes nothing: its last statement has no value");
        }
        return result;
    }

    /** From now on applications were written at this index. */
    void at(int index) {
        recorder.builder().at(place.origin(index));
    }
}
