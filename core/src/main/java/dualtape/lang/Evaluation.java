package dualtape.lang;

import dualtape.engine.Limits;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.op.Attributes;
import dualtape.op.Indexing;
import dualtape.op.Operation;
import dualtape.op.Operations;
import dualtape.op.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Expressions on recorded values. It recurses over brackets and calls only, whose nesting is limited. */
final class Evaluation {
    /** How often {@link #of} can call itself for one level of brackets: an operator of each precedence, at the most. */
    private static final int PER_LEVEL = 12;

    private final Run run;
    private final Recorder recorder;
    private final Limits limits;
    private final Place place;
    private int depth;

    Evaluation(Run run, Recorder recorder, Limits limits, Place place) {
        this.run = run;
        this.recorder = recorder;
        this.limits = limits;
        this.place = place;
    }

    /** Goes down by some calls of {@link #of} within each other: a level of brackets is at most so many. */
    void deeper(int at, int calls) {
        depth += calls;
        if (depth > (long) PER_LEVEL * limits.nesting()) {
            throw place.limit(at, String.format(Locale.ROOT,
                    "calls and brackets are nested deeper than %,d levels; raise the limit with --max-nesting",
                    limits.nesting()));
        }
    }

    /** Comes back up. */
    void back(int calls) {
        depth -= calls;
    }

    /** The value of an expression. */
    Recorded of(Expression expression) {
        deeper(expression.at(), 1);
        Recorded value = evaluate(expression);
        back(1);
        return value;
    }

    private Recorded evaluate(Expression expression) {
        if (expression instanceof Expression.Number number) {
            return recorder.constant(Tensor.scalar(number.value()));
        } else if (expression instanceof Expression.Name name) {
            return run.read(name);
        } else if (expression instanceof Expression.Chain chain) {
            Recorded value = of(chain.first());
            for (Expression.Step step : chain.steps()) {
                value = apply(step.at(), step.sign().equals("@") ? "matmul" : step.sign(),
                        List.of(value, of(step.operand())));
            }
            return value;
        } else if (expression instanceof Expression.Prefix prefix) {
            return signed(prefix.at(), prefix.sign().equals("-") ? "neg" : "not", prefix.count(), of(prefix.operand()));
        } else if (expression instanceof Expression.Power power) {
            return power(power);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Indexed indexed) {
            return indexed(indexed);
        } else if (expression instanceof Expression.Bracket bracket) {
            return bracket(bracket);
        }
        return of(((Expression.Group) expression).inner());
    }

    private Recorded signed(int at, String operation, int count, Recorded value) {
        Recorded signed = value;
        if (count == 1 && operation.equals("neg") && !value.depends()
                && value.node() instanceof dualtape.ir.Node.Constant
                && value.value().shape().isScalar()) {
            return recorder.constant(Tensor.scalar(-value.value().value())); // -2 is a literal too
        }
        for (int i = 0; i < count; i++) {
            signed = apply(at, operation, List.of(signed));
        }
        return signed;
    }

    private Recorded power(Expression.Power power) {
        int last = power.bases().size() - 1;
        Recorded value = signed(power.at(), "neg", power.signs().get(last), of(power.bases().get(last)));
        for (int i = last - 1; i >= 0; i--) {
            value = apply(power.at(), "^", List.of(of(power.bases().get(i)), value));
            value = signed(power.at(), "neg", power.signs().get(i), value);
        }
        return value;
    }

