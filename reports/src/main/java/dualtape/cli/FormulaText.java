package dualtape.cli;

import dualtape.engine.Budget;
import dualtape.engine.Engines;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Swell;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.lang.print.TextPrinter;
import dualtape.report.Texts;
import java.math.BigInteger;
import java.util.List;

/** The simplified derivative as expressions of the text language, and how much larger it is written out than shared. */
final class FormulaText {
    private static final int LONGEST = 1_500;
    private static final BigInteger LARGEST = BigInteger.valueOf(2_000);
    private static final int MOST_PARTS = 20;
    private static final int WIDTH = 88;

    private FormulaText() {}

    static String of(Question question, Graph graph, Point at, Limits limits) {
        Request request = question.asked(graph, at).request();
        Graph derived = new Budget("the symbolic derivative", limits, Budget.deadline(limits))
                .during(() -> Engines.symbolic().derive(graph, request).graph());
        StringBuilder text = new StringBuilder();
        List<Node> parts = derived.outputs().subList(1, derived.outputs().size());
        for (int i = 0; i < Math.min(parts.size(), MOST_PARTS); i++) {
            String program = Swell.of(derived, List.of(parts.get(i))).shared() > LARGEST.longValue() ? null
                    : TextPrinter.print(derived, parts.get(i), WIDTH);
            text.append("  d/d").append(request.wrt().get(i)).append(": ").append(program == null
                    || program.length() > LONGEST ? "too long to print" : program.replace("\n", "\n    ")).append('\n');
        }
        if (parts.size() > MOST_PARTS) {
            text.append("  ... and by ").append(parts.size() - MOST_PARTS).append(" more inputs\n");
        }
        Swell swell = Swell.of(derived, parts);
        return text.append("  swell: ").append(Texts.swell(swell)).append('\n').toString();
    }
}
