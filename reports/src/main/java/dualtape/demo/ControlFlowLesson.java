package dualtape.demo;

import dualtape.autograd.Autograd;
import dualtape.autograd.Variable;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Numerals;
import java.util.List;
import java.util.SplittableRandom;

/** Java's own loops and branches. */
final class ControlFlowLesson implements Lesson {
    @Override
    public String title() {
        return "control-flow.title";
    }

    private static Variable f(Variable a) {
        Variable b = a.times(2);
        while (b.norm().less(1000).isTrue()) {
            b = b.times(2);
        }
        return b.sum().greater(0).isTrue() ? b : b.times(100);
    }

    @Override
    public void teach(Board board) {
        board.block("""
                static Variable f(Variable a) {
                    Variable b = a.times(2);
                    while (b.norm().less(1000).isTrue()) {
                        b = b.times(2);
                    }
                    return b.sum().greater(0).isTrue() ? b : b.times(100);
                }""");
        board.head("control-flow.linear");
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 4; i++) {
            Variable a = Variable.of(random.nextDouble(-3, 3)).requiresGrad();
            Variable d = f(a);
            d.backward();
            board.show("a = " + Numerals.text(a.item()),
                    "a.grad " + a.grad() + ", d / a " + Numerals.text(d.item() / a.item()));
        }
        int exact = 0;
        int within = 0;
        for (int i = 0; i < 1_000; i++) {
            double number = random.nextDouble(-3, 3);
            Variable a = Variable.of(number).requiresGrad();
            Variable d = f(a);
            d.backward();
            double quotient = d.item() / a.item();
            exact += a.grad().item() == quotient ? 1 : 0;
            within += Math.abs(a.grad().item() - quotient) <= Math.ulp(quotient) ? 1 : 0;
        }
        board.say("control-flow.exact", exact, within);
        board.say("control-flow.rounded");
        board.head("control-flow.graph");
        Source source = Autograd.source("f", List.of("a"), x -> f(x.get(0)));
        Traced traced = source.trace(Point.of("a", 1.25));
        board.show(board.text("control-flow.recorded"), traced.graph().applications().size());
        board.show(board.text("control-flow.guards"), traced.guards().size());
        board.show(board.text("control-flow.near"), traced.flipped(Point.of("a", 1.3)) == null);
        board.show(board.text("control-flow.far"), traced.flipped(Point.of("a", 300.0)) == null);
        board.show(board.text("control-flow.anew"),
                Engines.reverse().gradient(source, Point.of("a", 300.0)).get("a"));
    }
}
