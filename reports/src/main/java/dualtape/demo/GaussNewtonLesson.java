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
        return "Gauss-Newton: where forward wins";
    }

    @Override
    public void teach(Board board) {
        board.say(
                "Fitting a curve by Gauss and Newton takes the Jacobian of the residuals by the parameters: many rows, few columns.");
        board.say("NIST's fits, from the residuals' Jacobian:");
        Table table = new Table("set", "rows", "columns", "forward sweeps", "reverse sweeps", "forward operations",
                "reverse operations");
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
        board.say("Few inputs, many results: that is forward accumulation's ground.");
    }

    private static int columns(Scenario scenario, Traced traced) {
        return scenario.selected().stream().mapToInt(name -> traced.graph().input(name).shape().size()).sum();
    }

    private static Cost cost(Engine engine, Scenario scenario, Traced traced) {
        return engine.prepare(traced, List.copyOf(scenario.selected()), Operator.JACOBIAN).cost();
    }
}