    private Recorded call(Expression.Call call) {
        List<Recorded> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(of(argument));
        }
        Statement.Define definition = run.definition(call.function());
        if (definition != null) {
            return run.call(definition, call.at(), arguments);
        }
        Operation operation = Operations.find(call.function());
        Map<String, Double> attributes = new LinkedHashMap<>();
        for (Expression.Named named : call.named()) {
            attribute(attributes, named);
        }
        int leading = 0;
        for (Signature.Attribute attribute : call.leading(operation)) {
            int value = run.integer(arguments.get(leading), call.arguments().get(leading).at(), attribute.name());
            attributes.put(attribute.name(), (double) value);
            leading++;
        }
        return apply(call.at(), operation, arguments.subList(leading, arguments.size()),
                Attributes.of(operation, attributes));
    }

    private void attribute(Map<String, Double> attributes, Expression.Named named) {
        if (named.value() instanceof Expression.Bracket list) {
            Attributes.put(attributes, named.name(), list.items().stream()
                    .mapToDouble(item -> run.number(of(item), item.at(), named.name())).toArray());
        } else {
            attributes.put(named.name(), run.number(of(named.value()), named.at(), named.name()));
        }
    }

    private Recorded apply(int at, String operation, List<Recorded> operands) {
        Operation found = Operations.find(operation);
        return apply(at, found, operands, Attributes.none(found));
    }

    private Recorded apply(int at, Operation operation, List<Recorded> operands, Attributes attributes) {
        return placed(at, () -> operation.call(recorder, operands, attributes));
    }

    /** Runs what was written at a place; an error of shapes gets that place. */
    private Recorded placed(int at, Supplier<Recorded> application) {
        run.at(at);
        try {
            return application.get();
        } catch (dualtape.engine.InputException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new SyntaxException(at, e.getMessage());
        } catch (OutOfMemoryError e) {
            throw place.limit(at, String.format(Locale.ROOT, "this value does not fit into the memory of %,d MB; give "
                    + "more with DUALTAPE_JAVA_OPTS=-Xmx...", Runtime.getRuntime().maxMemory() >> 20));
        }
    }

    private Recorded bracket(Expression.Bracket bracket) {
        Tensor literal = literal(bracket);
        if (literal != null) {
            return recorder.constant(literal);
        }
        List<Recorded> items = new ArrayList<>();
        for (Expression item : bracket.items()) {
            items.add(of(item));
        }
        for (int i = 0; i < items.size(); i++) {
            fits(bracket, i, items.get(0).value().shape(), items.get(i).value().shape());
        }
        return apply(bracket.at(), "stack", items);
    }

    /** The tensor of a list of numbers, or null if it holds anything else. */
    private static Tensor literal(Expression.Bracket bracket) {
        List<Tensor> items = new ArrayList<>(bracket.items().size());
        for (Expression item : bracket.items()) {
            Tensor tensor = item instanceof Expression.Bracket inner ? literal(inner) : number(item);
            if (tensor == null) {
                return null;
            }
            items.add(tensor);
            fits(bracket, items.size() - 1, items.get(0).shape(), tensor.shape());
        }
        Shape inner = items.isEmpty() ? Shape.SCALAR : items.get(0).shape();
        double[] data = new double[inner.size() * items.size()];
        for (int i = 0; i < items.size(); i++) {
            items.get(i).copyTo(data, i * inner.size());
        }
        return Tensor.wrap(inner.with(0, items.size()), data);
    }

    private static void fits(Expression.Bracket bracket, int item, Shape first, Shape shape) {
        if (!shape.equals(first)) {
            throw new SyntaxException(bracket.items().get(item).at(),
                    "the items of a list have one shape: item 0 has shape "
                            + first + ", item " + item + " has shape " + shape);
        }
    }

    /** The number that an item of a list is, with its signs, or null if it is something else. */
    private static Tensor number(Expression item) {
        boolean signed = item instanceof Expression.Prefix prefix && prefix.sign().equals("-");
        Expression inner = signed ? ((Expression.Prefix) item).operand() : item;
        Double value = inner instanceof Expression.Number number ? (Double) number.value()
                : inner instanceof Expression.Name name ? Words.CONSTANTS.get(name.name())
                : null;
        boolean negative = signed && ((Expression.Prefix) item).count() % 2 == 1;
        return value == null ? null : Tensor.scalar(negative ? -value : value);
    }

    private Recorded indexed(Expression.Indexed indexed) {
        Recorded value = of(indexed.base());
        for (List<Expression.Index> indices : indexed.indices()) {
            Shape shape = value.value().shape();
            if (indices.size() > shape.rank()) {
                throw new SyntaxException(indexed.at(), shape.isScalar()
                        ? "a single number has no elements to index"
                        : "a value of shape " + shape + " takes at most " + shape.rank()
                                + (shape.rank() == 1 ? " index" : " indices") + ", got " + indices.size());
            }
            int axis = 0;
            for (Expression.Index index : indices) {
                value = index.range() ? range(value, axis++, index, indexed.at())
                        : pick(value, axis, index);
            }
        }
        return value;
    }

    private Recorded pick(Recorded value, int axis, Expression.Index index) {
        int i = run.integer(of(index.from()), index.from().at(), "an index");
        return placed(index.from().at(), () -> Indexing.index(recorder, value, axis, i));
    }

    private Recorded range(Recorded value, int axis, Expression.Index index, int at) {
        int extent = value.value().shape().extent(axis);
        int first = index.from() == null ? 0 : end(index.from());
        int last = index.to() == null ? extent : end(index.to());
        int from = first < 0 ? first + extent : first;
        int to = last < 0 ? last + extent : last;
        if (from < 0 || to > extent || from > to) {
            throw new SyntaxException(at, "the range " + first + ":" + last + " does not fit axis " + axis
                    + " of a value of shape " + value.value().shape() + "; it goes from 0 to " + extent
                    + " at the most, and not backwards");
        }
        return placed(at, () -> Indexing.slice(recorder, value, axis, from, to));
    }

    private int end(Expression expression) {
        return run.integer(of(expression), expression.at(), "an end of a range");
    }
}
