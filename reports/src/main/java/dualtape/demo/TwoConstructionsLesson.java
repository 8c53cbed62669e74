package dualtape.demo;

import dualtape.autograd.Autograd;
import dualtape.autograd.Compiled;
import dualtape.autograd.Scope;
import dualtape.autograd.Symbols;
import dualtape.autograd.Variable;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.lang.Language;
import dualtape.lang.print.TextPrinter;
import java.util.List;

/** c = 2 a + b, built explicitly and implicitly. */
final class TwoConstructionsLesson implements Lesson {
    @Override
    public String title() {
        return "constructions.title";
    }

    @Override
    @SuppressWarnings("try") // the scope only ends
    public void teach(Board board) {
        board.say("constructions.explicit");
        Symbols sym = new Symbols();
        Variable a = sym.var("a", 2, 1);
        Variable b = sym.var("b", 2, 1);
        Compiled c = sym.function(a.times(2).plus(b));
        board.code("Symbols sym = new Symbols();");
        board.code("Variable a = sym.var(\"a\", 2, 1);");
        board.code("Variable b = sym.var(\"b\", 2, 1);");
        board.code("Compiled c = sym.function(a.times(2).plus(b));");
        Point ones = Point.of("a", new double[][] {{1}, {1}}, "b", new double[][] {{1}, {1}});
        board.show("c.call(ones)", c.call(ones));
        board.show(board.text("constructions.graph"), TextPrinter.print(c.graph(), c.graph().output(), 80));
        board.head("constructions.language");
        Source text = Language.parse("2 * a + b");
        board.show("Language.parse(\"2 * a + b\")",
                board.text("constructions.operations", text.trace(ones).graph().applications().size()));
        board.head("constructions.implicit");
        try (Scope record = Autograd.record()) {
            Variable one = Variable.ones(2, 1).requiresGrad();
            Variable other = Variable.ones(2, 1);
            Variable sum = one.times(2).plus(other);
            board.code("try (Scope record = Autograd.record()) {");
            board.code("    Variable a = Variable.ones(2, 1).requiresGrad();");
            board.code("    Variable b = Variable.ones(2, 1);");
            board.show("    Variable c = a.times(2).plus(b);", sum);
            sum.sum().backward();
            board.show("    c.sum().backward(); a.grad()", one.grad());
            board.code("}");
        }
        board.head("constructions.same");
        Source traced = Autograd.source("2 a + b", List.of("a", "b"), x -> x.get(0).times(2).plus(x.get(1)));
        var graph = traced.trace(ones).graph();
        board.show(board.text("constructions.graph"), TextPrinter.print(graph, graph.output(), 80));
    }
}
