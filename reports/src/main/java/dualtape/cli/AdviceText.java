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
import dualtape.report.Messages;
import dualtape.sparse.Colouring;
import dualtape.sparse.Pattern;
import dualtape.sparse.Patterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code dualtape explain --advice}: which mode to use for a program, and why. */
final class AdviceText {
    /** Operations of one sweep up to which its pattern is looked for: a second or so. */
    private static final long MOST_OPERATIONS = 2_000_000;

    private final Messages messages;
    private final StringBuilder text = new StringBuilder();

    private AdviceText(Messages messages) {
        this.messages = messages;
    }

    /** Of the gradient and the Hessian of a scalar, else of the Jacobian; the cost of a sweep is measured here and now. */
    static String of(Traced traced, Point at, List<String> wrt, Messages messages) {
        return of(traced, at, wrt, messages, SweepCosts.Measure.by(System::nanoTime));
    }

    /** The same with another measure. */
    static String of(Traced traced, Point at, List<String> wrt, Messages messages, SweepCosts.Measure measure) {
        int m = traced.graph().output().shape().size();
        int n = Selection.of(traced.graph(), Request.of(Operator.JACOBIAN, wrt)).derivatives().size();
        SweepCosts costs = SweepCosts.measured(traced, at, wrt, measure);
        AdviceText advice = new AdviceText(messages);
        advice.line(messages.text("advice.head"));
        if (m == 1) {
            advice.write(Advice.of(Operator.GRADIENT, n, m, costs), "");
            advice.hessian(traced, wrt, Advice.of(Operator.HESSIAN, n, m, costs));
        } else {
            advice.jacobian(traced, wrt, Advice.of(Operator.JACOBIAN, n, m, costs));
        }
        return advice.text.toString();
    }

    private void jacobian(Traced traced, List<String> wrt, Advice advice) {
        if (Engines.forward().plan(traced.graph(), Request.of(Operator.JVP, wrt)).graph().work() > MOST_OPERATIONS) {
            write(advice, messages.text("advice.too-large"));
            return;
        }
        try {
            Pattern pattern = Patterns.jacobian(traced.graph(), wrt);
            write(advice.withColours(Colouring.ofColumns(pattern).count(), Colouring.ofRows(pattern).count()),
                    pattern(pattern));
        } catch (LimitException tooMany) {
            write(advice, tooMany.getMessage());
        }
    }

    private void hessian(Traced traced, List<String> wrt, Advice advice) {
        Request product = Request.of(Operator.HVP, wrt).with(Nesting.FR);
        if (Engines.reverse().plan(traced.graph(), product).graph().work() > MOST_OPERATIONS) {
            write(advice, messages.text("advice.too-large"));
            return;
        }
        try {
            Pattern pattern = Patterns.hessian(traced.graph(), wrt);
            write(advice.withStarColours(Colouring.star(pattern).count()), pattern(pattern));
        } catch (LimitException tooMany) {
            write(advice, tooMany.getMessage());
        }
    }

    private void write(Advice advice, String pattern) {
        List<String> sentences = sentences(advice, messages);
        for (int i = 0; i < sentences.size(); i++) {
            line((i == 0 ? "  " : "    ") + sentences.get(i));
        }
        if (!pattern.isEmpty()) {
            line("    " + pattern);
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private String pattern(Pattern pattern) {
        return messages.text("advice.pattern", pattern.size(), (long) pattern.rows() * pattern.columns(),
                messages.count("advice.rows", pattern.rows()), messages.count("advice.columns", pattern.columns()));
    }

    /**
     * Advice in sentences, a line each: what to use, what it needs, and what each of the others would, as in
     * {@code forward needs 200 sweeps at 1.6 primals, 320 in all: about 150 times as much}.
     */
    static List<String> sentences(Advice advice, Messages messages) {
        Advice.Option best = advice.best();
        List<String> lines = new ArrayList<>();
        lines.add(messages.text("advice.use", messages.text("operator." + advice.operator().label()),
                messages.count("advice.results", advice.m()), messages.count("advice.inputs", advice.n()),
                way(best, messages)));
        lines.add(needs(best, messages));
        for (Advice.Option other : advice.options()) {
            if (other != best) {
                lines.add(messages.text("advice.other", needs(other, messages), comparison(best, other, messages)));
            }
        }
        return lines;
    }

    private static String way(Advice.Option option, Messages messages) {
        return messages.text("way." + option.how().replaceAll("\\W+", "-"));
    }

    private static String needs(Advice.Option option, Messages messages) {
        String sweeps = messages.count("advice.sweeps", option.sweeps());
        return option.sweeps() == 1
                ? messages.text("advice.needs", way(option, messages), sweeps, number(option.cost()))
                : messages.text("advice.needs-in-all", way(option, messages), sweeps, number(option.cost()),
                        number(option.total()));
    }

    private static String comparison(Advice.Option best, Advice.Option other, Messages messages) {
        double ratio = other.total() / best.total();
        if (!(ratio >= 1.1)) {
            return messages.text("advice.as-much");
        }
        return Double.isInfinite(ratio) ? messages.text("advice.for-nothing")
                : messages.text("advice.times", number(ratio));
    }

    /** Two significant digits; more of a whole number is not known. */
    private static String number(double value) {
        if (!(value >= 9.95)) {
            return String.format(Locale.ROOT, value < 0.995 ? "%.2f" : "%.1f", value);
        }
        double unit = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        return String.format(Locale.ROOT, "%,.0f", Math.rint(value / unit) * unit);
    }
}
