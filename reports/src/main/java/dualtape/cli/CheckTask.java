package dualtape.cli;

import dualtape.check.Check;
import dualtape.check.Finding;
import dualtape.check.Law;
import dualtape.check.Memory;
import dualtape.check.Once;
import dualtape.engine.Budget;
import dualtape.engine.Engine;
import dualtape.engine.LimitException;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Tensor;
import dualtape.report.CheckItem;
import dualtape.report.TensorText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The checks of one function at its points, and the laws at the first: two pieces of work that two threads may do. */
final class CheckTask {
    private final CheckRun run;
    private final CheckRun.Item item;
    private final Subject subject;
    private final List<Point> places;
    private Traced first;

    CheckTask(CheckRun run, CheckRun.Item item) {
        this.run = run;
        this.item = item;
        this.subject = item.subject();
        this.places = run.domain() == null ? List.of(subject.point())
                : run.domain().points(run.points(), run.seed(), subject.point());
    }

    /**
     * What became of the laws.
     *
     * @param broken those that some engine breaks
     * @param leftOut which were not looked at, and why, in a line; else empty
     */
    record LawsSeen(List<CheckRun.Broken> broken, List<String> leftOut) {}

    /** Both pieces of work start from it. */
    private synchronized Traced first() {
        first = first != null ? first : trace(places.get(0));
        return first;
    }

    private Traced trace(Point at) {
        return new Subject(subject.name(), subject.source(), at, subject.wrt()).trace(item.limits());
    }

    private Budget budget(String what) {
        return new Budget(what, item.limits(), item.limits().start());
    }

    /** Findings at all points, by all engines, of all orders; each point has the time of one program. */
    List<CheckItem> checks() {
        List<CheckItem> items = new ArrayList<>();
        for (int p = 0; p < places.size(); p++) {
            int point = p;
            Traced traced = p == 0 ? first() : trace(places.get(p));
            items.addAll(budget("the check").during(() -> check(point, traced)));
        }
        return items;
    }

    private List<CheckItem> check(int p, Traced traced) {
        List<CheckItem> items = new ArrayList<>();
        Point at = places.get(p);
        List<Engine> engines = run.engines().stream().map(Once::of).toList();
        Check check = new Check(engines.get(0), run.witnesses(), 1, run.seed(), true, new Memory());
        for (int order : run.orders()) {
            for (Engine engine : engines) {
                if (order == 2 && !engine.exact() && traced.graph().output().shape().size() != 1) {
                    continue;
                }
                Finding finding = check.on(engine).ofOrder(order).run(subject.name(), p, traced, at, subject.wrt());
                items.add(new CheckItem(finding, run.domain() == null && item.at().isEmpty() ? "" : text(at),
                        again(at, order, engine)));
            }
        }
        return items;
    }

    /** All laws that are for the function, while there is time. */
    LawsSeen laws() {
        Traced traced = first();
        List<CheckRun.Broken> broken = new ArrayList<>();
        List<Law> left = new ArrayList<>(Law.all());
        String why = "";
        try {
            budget("laws").during(() -> {
                List<Engine> engines = run.engines().stream().map(Once::of).toList();
                for (Law law : left.stream().filter(law -> law.isFor(traced)).toList()) {
                    for (Engine engine : engines) {
                        law.breaches(engine, traced, places.get(0), subject.wrt(), run.seed())
                                .forEach(breach -> broken
                                        .add(new CheckRun.Broken(subject.name(), engine.name(), breach)));
                    }
                    left.remove(law);
                }
                return null;
            });
        } catch (LimitException limit) {
            why = limit.getMessage();
        }
        if (left.isEmpty()) {
            return new LawsSeen(broken, List.of());
        }
        String size = String.format(Locale.ROOT, "it has %,d operations", traced.graph().applications().size());
        return new LawsSeen(broken,
                List.of("laws left out for " + subject.name() + ": "
                        + String.join(", ", left.stream().map(Law::name).toList()) + "; "
                        + (why.isEmpty() ? size : why)));
    }

    /** A point as one types it, long tensors shortened. */
    private static String text(Point at) {
        StringBuilder text = new StringBuilder();
        at.values().forEach((name, value) -> text.append(text.length() == 0 ? "" : "; ").append(name).append('=')
                .append(TensorText.of(value, 12)));
        return text.toString();
    }

    private String again(Point at, int order, Engine engine) {
        boolean isShort = at.values().values().stream().mapToInt(Tensor::size).sum() <= 24;
        String place = run.domain() == null ? item.at().isEmpty() ? "" : " --at '" + item.at() + "'"
                : isShort ? " --at '" + text(at) + "'" : "";
        return "dualtape check '" + item.argument() + "'" + place + " --order " + order + " --engine " + engine.name()
                + (run.seed() == 1 ? "" : " --seed " + run.seed());
    }
}
