package dualtape.lang;

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
import java.util.Map;
import java.util.function.Supplier;

/** Expressions on recorded values. It recurses over brackets only, whose nesting is limited. */
final class Evaluation {
    private final Run run;
    private final Recorder recorder;

    Evaluation(Run run, Recorder recorder) {
        this.run = run;
        this.recorder = recorder;
    }

    Recorded of(Expression expression) {
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
        call.arguments().forEach(argument -> arguments.add(of(argument)));
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
        }
    }

    private Recorded bracket(Expression.Bracket bracket) {
        Tensor literal = literal(bracket);
        if (literal != null) {
            return recorder.constant(literal);
        }
        List<Recorded> items = new ArrayList<>();
        bracket.items().forEach(item -> items.add(of(item)));
        for (Recorded item : items) {
            if (!item.value().shape().equals(items.get(0).value().shape())) {
                throw new SyntaxException(bracket.at(), "the rows of a list must have one shape, got "
                        + items.get(0).value().shape() + " and " + item.value().shape());
            }
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
            if (!items.isEmpty() && !tensor.shape().equals(items.get(0).shape())) {
                throw new SyntaxException(bracket.at(), "the rows of a list must have one shape, got "
                        + items.get(0).shape() + " and " + tensor.shape());
            }
            items.add(tensor);
        }
        Shape inner = items.isEmpty() ? Shape.SCALAR : items.get(0).shape();
        double[] data = new double[inner.size() * items.size()];
        for (int i = 0; i < items.size(); i++) {
            items.get(i).copyTo(data, i * inner.size());
        }
        return Tensor.wrap(inner.with(0, items.size()), data);
    }

    private static Tensor number(Expression item) {
        if (item instanceof Expression.Number number) {
            return Tensor.scalar(number.value());
        } else
            if (item instanceof Expression.Prefix prefix && prefix.sign().equals("-")
                    && prefix.operand() instanceof Expression.Number number) {
                        return Tensor.scalar(prefix.count() % 2 == 1 ? -number.value() : number.value());
                    } else
                if (item instanceof Expression.Name name && Names.CONSTANTS.containsKey(name.name())) {
                    return Tensor.scalar(Names.CONSTANTS.get(name.name()));
                } else
                    if (item instanceof Expression.Prefix prefix && prefix.sign().equals("-") && prefix.count() == 1
                            && prefix.operand() instanceof Expression.Name name
                            && Names.CONSTANTS.containsKey(name.name())) {
                                return Tensor.scalar(-Names.CONSTANTS.get(name.name()));
                            }
        return null;
    }

    private Recorded indexed(Expression.Indexed indexed) {
        Recorded value = of(indexed.base());
        for (List<Expression.Index> indices : indexed.indices()) {
            Shape shape = value.value().shape();
            if (indices.size() > shape.rank()) {
                throw new SyntaxException(indexed.at(), "a value of shape " + shape + " takes at most " + shape.rank()
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
        int from = index.from() == null ? 0 : end(index.from(), extent);
        int to = index.to() == null ? extent : end(index.to(), extent);
        if (from < 0 || to > extent || from > to) {
            throw new SyntaxException(at,
                    "the range " + from + ":" + to + " is outside axis " + axis + " of a value of shape "
                            + value.value().shape());
        }
        return placed(at, () -> Indexing.slice(recorder, value, axis, from, to));
    }

    private int end(Expression expression, int extent) {
        int i = run.integer(of(expression), expression.at(), "an end of a range");
        return i < 0 ? i + extent : i;
    }
}
