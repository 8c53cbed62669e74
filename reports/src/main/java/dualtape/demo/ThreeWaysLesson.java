package dualtape.demo;

import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Swell;
import dualtape.engine.Operator;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.numbers.ComplexNumbers;
import dualtape.ir.numbers.ComplexNumbers.Complex;
import dualtape.lang.Language;
import dualtape.lang.print.TextPrinter;
import dualtape.report.Table;
import java.util.List;
import java.util.Locale;

/** Symbolic, numeric and automatic differentiation side by side. */
final class ThreeWaysLesson implements Lesson {
    private static final double X = 0.7;

    @Override
    public String title() {
        return "three-ways.title";
    }

    @Override
    public void teach(Board board) {
        board.say("three-ways.symbolic");
        board.show("D[4 x^3 + x^2 + 3]", formula("4 * x^3 + x^2 + 3"));
        board.head("three-ways.swell");
        Table swell = new Table(board.text("three-ways.times"), board.text("three-ways.written-out"),
                board.text("three-ways.shared"));
        for (int n = 1; n <= 16; n *= 2) {
            Graph derived = derived("y = x; for i in 0.." + n + " { y = sin(y) * y }; y");
            Swell size = Swell.of(derived, derived.outputs().subList(1, 2));
            swell.row(Integer.toString(n), String.format(Locale.ROOT, "%,d", size.tree()),
                    Long.toString(size.shared()));
        }
        board.block(swell.text());
        board.say("three-ways.numeric");
        board.say("three-ways.complex");
        double exact = Engines.forward().gradient(Language.parse("exp(sin(x))"), Point.of("x", X)).get("x").value();
        Table errors = new Table("h", "(f(x+h) - f(x)) / h", board.text("three-ways.central"),
                board.text("three-ways.complex-step"));
        for (int e = 1; e <= 15; e += 2) {
            double h = Math.pow(10, -e);
            errors.row("1e-" + e, error(board, (f(X + h) - f(X)) / h, exact),
                    error(board, (f(X + h) - f(X - h)) / (2 * h), exact), error(board, complexStep(h), exact));
        }
        board.block(errors.text());
        board.say("three-ways.automatic");
        board.show(board.text("three-ways.at", "d/dx exp(sin(x))", X), exact);
        board.show(board.text("three-ways.at", "cos(x) exp(sin(x))", X),
                StrictMath.cos(X) * StrictMath.exp(StrictMath.sin(X)));
    }

    private static Graph derived(String program) {
        Source f = Language.parse(program);
        return Engines.symbolic().derive(f.trace(Point.of("x", X)).graph(), Request.of(Operator.GRADIENT, List.of("x")))
                .graph();
    }

    private static String formula(String program) {
        Graph derived = derived(program);
        return TextPrinter.print(derived, derived.outputs().get(1), 80);
    }

    private static double f(double x) {
        return StrictMath.exp(StrictMath.sin(x));
    }

    private static double complexStep(double h) {
        Array<Complex> x = new Array<>(Shape.SCALAR);
        x.set(0, new Complex(X, h));
        Graph f = Language.parse("exp(sin(x))").trace(Point.of("x", X)).graph();
        return f.evaluate(new NumbersAlgebra<>(ComplexNumbers.INSTANCE), List.of(x)).get(0).get(0).im() / h;
    }

    private static String error(Board board, double estimate, double exact) {
        double error = Math.abs(estimate - exact) / Math.abs(exact);
        return error < 1e-15 ? board.text("three-ways.below") : String.format(Locale.ROOT, "%.0e", error);
    }
}
