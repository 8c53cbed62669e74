package dualtape.demo;

import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Traced;
import dualtape.report.Table;
import dualtape.report.Units;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.List;

/** Where forward wins: many results of few inputs. */
final class GaussNewtonLesson implements Lesson {
    @Override
    public String title() {
        return "gauss-newton.title";
    }

    @Override
    public void teach(Board board) {
        board.say("gauss-newton.fit");
        board.say("gauss-newton.nist");
        Table table = new Table(board.text("gauss-newton.set"), board.text("gauss-newton.rows"),
                board.text("gauss-newton.columns"), board.text("gauss-newton.forward-sweeps"),
                board.text("gauss-newton.reverse-sweeps"), board.text("lesson.forward-operations"),
                board.text("lesson.reverse-operations"));
        for (Scenario scenario : Scenarios.matching("nist/*-residuals")) {
            Traced traced = scenario.source().trace(scenario.point());
            Cost forward = cost(Engines.forward(), scenario, traced);
            Cost reverse = cost(Engines.reverse(), scenario, traced);
            table.row(scenario.name().replace("nist/", "").replace("-residuals", ""),
                    Integer.toString(traced.graph().output().shape().size()),
                    Integer.toString(columns(scenario, traced)), Units.number(forward.sweeps()),
                    Units.number(reverse.sweeps()),
                    Units.number(forward.operations()), Units.number(reverse.operations()));
        }
        board.block(table.text());
        board.say("gauss-newton.few");
    }

    private static int columns(Scenario scenario, Traced traced) {
        return scenario.selected().stream().mapToInt(name -> traced.graph().input(name).shape().size()).sum();
    }

    private static Cost cost(Engine engine, Scenario scenario, Traced traced) {
        return engine.prepare(traced, List.copyOf(scenario.selected()), Operator.JACOBIAN).cost();
    }
}
