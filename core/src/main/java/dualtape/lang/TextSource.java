package dualtape.lang;

import dualtape.engine.Budget;
import dualtape.engine.Deadline;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import java.util.List;

/** A program of the text language. Immutable; every trace runs it afresh. */
public final class TextSource implements Source {
    private final String text;
    private final List<Statement> statements;
    private final Names names;
    private final Limits limits;
    private final Place place;
    private final int levels;

    /** {@code levels}: of its nesting, at the most. */
    TextSource(String text, List<Statement> statements, Names names, Limits limits, Place place, int levels) {
        this.text = text;
        this.statements = statements;
        this.names = names;
        this.limits = limits;
        this.place = place;
        this.levels = levels;
    }

    /** The inputs that the program reads, in order of first appearance. */
    @Override
    public List<String> inputs() {
        return names.inputs();
    }

    /** Whether the program is one expression and nothing else. */
    boolean isExpression() {
        return statements.size() == 1 && statements.get(0) instanceof Statement.Evaluate;
    }

    /** Where an input is read first: an index into the text. */
    int firstRead(String input) {
        return names.firstRead(input);
    }

    @Override
    public String text() {
        return text;
    }

    /**
     * Runs the program at a point. Values of the point that it does not read are inputs too.
     *
     * @throws LanguageException if the program goes wrong there, with the place and the mend
     * @throws dualtape.engine.InputException if an input has no value
     * @throws dualtape.engine.LimitException if it takes too long or records too much
     */
    @Override
    public Traced trace(Point at) {
        Deadline deadline = Budget.deadline(limits);
        return DeepStack.call(levels, () -> new Run(this, names, limits, deadline, place, at).trace(statements));
    }
}
