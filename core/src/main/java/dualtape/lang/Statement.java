package dualtape.lang;

import java.util.List;

/** A statement as it was written. */
public sealed interface Statement {
    /** Where it begins: an index into the source text. */
    int at();

    /** {@code name = value}. */
    record Assign(int at, String name, Expression value) implements Statement {}

    /** An expression that stands alone. */
    record Evaluate(int at, Expression value) implements Statement {}

    /** {@code if c { } else if d { } else { }}: one block more than conditions if there is an else. */
    record If(int at, List<Expression> conditions, List<List<Statement>> blocks) implements Statement {}

    /** {@code while c { }}. */
    record While(int at, Expression condition, List<Statement> body) implements Statement {}

    /** {@code for i in from..to { }}. */
    record For(int at, String name, Expression from, Expression to, List<Statement> body) implements Statement {}

    /** {@code def f(x, y) { }}. */
    record Define(int at, String name, List<String> parameters, List<Statement> body) implements Statement {}
}
