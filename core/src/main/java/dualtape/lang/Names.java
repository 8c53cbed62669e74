package dualtape.lang;

import dualtape.op.Operations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the names of a program mean, found before it runs: which are inputs, which functions exist, that calls fit and
 * that no def calls itself.
 */
final class Names {
    private final Map<String, Statement.Define> definitions = new LinkedHashMap<>();
    private final Set<String> assigned = new HashSet<>();
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final Calls calls = new Calls(definitions);
    private final List<Expression.Name> read = new ArrayList<>();

    private Names() {}

    /** The meaning of the names of a program. */
    static Names check(List<Statement> program) {
        Names names = new Names();
        names.define(program);
        Walk walk = names.new Walk(null);
        walk.statements(program);
        names.calls.refuseRecursion();
        names.read.sort(Comparator.comparingInt(Expression.Name::at));
        for (Expression.Name name : names.read) {
            if (!names.assigned.contains(name.name()) && !Words.CONSTANTS.containsKey(name.name())) {
                if (Operations.find(name.name()) != null || names.definitions.containsKey(name.name())) {
                    throw new SyntaxException(name.at(), Visible.name(name.name())
                            + " is a function, not a value; call it, as in " + Visible.bare(name.name()) + "(x)");
                }
                names.inputs.putIfAbsent(name.name(), name.at());
            }
        }
        return names;
    }

    /** The inputs, in order of first appearance. */
    List<String> inputs() {
        return List.copyOf(inputs.keySet());
    }

    /** Where an input is read first. */
    int firstRead(String input) {
        return inputs.get(input);
    }

    /** The names that the program assigns outside of its defs. */
    Set<String> assigned() {
        return assigned;
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
                    throw new SyntaxException(definition.at(), Visible.name(definition.name())
                            + " is defined a second time; choose another name for one of the two");
                }
            }
        }
    }

    private static void free(int at, String name) {
        String taken = Words.taken(name);
        if (taken != null) {
            throw new SyntaxException(at, taken);
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
                        throw new SyntaxException(definition.at(), "two parameters are named "
                                + Visible.name(parameter) + "; choose another name for one of them");
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
                    throw new SyntaxException(inner.at(),
                            "a def stands at the top of a program, not inside a block; move it out");
                }
                new Walk(inner).statements(inner.body());
            }
        }

        private void assigns(int at, String name) {
            free(at, name);
            if (definitions.containsKey(name)) {
                throw new SyntaxException(at, Visible.name(name)
                        + " is a function of this program; choose another name");
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
                calls.check(definition == null ? "" : definition.name(), call);
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
    }
}
