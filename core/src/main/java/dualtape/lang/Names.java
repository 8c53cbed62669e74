package dualtape.lang;

import dualtape.op.Operation;
import dualtape.op.Operations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the names of a program mean, found before it runs: which are inputs, which functions exist, that calls fit and
 * that no def calls itself.
 */
final class Names {
    /** Names with a fixed value. */
    static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E, "inf", Double.POSITIVE_INFINITY,
            "nan",
            Double.NaN);

    private final Map<String, Statement.Define> definitions = new HashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Map<String, Set<String>> calls = new HashMap<>();
    private final List<Expression.Name> read = new ArrayList<>();

    private Names() {}

    /** The meaning of the names of a program. */
    static Names check(List<Statement> program) {
        Names names = new Names();
        names.define(program);
        Walk walk = names.new Walk(null);
        walk.statements(program);
        for (Statement.Define definition : names.definitions.values()) {
            names.acyclic(definition);
        }
        names.read.sort(java.util.Comparator.comparingInt(Expression.Name::at));
        for (Expression.Name name : names.read) {
            if (!names.assigned.contains(name.name()) && !CONSTANTS.containsKey(name.name())) {
                if (Operations.find(name.name()) != null || names.definitions.containsKey(name.name())) {
                    throw new SyntaxException(name.at(),
                            name.name() + " is a function; call it with parentheses, as in "
                                    + name.name() + "(...)");
                }
                names.inputs.add(name.name());
            }
        }
        return names;
    }

    /** The inputs, in order of first appearance. */
    List<String> inputs() {
        return List.copyOf(inputs);
    }

    /** The function that the program defines under this name, or null. */
    Statement.Define definition(String name) {
        return definitions.get(name);
    }

    private void define(List<Statement> statements) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Define definition) {
                free(definition.at(), definition.name());
                if (definitions.putIfAbsent(definition.name(), definition) != null) {
                    throw new SyntaxException(definition.at(), Visible.name(definition.name()) + " is already defined");
                }
            }
        }
    }

    private static void free(int at, String name) {
        if (CONSTANTS.containsKey(name)) {
            throw new SyntaxException(at, name + " is reserved; choose another name");
        } else if (Operations.find(name) != null) {
            throw new SyntaxException(at, name + " is a function of the language; choose another name");
        }
    }

    /** No way through calls leads from a def back to itself. */
    private void acyclic(Statement.Define definition) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(calls.getOrDefault(definition.name(), Set.of()));
        while (!next.isEmpty()) {
            String called = next.pop();
            if (called.equals(definition.name())) {
                throw new SyntaxException(definition.at(), Visible.name(definition.name())
                        + " calls itself; recursion is not in the language, use while or for");
            }
            if (seen.add(called)) {
                next.addAll(calls.getOrDefault(called, Set.of()));
            }
        }
    }

    /** One walk over the program, or over a def's body with its local names. */
    private final class Walk {
        private final Statement.Define definition;
        private final Set<String> locals = new HashSet<>();

        Walk(Statement.Define definition) {
            this.definition = definition;
            if (definition != null) {
                definition.parameters().forEach(parameter -> {
                    free(definition.at(), parameter);
                    if (!locals.add(parameter)) {
                        throw new SyntaxException(definition.at(),
                                "parameter " + Visible.name(parameter) + " is named twice");
                    }
                });
                collect(definition.body());
            }
        }

        private void collect(List<Statement> statements) {
            for (Statement statement : statements) {
                if (statement instanceof Statement.Assign assign) {
                    locals.add(assign.name());
                } else if (statement instanceof Statement.For loop) {
                    locals.add(loop.name());
                    collect(loop.body());
                } else if (statement instanceof Statement.While loop) {
                    collect(loop.body());
                } else if (statement instanceof Statement.If branch) {
                    branch.blocks().forEach(this::collect);
                }
            }
        }

        void statements(List<Statement> statements) {
            statements.forEach(this::statement);
        }

        private void statement(Statement statement) {
            if (statement instanceof Statement.Assign assign) {
                assigns(assign.at(), assign.name());
                expression(assign.value());
            } else if (statement instanceof Statement.Evaluate evaluate) {
                expression(evaluate.value());
            } else if (statement instanceof Statement.If branch) {
                branch.conditions().forEach(this::expression);
                branch.blocks().forEach(this::statements);
            } else if (statement instanceof Statement.While loop) {
                expression(loop.condition());
                statements(loop.body());
            } else if (statement instanceof Statement.For loop) {
                assigns(loop.at(), loop.name());
                expression(loop.from());
                expression(loop.to());
                statements(loop.body());
            } else if (statement instanceof Statement.Define inner) {
                if (definition != null || definitions.get(inner.name()) != inner) {
                    throw new SyntaxException(inner.at(), "a def stands at the top of a program, not inside a block");
                }
                new Walk(inner).statements(inner.body());
            }
        }

        private void assigns(int at, String name) {
            free(at, name);
            if (definitions.containsKey(name)) {
                throw new SyntaxException(at, Visible.name(name) + " is a function; choose another name");
            }
            if (definition == null) {
                assigned.add(name);
            }
        }

        private void expression(Expression e) {
            if (e instanceof Expression.Name name) {
                if (!locals.contains(name.name())) {
                    read.add(name);
                }
            } else if (e instanceof Expression.Call call) {
                call(call);
                call.arguments().forEach(this::expression);
                call.named().forEach(named -> expression(named.value()));
            } else if (e instanceof Expression.Bracket bracket) {
                bracket.items().forEach(this::expression);
            } else if (e instanceof Expression.Prefix prefix) {
                expression(prefix.operand());
            } else if (e instanceof Expression.Chain chain) {
                expression(chain.first());
                chain.steps().forEach(step -> expression(step.operand()));
            } else if (e instanceof Expression.Power power) {
                power.bases().forEach(this::expression);
            } else if (e instanceof Expression.Indexed indexed) {
                expression(indexed.base());
                indexed.indices().forEach(list -> list.forEach(index -> {
                    if (index.from() != null) {
                        expression(index.from());
                    }
                    if (index.to() != null) {
                        expression(index.to());
                    }
                }));
            } else if (e instanceof Expression.Group group) {
                expression(group.inner());
            }
        }

        private void call(Expression.Call call) {
            Statement.Define called = definitions.get(call.function());
            int given = call.arguments().size();
            if (called != null) {
                calls.computeIfAbsent(definition == null ? "" : definition.name(), key -> new HashSet<>())
                        .add(call.function());
                if (given != called.parameters().size() || !call.named().isEmpty()) {
                    throw new SyntaxException(call.at(), call.function() + " takes " + called.parameters().size()
                            + " arguments " + called.parameters() + ", got " + (given + call.named().size()));
                }
                return;
            }
            Operation operation = Operations.find(call.function());
            if (operation == null || !Character.isLetter(call.function().charAt(0))) {
                List<String> known = new ArrayList<>(definitions.keySet());
                Operations.all().forEach(known0 -> known.add(known0.name()));
                throw new SyntaxException(call.at(), "unknown function " + Visible.name(call.function())
                        + Suggest.near(call.function(), known));
            }
            long leading = call.leading(operation).size();
            if (given - leading < operation.signature().least() || given - leading > operation.signature().most()) {
                throw new SyntaxException(call.at(),
                        "it is called as " + operation.name() + operation.signature() + ", got "
                                + given + (given == 1 ? " operand" : " operands"));
            }
            for (Expression.Named named : call.named()) {
                List<String> known = operation.signature().attributes().stream().map(a -> a.name()).toList();
                if (!known.contains(named.name())) {
                    throw new SyntaxException(named.at(),
                            operation.name() + " has no attribute " + Visible.name(named.name())
                                    + "; it is called as " + operation.name() + operation.signature());
                }
            }
        }
    }
}
