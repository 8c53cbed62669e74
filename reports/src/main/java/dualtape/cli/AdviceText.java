package dualtape.cli;

import dualtape.engine.Advice;
import dualtape.engine.Engines;
import dualtape.engine.LimitException;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Selection;
import dualtape.engine.SweepCosts;
import dualtape.engine.Traced;
import dualtape.sparse.Colouring;
import dualtape.sparse.Pattern;
import dualtape.sparse.Patterns;
import java.util.List;

/** {@code dualtape explain --advice}: which mode to use for a program, and why. */
final class AdviceText {
    /** Operations of one sweep up to which its pattern is looked for: a second or so. */
    private static final long MOST_OPERATIONS = 2_000_000;

    private AdviceText() {}

    /** Of the gradient and the Hessian of a scalar, else of the Jacobian; the cost of a sweep is measured here and now. */
    static String of(Traced traced, Point at, List<String> wrt) {
        return of(traced, at, wrt, SweepCosts.Measure.by(System::nanoTime));
    }

    /** {@link #of(Traced, Point, List)} with another measure. */
    static String of(Traced traced, Point at, List<String> wrt, SweepCosts.Measure measure) {
        int m = traced.graph().output().shape().size();
        int n = Selection.of(traced.graph(), Request.of(Operator.JACOBIAN, wrt)).derivatives().size();
        SweepCosts costs = SweepCosts.measured(traced, at, wrt, measure);
        StringBuilder text = new StringBuilder(
                "advice (cost of a sweep measured here; 1 primal = one run of the function)\n");
        if (m == 1) {
            write(text, Advice.of(Operator.GRADIENT, n, m, costs), "");
            hessian(text, traced, wrt, Advice.of(Operator.HESSIAN, n, m, costs));
        } else {
            jacobian(text, traced, wrt, Advice.of(Operator.JACOBIAN, n, m, costs));
        }
        return text.toString();
    }

    private static void jacobian(StringBuilder text, Traced traced, List<String> wrt, Advice advice) {
        if (Engines.forward().plan(traced.graph(), Request.of(Operator.JVP, wrt)).graph().work() > MOST_OPERATIONS) {
            write(text, advice, "too large to look for zeros");
            return;
        }
        try {
            Pattern pattern = Patterns.jacobian(traced.graph(), wrt);
            write(text, advice.withColours(Colouring.ofColumns(pattern).count(), Colouring.ofRows(pattern).count()),
                    "pattern: " + pattern);
        } catch (LimitException tooMany) {
            write(text, advice, tooMany.getMessage());
        }
    }

    private static void hessian(StringBuilder text, Traced traced, List<String> wrt, Advice advice) {
        Request product = Request.of(Operator.HVP, wrt).with(Nesting.FR);
        if (Engines.reverse().plan(traced.graph(), product).graph().work() > MOST_OPERATIONS) {
            write(text, advice, "too large to look for zeros");
            return;
        }
        try {
            Pattern pattern = Patterns.hessian(traced.graph(), wrt);
            write(text, advice.withStarColours(Colouring.star(pattern).count()), "pattern: " + pattern);
        } catch (LimitException tooMany) {
            write(text, advice, tooMany.getMessage());
        }
    }

    private static void write(StringBuilder text, Advice advice, String pattern) {
        List<String> sentences = advice.sentences();
        for (int i = 0; i < sentences.size(); i++) {
            text.append(i == 0 ? "  " : "    ").append(sentences.get(i)).append('\n');
        }
        if (!pattern.isEmpty()) {
            text.append("    ").append(pattern).append('\n');
        }
    }
}
