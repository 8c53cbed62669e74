package dualtape.demo;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Node;
import dualtape.lang.Language;
import dualtape.report.Table;
import dualtape.report.Units;
import java.util.List;

/** What both modes cost, counted. */
final class ComplexityLesson implements Lesson {
    @Override
    public String title() {
        return "complexity.title";
    }

    @Override
    public void teach(Board board) {
        board.say("complexity.chain");
        Table chain = table(board);
        for (int n = 10; n <= 1_000; n *= 10) {
            Traced traced = Language.parse("y = x; for i in 0.." + n + " { y = sin(y) }; y").trace(Point.of("x", 1.0));
            row(chain, n, traced);
        }
        board.block(chain.text());
        board.say("complexity.wide");
        Table wide = table(board);
        for (int n = 1; n <= 1_000; n *= 10) {
            Traced traced = Language.parse("sum(exp(x) * sin(x))").trace(Point.of("x", new double[n]));
            row(wide, n, traced);
        }
        board.block(wide.text());
        board.say("complexity.note");
    }

    private static Table table(Board board) {
        return new Table("n", board.text("lesson.forward-operations"), board.text("lesson.reverse-operations"),
                board.text("complexity.forward-memory"), board.text("complexity.reverse-memory"));
    }

    private static void row(Table table, int n, Traced traced) {
        Cost forward = cost(Engines.forward(), traced);
        Cost reverse = cost(Engines.reverse(), traced);
        table.row(Units.number(n), Units.number(forward.operations()), Units.number(reverse.operations()),
                Units.bytes(forward.workspaceBytes()), Units.bytes(reverse.workspaceBytes()));
    }

    private static Cost cost(Engine engine, Traced traced) {
        List<String> wrt = traced.graph().inputs().stream().map(Node.Input::name).toList();
        return engine.prepare(traced, wrt, Operator.GRADIENT).cost();
    }
}
