package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Engines;
import dualtape.engine.Limits;
import dualtape.engine.Request;
import dualtape.engine.Swell;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.lang.print.TextPrinter;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/** The simplified derivative as expressions of the text language, and how much larger it is written out than shared. */
final class FormulaText {
    private static final int LONGEST = 1_500;
    private static final BigInteger LARGEST = BigInteger.valueOf(2_000);
    private static final int WIDTH = 88;

    private FormulaText() {}

    static String of(Question question, Subject subject, Limits limits) {
        Request request = question.asked(graph(subject, limits), subject.point()).request();
        Graph derived = new Budget("the symbolic derivative", limits, limits.start())
                .during(() -> Engines.symbolic().derive(graph(subject, limits), request).graph());
        StringBuilder text = new StringBuilder();
        List<Node> parts = derived.outputs().subList(1, derived.outputs().size());
        for (int i = 0; i < parts.size(); i++) {
            String program = Swell.of(derived, List.of(parts.get(i))).shared() > LARGEST.longValue() ? null
                    : TextPrinter.print(derived, parts.get(i), WIDTH);
            text.append("  d/d").append(request.wrt().get(i)).append(": ").append(program == null
                    || program.length() > LONGEST ? "too long to print" : program.replace("\n", "\n    ")).append('\n');
        }
        Swell swell = Swell.of(derived, parts);
        return text.append(String.format(Locale.ROOT, "  swell: %s operations written out, %,d shared%n",
                written(swell.tree()), swell.shared())).toString();
    }

    private static Graph graph(Subject subject, Limits limits) {
        return new Budget("the program", limits, limits.start())
                .during(() -> subject.source().trace(subject.point()).graph());
    }

    private static String written(BigInteger tree) {
        return tree.bitLength() < 63 ? String.format(Locale.ROOT, "%,d", tree)
                : "about 10^" + (tree.toString().length() - 1);
    }
}
